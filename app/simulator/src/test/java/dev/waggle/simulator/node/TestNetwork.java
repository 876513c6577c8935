package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.ChainRules;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.chain.ChainDisk;
import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.fidelity.BytesFidelity;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.fidelity.MessagesFidelity;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.network.HostSettings;
import dev.waggle.simulator.network.Network;
import dev.waggle.simulator.network.NetworkModel;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.run.Features;
import dev.waggle.simulator.run.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A network that a test builds node by node, and puts into trouble as it likes. All that happens
 * follows from the seed; {@link #traceHash} tells whether it was the same.
 */
final class TestNetwork implements World {
  /** How much of the protocol is computed. */
  enum Depth {
    MESSAGES,
    BYTES
  }

  /**
   * What the ways between hosts are like: each is drawn between these bounds.
   *
   * @param leastNanos that a packet travels
   * @param mostNanos that a packet travels, jitter aside
   * @param leastBytesPerSecond of a host's line, each way
   * @param mostBytesPerSecond of a host's line, each way
   */
  record Ways(long leastNanos, long mostNanos, long leastBytesPerSecond, long mostBytesPerSecond) {
    static final Ways ANY = new Ways(MILLI / 10, 100 * MILLI, 1_000_000, 1_000_000_000);

    /** All alike. */
    static Ways even(Duration latency, long bytesPerSecond) {
      return new Ways(latency.toNanos(), latency.toNanos(), bytesPerSecond, bytesPerSecond);
    }
  }

  static final long MILLI = Duration.ofMillis(1).toNanos();

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final double JITTER = 0.25;
  private static final int PORT = 9000;

  /** Hosts of one network, in numbers of ways between two of them. */
  private static final int MAX_HOSTS = 1 << 10;

  /** Events in one run; some hundred thousand are usual. */
  private static final long MAX_EVENTS = 50_000_000;

  private final EventQueue queue = new EventQueue();
  private final Features features;
  private final Seeds seeds;
  private final Ways ways;
  private final Network network;
  private final Fidelity fidelity;
  private final SplittableRandom random;
  private final ChainRules rules = Simulation.RULES;
  private final BlockMaker maker;
  private final Eyewitness witness = new Eyewitness(this);
  private final List<TestNode> nodes = new ArrayList<>();
  private final Map<Endpoint, Host> hosts = new LinkedHashMap<>();
  private long links;

  TestNetwork(Depth depth, long seed) {
    this(depth, seed, Ways.ANY);
  }

  TestNetwork(Depth depth, long seed, Ways ways) {
    this(depth, seed, ways, Features.ALL);
  }

  TestNetwork(Depth depth, long seed, Ways ways, Features features) {
    this.features = features;
    this.seeds = new Seeds(seed);
    this.ways = ways;
    this.random = seeds.random(Purpose.FAULTS);
    this.maker = new BlockMaker(rules, seeds.random(Purpose.WORKLOAD));
    NetworkModel model = new NetworkModel(this::latencyNanos, JITTER, Tcp.LINUX, 0);
    this.network = new Network(queue, model, seeds.random(Purpose.NETWORK));
    var suite = ToySuite.create();
    this.fidelity =
        switch (depth) {
          case MESSAGES -> new MessagesFidelity(seeds, suite, suite.hash());
          case BYTES -> new BytesFidelity(seeds, suite, suite.hash());
        };
  }

  /** Every host is in a place of its own. */
  private long latencyNanos(int from, int to) {
    long drawn = seeds.derived(Purpose.NETWORK, 1 + from * MAX_HOSTS + to);
    return ways.leastNanos + Long.remainderUnsigned(drawn, ways.mostNanos - ways.leastNanos + 1);
  }

  // ---- nodes

  /** Adds a node that knows these others, but does not start it. */
  TestNode addNode(TestNode... known) {
    return addNode(GossipSettings.DEFAULTS, known);
  }

  TestNode addNode(GossipSettings gossip, TestNode... known) {
    List<PeerAddress> addresses =
        List.of(known).stream().map(node -> address(node.number())).toList();
    return addNode(new P2PSettings(PeerSettings.defaults(addresses), gossip));
  }

  TestNode addNode(P2PSettings settings) {
    int number = nodes.size();
    assertThat(number).isLessThan(MAX_HOSTS);
    long bytesPerSecond = random.nextLong(ways.leastBytesPerSecond, ways.mostBytesPerSecond + 1);
    Host host = network.addHost(new HostSettings(number, bytesPerSecond, bytesPerSecond, true));
    hosts.put(address(number).endpoint(), host);
    hosts.put(alias(number).endpoint(), host);
    // Some clocks run over in the middle of a run: times are compared by difference.
    long clock = random.nextBoolean() ? 0 : Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();
    ChainDisk disk = new ChainDisk(rules, () -> BEGIN.plusNanos(queue.nowNanos()));
    List<Integer> has = features.of(number);
    SimulatedNode simulated =
        new SimulatedNode(
            this,
            host,
            fidelity.newIdentity(number, has),
            new NodeSettings(
                settings, AdmissionSettings.DEFAULTS, NodeMemory.DEFAULT, 1, clock, 0, has),
            disk);
    TestNode node = new TestNode(this, simulated, disk);
    nodes.add(node);
    return node;
  }

  /** Where the node of that number listens. Each is in a network of its own. */
  static PeerAddress address(int number) {
    return new PeerAddress(
        new Endpoint("%d.%d.0.1".formatted(11 + number % 100, number / 100), PORT), null);
  }

  /** A second name under which the same node listens. */
  static PeerAddress alias(int number) {
    return new PeerAddress(new Endpoint("node-" + number, PORT), null);
  }

  List<TestNode> nodes() {
    return nodes;
  }

  // ---- time and trouble

  /** For what the test does. */
  SplittableRandom random() {
    return random;
  }

  long nowMillis() {
    return BEGIN.plusNanos(queue.nowNanos()).toEpochMilli();
  }

  void after(long nanos, Runnable action) {
    queue.after(nanos, action);
  }

  void run(Duration duration) {
    long end = queue.nowNanos() + duration.toNanos();
    long last = queue.handled() + MAX_EVENTS;
    while (queue.step(end)) {
      assertThat(queue.handled()).as("events that cause each other for ever").isLessThan(last);
    }
    queue.run(end);
  }

  /** Runs until a condition holds, and returns how long that took; fails if it takes longer. */
  Duration runUntil(Condition condition, Duration limit) {
    long begin = queue.nowNanos();
    while (!condition.holds()) {
      assertThat(queue.step(begin + limit.toNanos())).as("done within %s", limit).isTrue();
    }
    return Duration.ofNanos(queue.nowNanos() - begin);
  }

  /** What a test waits for. */
  @FunctionalInterface
  interface Condition {
    boolean holds();
  }

  BlockMaker maker() {
    return maker;
  }

  long traceHash() {
    return witness.traceHash();
  }

  // ---- what must be true in the end

  /**
   * Once nothing has gone wrong for a while: one link a pair, held by both sides, and nobody left
   * alone who need not.
   */
  void checkSettled() {
    checkPairs();
    nodes.forEach(node -> checkTarget(node, node.peerIds()));
  }

  /** One link a pair, held by both sides. */
  void checkPairs() {
    Set<List<PeerId>> pairs = new LinkedHashSet<>();
    for (TestNode node : nodes) {
      List<PeerId> peers = node.peerIds();
      assertThat(peers).as("peers of node %d", node.number()).doesNotHaveDuplicates();
      peers.forEach(peer -> pairs.add(List.of(node.id(), peer)));
    }
    for (List<PeerId> pair : pairs) {
      assertThat(pairs).as("both sides hold the link").contains(pair.reversed());
    }
  }

  private void checkTarget(TestNode node, List<PeerId> peers) {
    PeerSettings settings = node.settings().peers();
    long outbound =
        node.peers().stream().filter(p -> p.info().direction() == Direction.OUTBOUND).count();
    if (outbound >= settings.outboundTarget()) {
      return;
    }
    for (PeerAddress seed : settings.join().seeds()) {
      Host host = hostAt(seed.endpoint());
      TestNode target = host == null ? node : nodes.get(host.number());
      if (target != node && target.isUp()) {
        assertThat(peers).as("node %d reaches its seeds", node.number()).contains(target.id());
      }
    }
  }

  // ---- World

  @Override
  public EventQueue timeline() {
    return queue;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Fidelity fidelity() {
    return fidelity;
  }

  @Override
  public Charges charges() {
    return Costs.SMALL;
  }

  @Override
  public Seeds seeds() {
    return seeds;
  }

  @Override
  public NodeObserver observer() {
    return witness;
  }

  @Override
  public @Nullable Host hostAt(Endpoint endpoint) {
    return hosts.get(endpoint);
  }

  @Override
  public Endpoint endpointOf(Host host) {
    return address(host.number()).endpoint();
  }

  @Override
  public long nextLinkNumber() {
    return ++links;
  }

  /** About what a machine of today takes: messages wait for each other. */
  private enum Costs implements Charges {
    SMALL;

    @Override
    public long handshake(boolean responds, int step) {
      return MILLI / 5;
    }

    @Override
    public long notarizing() {
      return MILLI / 5;
    }

    @Override
    public long record(int bytes) {
      return 1000L + bytes / 2;
    }

    @Override
    public long naming(int payloadBytes) {
      return 500L + payloadBytes / 2;
    }

    @Override
    public long examining(GossipMessage message, int newItems) {
      return 1000L + message.payload().length();
    }

    @Override
    public long namingItems(List<IndexedItem> items) {
      return 500L * items.size();
    }

    @Override
    public long examiningHeader(int bytes, boolean isNew, int items) {
      return 1000L + bytes + 10L * items;
    }

    @Override
    public long examiningHeaders(List<Bytes> headers) {
      return 2000L * headers.size();
    }

    @Override
    public long findingHeaders(int count) {
      return 1000L * count;
    }

    @Override
    public long committing(int items) {
      return 100L * items;
    }

    @Override
    public long completing(BlockParts parts, int newItems) {
      return 2000L * (1 + parts.items().size());
    }

    @Override
    public long judging(GossipMessage message, int peers) {
      return 5000L + 500L * peers;
    }

    @Override
    public long handling(int ids) {
      return 2000L + 100L * ids;
    }
  }
}
