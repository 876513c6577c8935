package dev.waggle.cli.devnet;

import dev.waggle.chain.ChainReader;
import dev.waggle.chain.ChainView;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.devnet.DevnetReport.BlockReport;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.node.FullNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.config.Nat;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.shape.ShapedNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Full nodes of one process, joined over loopback, that mine some blocks and see how they spread.
 * Run once, by one thread; {@link #close} is safe from any.
 */
public final class Devnet implements AutoCloseable {
  private static final Endpoint FREE_PORT = new Endpoint("127.0.0.1", 0);

  /** A node that fails refuses what it is given at once, and says why when it is closed. */
  private static final Duration FAILURE_IS_TOLD_WITHIN = Duration.ofSeconds(4);

  private final DevnetPlan plan;
  private final Mixture mixture;
  private final DevnetProgress progress;
  private final Observations seen;
  private final @Nullable Shown shown;
  private final NodeGroup nodes = new NodeGroup();
  private final @Nullable ShapedNetwork network;
  private final List<BlockReport> blocks = new ArrayList<>();
  private double millisStart;
  private double millisConnect;

  /**
   * Prepares a devnet.
   *
   * @throws dev.waggle.node.config.ConfigProblem if the class path offers what does not fit
   */
  public Devnet(DevnetPlan plan, DevnetProgress progress) {
    this(plan, progress, null);
  }

  /**
   * Prepares a devnet that is looked at.
   *
   * @param shown where, or null for nowhere
   * @throws dev.waggle.node.config.ConfigProblem if the class path offers what does not fit
   */
  public Devnet(DevnetPlan plan, DevnetProgress progress, @Nullable Shown shown) {
    this.shown = shown;
    this.plan = plan;
    this.mixture = new Mixture(plan.template(), plan.mixed());
    this.progress = progress;
    this.seen = new Observations(plan.nodes());
    this.network = plan.shape() == null ? null : plan.shape().network();
  }

  /** Completes with the first node that ends by itself, if any does; {@link #run} ends then. */
  public CompletionStage<FailedNode> failure() {
    return seen.failure();
  }

  /**
   * Does everything. Whatever goes wrong stands in the report.
   *
   * @throws dev.waggle.node.config.ConfigProblem if the template names something that there is not
   * @throws InterruptedException if the devnet is closed meanwhile
   */
  public DevnetReport run() throws InterruptedException {
    @Nullable String problem;
    try {
      start();
      int joined = join();
      if (joined < plan.nodes()) {
        return report(
            "only %d of %d nodes have found the peers that they want"
                .formatted(joined, plan.nodes()),
            seen.links());
      }
      progress.connected(report(null, seen.links()));
      problem = mine();
    } catch (ListenFailed e) {
      problem = e.getMessage();
    } catch (IOException e) {
      problem = "a node cannot keep its chain or its peers: " + e;
    }
    return report(problem, seen.links());
  }

  private void start() throws IOException, ListenFailed, InterruptedException {
    long startNanos = System.nanoTime();
    MemoryBudget memory = MemoryBudget.ofOneAmong(plan.nodes());
    for (int i = 0; i < plan.nodes(); i++) {
      int index = i;
      FullNode node =
          FullNode.start(
              config(index), null, memory, transport -> shaped(index, transport), events(index));
      nodes.add(node);
      if (shown != null) {
        shown.running(index, node);
      }
      var _ = node.failure().thenAccept(why -> seen.nodeFailed(index, why));
    }
    millisStart = millis(System.nanoTime() - startNanos);
  }

  private Consumer<Event> events(int node) {
    Consumer<Event> observed = event -> seen.observe(node, event, System.nanoTime());
    return shown == null ? observed : observed.andThen(shown.events(node));
  }

  private Transport shaped(int index, Transport transport) {
    return plan.shape() == null || network == null
        ? transport
        : network.shaped(transport, plan.shape().host(index));
  }

  /** All join through the first. */
  private CliConfig config(int index) throws IOException, InterruptedException {
    List<PeerAddress> seeds =
        nodes.all().stream()
            .limit(1)
            .map(seed -> new PeerAddress(seed.address(), seed.peerId()))
            .toList();
    return mixture.configOf(index).toBuilder()
        .set(ConfigKeys.P2P_ADDR, FREE_PORT)
        .set(ConfigKeys.SEEDS, seeds)
        .set(ConfigKeys.ALLOW_PRIVATE, true)
        .set(ConfigKeys.NAT, Nat.OFF)
        .set(ConfigKeys.MAX_INBOUND, DevnetPlan.MAX_NODES)
        .set(CliKeys.DATA_DIR, nodes.directory().resolve("node-" + index))
        .build();
  }

  /** Returns how many nodes had the links that they want when all did, or the time was over. */
  private int join() throws InterruptedException {
    long startNanos = System.nanoTime();
    int target = plan.template().node().outboundTarget();
    AtomicInteger joined = new AtomicInteger();
    seen.await(
        () -> {
          joined.set(seen.joined(target));
          return joined.get() == plan.nodes();
        },
        deadlineNanos(),
        () -> progress.joining(joined.get(), plan.nodes(), seen.links()));
    millisConnect = millis(System.nanoTime() - startNanos);
    return joined.get();
  }

  /** Returns what went wrong, or null. */
  private @Nullable String mine() throws InterruptedException {
    DevnetPlan.Transactions transactions = plan.transactions();
    TransactionSource source =
        transactions == null
            ? null
            : new TransactionSource(
                nodes.all(), transactions, (why, node) -> seen.nodeFailed(node, why));
    try (source) {
      for (int i = 0; i < plan.blocks(); i++) {
        if (transactions != null) {
          gather(transactions.blockEvery());
        } else if (shown != null) {
          gather(shown.blockEvery());
        }
        String problem = mine(i % plan.nodes());
        if (problem != null) {
          return problem;
        }
      }
    }
    return ChainView.agree(
            nodes.all().stream().map(FullNode::chain).map(ChainReader::view).toList())
        ? null
        : "the chains do not agree";
  }

  /**
   * Lets transactions wait for a block, or people look at one; not for longer than all nodes live.
   */
  private void gather(Duration time) throws InterruptedException {
    boolean _ = seen.awaitFailure(System.nanoTime() + time.toNanos());
  }

  private @Nullable String mine(int miner) throws InterruptedException {
    MessageId block;
    try {
      block =
          nodes
              .get(miner)
              .mineOne()
              .toCompletableFuture()
              .get(plan.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      seen.awaitFailure(System.nanoTime() + FAILURE_IS_TOLD_WITHIN.toNanos());
      return "node " + miner + " does not accept its own block: " + e.getCause();
    } catch (TimeoutException e) {
      return "node " + miner + " does not judge its own block";
    }
    long height = nodes.get(miner).chain().view().height();
    boolean everywhere =
        seen.await(
            () -> seen.missing(block).isEmpty(),
            deadlineNanos(),
            () -> progress.spreading(blockReport(height, block, miner)));
    BlockReport result = blockReport(height, block, miner);
    blocks.add(result);
    progress.spread(result);
    return everywhere ? null : "block " + block + " did not reach the nodes " + seen.missing(block);
  }

  private BlockReport blockReport(long height, MessageId block, int miner) {
    long[] delays = seen.delaysNanos(block, miner);
    boolean alone = delays.length == 0;
    return new BlockReport(
        height,
        block.hex(),
        nodes.get(miner).peerId().hex(),
        seen.reached(block),
        alone ? 0 : millis(delays[(delays.length - 1) / 2]),
        alone ? 0 : millis(delays[delays.length - 1]),
        seen.transactions(block),
        seen.bytes(block));
  }

  /** What became of it so far; a node that has failed is the problem, whatever followed. */
  private DevnetReport report(@Nullable String consequence, int links) {
    FailedNode failed = seen.failed();
    String problem = failed == null ? consequence : failed.words();
    return new DevnetReport(
        plan.nodes(),
        transports(),
        negotiated(seen.suites(), plan.template().node().suites()),
        negotiated(seen.codecs(), plan.template().node().codecs()),
        links,
        List.copyOf(blocks),
        problem == null && blocks.size() == plan.blocks(),
        millisStart,
        millisConnect,
        problem,
        plan.shape() == null ? null : plan.shape().words());
  }

  /** What the nodes listen and dial with. */
  private String transports() {
    return IntStream.range(0, plan.nodes())
        .mapToObj(node -> mixture.configOf(node).node().transport())
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** What links agreed on; without any link, what they would. */
  private static String negotiated(List<String> used, List<String> preferred) {
    return used.isEmpty() ? preferred.getFirst() : String.join(",", used);
  }

  private long deadlineNanos() {
    return System.nanoTime() + plan.timeout().toNanos();
  }

  /** Milliseconds, to a microsecond. */
  private static double millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0;
  }

  /** Stops all nodes and removes what they kept. Idempotent. */
  @Override
  public void close() {
    nodes.close();
  }
}
