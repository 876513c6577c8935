package dev.waggle.cli.calibrate;

import dev.waggle.chain.ChainRules;
import dev.waggle.cli.node.NodeKeys;
import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.simulator.calibration.Lateness;
import dev.waggle.simulator.calibration.Observed;
import dev.waggle.simulator.calibration.Pair;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.chain.ChainDisk;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.run.Publication;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Simulation;
import dev.waggle.simulator.run.Topology;
import dev.waggle.simulator.shape.ShapedNetwork;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;

/**
 * A scenario played by real nodes of this process, over sockets whose bytes take as long as those
 * of the simulated network: the same nodes in the same places, who know the same others, and
 * publish the same at the same times. All begin at once, when every one listens.
 *
 * <p>Owned by one thread; played once.
 */
public final class RealNetwork implements AutoCloseable {
  /** What the memory of a simulated node is that of. */
  private static final MemoryBudget MEMORY = MemoryBudget.ofHeap(512L << 20);

  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Scenario scenario;
  private final Seeds seeds;
  private final NodeConfig template;
  private final InstantSource clock = InstantSource.system();
  private final ShapedNetwork network;
  private final Directory directory = new Directory();
  private final CountingCodec codec = new CountingCodec();
  private final Acceptances acceptances;
  private final ChainRules rules;
  private final BlockMaker maker;
  private final List<ChainDisk> chains = new ArrayList<>();
  private final List<WaggleNode> nodes = new ArrayList<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final WakeUps wakeUps = new WakeUps();

  /**
   * A network that has not begun.
   *
   * @param template what is decided about every node, but for its addresses, peers and codec
   * @throws dev.waggle.node.config.ConfigProblem if this Java lacks what the template asks for
   */
  public RealNetwork(Scenario scenario, Seeds seeds, NodeConfig template) {
    this.scenario = scenario;
    this.seeds = seeds;
    this.template = template;
    this.network = new ShapedNetwork(scenario.model(), seeds.derived(Purpose.NETWORK, 0));
    this.acceptances = new Acceptances(scenario.nodes());
    this.rules =
        new ChainRules(
            Simulation.RULES.network(),
            Simulation.RULES.difficultyBits(),
            NodeKeys.scheme(template));
    this.maker = new BlockMaker(rules, seeds.random(Purpose.WORKLOAD));
  }

  /**
   * Plays all of it, in real time.
   *
   * @param progress hears about every second how much is done, from 0 to 1
   * @throws ListenFailed if this machine has no port to listen at
   * @throws IOException never, for these nodes keep nothing
   * @throws ExecutionException with what ended a node, if one ends by itself
   * @throws dev.waggle.node.config.ConfigProblem if the template, or the scenario, asks for what a
   *     real node does not do
   */
  public Observed play(DoubleConsumer progress)
      throws ListenFailed, IOException, InterruptedException, ExecutionException {
    for (Topology.Member member : Topology.draw(scenario, seeds).members()) {
      start(member);
    }
    List<Publication> publications = new ArrayList<>(Publication.draw(scenario, seeds));
    long lengthNanos = Publication.end(scenario, publications).toNanos();
    publications.sort(Comparator.comparingLong(Publication::atNanos));
    Pace pace = new Pace(lengthNanos, progress);
    directory.open();
    for (Publication publication : publications) {
      pace.await(publication.atNanos());
      publish(publication);
    }
    pace.await(lengthNanos);
    return new Observed(
        scenario.nodes(), acceptances.coverage(), codec.blocks(), network.sentBytes(), links());
  }

  /** How late this machine has been since this was made. */
  public Lateness lateness() {
    return wakeUps.lateness();
  }

  private void start(Topology.Member member) throws ListenFailed, IOException {
    int number = nodes.size();
    ChainDisk chain = new ChainDisk(rules, clock);
    WaggleNode node =
        WaggleNode.builder(config(member))
            .application(new WatchedApplication(chain.open(), this::accepted))
            .memory(MEMORY)
            .modules(codec)
            .transport(
                transport ->
                    directory.translated(
                        Topology.endpoint(number), network.shaped(transport, member.host())))
            .start();
    chains.add(chain);
    nodes.add(node);
    var _ = node.failure().thenAccept(failure::complete);
  }

  private NodeConfig config(Topology.Member member) {
    List<PeerAddress> known =
        member.known().stream()
            .map(number -> new PeerAddress(Topology.endpoint(number), null))
            .toList();
    return template.toBuilder()
        .set(ConfigKeys.CONNECT, known)
        .set(ConfigKeys.OUTBOUND_TARGET, scenario.outbound())
        .set(ConfigKeys.MAX_INBOUND, scenario.maxInbound())
        .set(ConfigKeys.CODEC, List.of(CountingCodec.KEY))
        .build();
  }

  /** On the thread of the node. */
  private void accepted(Delivery delivery) {
    if (delivery.message().kind() == GossipMessage.Kind.BLOCK) {
      acceptances.accepted(delivery.id(), System.nanoTime());
    }
  }

  private void publish(Publication what) {
    int node = what.node();
    GossipMessage message =
        what.message(scenario.workload(), maker, chains.get(node).view(), clock.millis());
    var _ = nodes.get(node).gossip().publish(message);
  }

  private SortedSet<Pair> links() {
    List<PeerId> ids = nodes.stream().map(WaggleNode::peerId).toList();
    SortedSet<Pair> links = new TreeSet<>();
    for (int number = 0; number < nodes.size(); number++) {
      int from = number;
      nodes.get(number).peers().stream()
          .filter(peer -> peer.direction() == Direction.OUTBOUND)
          .forEach(peer -> links.add(Pair.of(from, ids.indexOf(peer.id()))));
    }
    return links;
  }

  /** Waits for the times at which something is to happen. */
  private final class Pace {
    private final long beganNanos = System.nanoTime();
    private final long lengthNanos;
    private final DoubleConsumer progress;

    Pace(long lengthNanos, DoubleConsumer progress) {
      this.lengthNanos = lengthNanos;
      this.progress = progress;
    }

    /** Returns so long after the beginning, unless a node fails. */
    void await(long nanos) throws InterruptedException, ExecutionException {
      for (long now = now(); now < nanos; now = now()) {
        progress.accept((double) now / lengthNanos);
        try {
          throw new ExecutionException(
              failure.get(Math.min(nanos - now, REPORT_EVERY_NANOS), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
          // So no node has failed.
        }
      }
    }

    private long now() {
      return System.nanoTime() - beganNanos;
    }
  }

  /** Stops all nodes. Idempotent. */
  @Override
  public void close() {
    wakeUps.close();
    try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
      nodes.forEach(node -> closers.execute(node::close));
    }
  }
}
