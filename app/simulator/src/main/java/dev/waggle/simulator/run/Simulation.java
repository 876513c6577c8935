package dev.waggle.simulator.run;

import dev.waggle.chain.Block;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.Transaction;
import dev.waggle.crypto.toy.ToySignature;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.JoinSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.reach.ReachSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.chain.ChainDisk;
import dev.waggle.simulator.chain.PreparedChain;
import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.network.Network;
import dev.waggle.simulator.node.Charges;
import dev.waggle.simulator.node.NodeMemory;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.NodeSettings;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.node.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A network of simulated nodes at one moment of virtual time. Owned by one thread. */
public final class Simulation implements World {
  /**
   * Of every chain: a block proves no work, and nothing is signed in earnest, which would only take
   * time; but all is as long as if it were.
   */
  public static final ChainRules RULES =
      new ChainRules("simulated", 0, ToySignature.asLongAsMlDsa65());

  /** The time of day at which every run begins. */
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Scenario scenario;
  private final Fidelity fidelity;
  private final Charges charges;
  private final Seeds seeds;
  private final NodeObserver observer;
  private final UnaryOperator<NodeSettings> tuning;
  private final EventQueue queue = new EventQueue();
  private final Network network;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<ChainDisk> chains = new ArrayList<>();
  private final Map<Endpoint, Host> hosts = new HashMap<>();
  private final BlockMaker maker;
  private final PreparedChain history;
  private final Waiting waiting;
  private final List<InstantSource> wallClocks = new ArrayList<>();
  private final long[] skewMillis;
  private long links;

  /** A network whose nodes are as usual. */
  public Simulation(
      Scenario scenario, Fidelity fidelity, Charges charges, Seeds seeds, NodeObserver observer) {
    this(scenario, fidelity, charges, seeds, observer, UnaryOperator.identity());
  }

  /**
   * A network that has not started.
   *
   * @param tuning makes of a usual node's settings those of each
   */
  public Simulation(
      Scenario scenario,
      Fidelity fidelity,
      Charges charges,
      Seeds seeds,
      NodeObserver observer,
      UnaryOperator<NodeSettings> tuning) {
    this.tuning = tuning;
    this.scenario = scenario;
    this.fidelity = fidelity;
    this.charges = charges;
    this.seeds = seeds;
    this.observer = observer;
    this.skewMillis = new long[scenario.nodes()];
    this.maker = new BlockMaker(RULES, seeds.random(Purpose.WORKLOAD));
    this.history = prepared(scenario.history(), seeds);
    this.waiting = new Waiting(this, seeds.random(Purpose.WAITING));
    this.network = new Network(queue, scenario.model(), seeds.random(Purpose.NETWORK));
    List<Topology.Member> members = Topology.draw(scenario, seeds).members();
    for (Topology.Member member : members) {
      Host host = network.addHost(member.host());
      hosts.put(Topology.endpoint(host.number()), host);
    }
    for (int number = 0; number < scenario.nodes(); number++) {
      addNode(number, members.get(number));
    }
  }

  private static PreparedChain prepared(History wanted, Seeds seeds) {
    return wanted.isThere()
        ? PreparedChain.make(
            RULES,
            new BlockMaker(RULES, seeds.random(Purpose.HISTORY)),
            wanted.blocks(),
            wanted.blockBytes(),
            BEGIN.toEpochMilli())
        : PreparedChain.none(RULES);
  }

  private void addNode(int number, Topology.Member member) {
    List<PeerAddress> known = addresses(member.known());
    PeerSettings peers =
        new PeerSettings(
            scenario.discovers() ? JoinSettings.through(known, false) : JoinSettings.only(known),
            scenario.outbound(),
            scenario.maxInbound(),
            PeerSettings.DEFAULT_PING_AFTER,
            PeerSettings.DEFAULT_SILENCE_LIMIT,
            PeerSettings.DEFAULT_SLOW_AFTER);
    // Times are compared by difference.
    long clock = member.clockRunsOver() ? Long.MAX_VALUE - Duration.ofSeconds(20).toNanos() : 0;
    NodeSettings usual =
        new NodeSettings(
            new P2PSettings(
                peers,
                GossipSettings.DEFAULTS,
                InboundLimits.DEFAULTS,
                RateSettings.DEFAULTS,
                scenario.behindRouters().areThere()
                    ? ReachSettings.ANYWHERE
                    : ReachSettings.DIRECT),
            AdmissionSettings.DEFAULTS,
            NodeMemory.DEFAULT,
            1,
            clock,
            0,
            scenario.featuresOf(number));
    NodeSettings settings = tuning.apply(usual);
    skewMillis[number] = settings.wallSkewMillis();
    InstantSource wallClock = wallClock(number);
    wallClocks.add(wallClock);
    boolean isLate = scenario.history().isLate(number, scenario.nodes());
    ChainDisk disk =
        isLate ? new ChainDisk(RULES, wallClock) : new ChainDisk(RULES, wallClock, history);
    chains.add(disk);
    nodes.add(
        new SimulatedNode(
            this,
            network.host(number),
            fidelity.newIdentity(number, settings.features()),
            settings,
            disk));
  }

  private static List<PeerAddress> addresses(List<Integer> numbers) {
    return numbers.stream()
        .map(number -> new PeerAddress(Topology.endpoint(number), null))
        .toList();
  }

  private InstantSource wallClock(int node) {
    return () -> BEGIN.plusNanos(queue.nowNanos()).plusMillis(skewMillis[node]);
  }

  /** Sets a node's time of day wrong by so much from now on. */
  public void skew(int node, long millis) {
    skewMillis[node] = millis;
  }

  /** The time of day as a node knows it. */
  public long millis(int node) {
    return wallClocks.get(node).millis();
  }

  /** The right time of day. */
  public long millis() {
    return BEGIN.plusNanos(queue.nowNanos()).toEpochMilli();
  }

  public ChainRules rules() {
    return RULES;
  }

  public Scenario scenario() {
    return scenario;
  }

  public List<SimulatedNode> nodes() {
    return nodes;
  }

  public ChainDisk chain(int node) {
    return chains.get(node);
  }

  /** The chain that nodes had before the run began, but for those that come late. */
  public PreparedChain history() {
    return history;
  }

  /** What every chain begins with. */
  public MessageId genesis() {
    return RULES.genesis().id();
  }

  public EventQueue queue() {
    return queue;
  }

  /** Whom all blocks name that honest nodes publish. */
  public PeerId miner() {
    return maker.miner();
  }

  /** Has a node that is up publish a block on top of its chain. */
  public GossipMessage mine(int node, int bytes, int transactions) {
    Block block = maker.on(chain(node).view(), millis(node), bytes, transactions);
    GossipMessage message = block.toMessage();
    nodes.get(node).up().publish(message);
    return message;
  }

  /** Has a node that is up publish what it is to. */
  public void publish(Publication what) {
    int node = what.node();
    GossipMessage message =
        what.kind() == GossipMessage.Kind.BLOCK
            ? blockOf(node, scenario.workload())
            : what.message(scenario.workload(), maker, chain(node).view(), millis(node));
    nodes.get(node).up().publish(message);
  }

  /** A block on a node's chain, of which a share waits at all nodes from now on. */
  private GossipMessage blockOf(int miner, Workload work) {
    ChainView chain = chain(miner).view();
    List<Transaction> all = maker.transactions(chain, work.blockBytes(), work.blockTransactions());
    List<Transaction> fresh = new ArrayList<>(all);
    fresh.removeAll(new HashSet<>(chain.pending()));
    waiting.at(miner, fresh, work.waiting(), work.waitingApart());
    return maker.of(chain, millis(miner), all).toMessage();
  }

  /** Has a node that is up publish a transaction. */
  public GossipMessage pay(int node, int bytes) {
    GossipMessage message = maker.transaction(bytes).toMessage();
    nodes.get(node).up().publish(message);
    return message;
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
    return charges;
  }

  @Override
  public Seeds seeds() {
    return seeds;
  }

  @Override
  public NodeObserver observer() {
    return observer;
  }

  @Override
  public @Nullable Host hostAt(Endpoint endpoint) {
    // Whoever is dialled at another port is there, or else the router before it is.
    return hosts.get(network.hasRouters() ? new Endpoint(endpoint.host(), Host.PORT) : endpoint);
  }

  @Override
  public Endpoint endpointOf(Host host) {
    return Topology.endpoint(host.number());
  }

  @Override
  public long nextLinkNumber() {
    return ++links;
  }
}
