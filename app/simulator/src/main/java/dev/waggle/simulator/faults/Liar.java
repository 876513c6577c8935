package dev.waggle.simulator.faults;

import dev.waggle.chain.ChainView;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.chain.ChainDisk;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.faults.Fault.Lying;
import dev.waggle.simulator.node.Filter;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A node that lies, in all its lives: it does everything else by the rules, and from time to time
 * something that it should not.
 */
abstract class Liar implements Filter {
  /** Long enough for others to see each act by itself, on average. */
  private static final Duration PAUSE = Duration.ofSeconds(4);

  private final Simulation simulation;
  private final SimulatedNode node;
  private final long untilNanos;
  private final SplittableRandom random;

  Liar(Simulation simulation, SimulatedNode node, Lying lying) {
    this.simulation = simulation;
    this.node = node;
    this.untilNanos = lying.until().toNanos();
    this.random =
        new SplittableRandom(
            simulation.seeds().derived(Purpose.FAULTS, 1 + node.number())
                + lying.how().title().hashCode());
  }

  static Liar of(Simulation simulation, SimulatedNode node, Lying lying) {
    return switch (lying.how()) {
      case INVALID_BLOCKS -> new Forger(simulation, node, lying);
      case WITHHELD_REQUESTS -> new Withholder(simulation, node, lying);
      case ANNOUNCE_FLOOD -> new Flooder(simulation, node, lying);
      case EQUAL_WORK -> new Forker(simulation, node, lying);
      case REPLAYED_RECORDS -> new Replayer(simulation, node, lying);
      case LEFT_CONNECTIONS -> new Squatter(simulation, node, lying);
      case WITHHELD_ITEMS -> new RelayLiar.Withholder(simulation, node, lying);
      case GARBLED_NAMES -> new RelayLiar.Garbler(simulation, node, lying);
      case FORGED_PROOFS -> new RelayLiar.Forger(simulation, node, lying);
      case FLAWED_HEADERS -> new HeaderLiar.Garbler(simulation, node, lying);
      case MADE_UP_HEADERS -> new HeaderLiar.Withholder(simulation, node, lying);
      case MADE_UP_BLOCKS -> new HeaderLiar.Forger(simulation, node, lying);
      case ENDLESS_HEADERS -> new HeaderLiar.Flooder(simulation, node, lying);
      case UNASKED_HEADERS -> new HeaderLiar.Babbler(simulation, node, lying);
      case CLAIMED_CHAINS -> new BodyLiar.Claimer(simulation, node, lying);
      case TRICKLED_BLOCKS -> new BodyLiar.Trickler(simulation, node, lying);
      case ORPHANS -> new BodyLiar.Orphaner(simulation, node, lying);
    };
  }

  Simulation simulation() {
    return simulation;
  }

  SimulatedNode node() {
    return node;
  }

  SplittableRandom random() {
    return random;
  }

  void begin() {
    if (simulation.queue().nowNanos() >= untilNanos) {
      if (node.isUp()) {
        node.up().filter(Filter.NONE);
      }
      return;
    }
    RunningNode running = node.running();
    if (running != null) {
      running.filter(this);
      List<LinkEnd> peers = running.ends();
      peers.removeIf(end -> !end.isEstablished() || end.isGone());
      act(running, peers);
    }
    simulation.queue().after(1 + random.nextLong(2 * PAUSE.toNanos()), this::begin);
  }

  /**
   * Does something wrong.
   *
   * @param peers its established links
   */
  abstract void act(RunningNode running, List<LinkEnd> peers);

  /** Sends blocks that are invalid. */
  private static final class Forger extends Liar {
    private final FlawedBlocks blocks;

    Forger(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
      blocks = new FlawedBlocks(simulation.rules(), random());
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {
      ChainDisk chain = simulation().chain(node().number());
      ChainView view = chain.view();
      GossipMessage tip = view.height() == 0 ? null : chain.find(view.tip());
      GossipMessage forged = blocks.on(view, tip, simulation().millis(node().number()));
      peers.forEach(peer -> running.say(peer, new WireMessage.Gossip(forged)));
    }
  }

  /** Has what it announces, but never sends it. */
  private static final class Withholder extends Liar {
    Withholder(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {}

    @Override
    public boolean lets(LinkEnd from, WireMessage message) {
      return !RelayLiar.isRequest(message);
    }

    @Override
    public WireMessage sends(LinkEnd to, WireMessage message) {
      MessageId id = RelayLiar.carried(simulation().fidelity(), message);
      return id == null ? message : new WireMessage.Announce(List.of(id));
    }
  }

  /** Announces what does not exist. */
  private static final class Flooder extends Liar {
    private static final int MAX_AT_ONCE = 4;

    Flooder(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {
      for (int flood = random().nextInt(MAX_AT_ONCE); flood >= 0; flood--) {
        List<MessageId> invented = new ArrayList<>(WireMessage.MAX_IDS);
        for (int i = 0; i < WireMessage.MAX_IDS; i++) {
          SplittableRandom words = random();
          invented.add(
              new MessageId(
                  words.nextLong(), words.nextLong(), words.nextLong(), words.nextLong()));
        }
        peers.forEach(peer -> running.say(peer, new WireMessage.Announce(invented)));
      }
    }
  }

  /** Divides its peers by two blocks of which each is as good as the other. */
  private static final class Forker extends Liar {
    private static final int BYTES = 12_000;

    private final BlockMaker maker;

    Forker(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
      maker = new BlockMaker(simulation.rules(), random());
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {
      WireMessage one = fork();
      WireMessage other = fork();
      for (int i = 0; i < peers.size(); i++) {
        running.say(peers.get(i), i % 2 == 0 ? one : other);
      }
    }

    private WireMessage fork() {
      int number = node().number();
      ChainView view = simulation().chain(number).view();
      // Of what waits it takes nothing: that may be all that a large block had, which has lost.
      ChainView alone =
          new ChainView(
              view.tip(), view.height(), view.tipTimeMillis(), view.totalWork(), List.of());
      return new WireMessage.Gossip(
          maker.on(alone, simulation().millis(number), BYTES, 1).toMessage());
    }
  }

  /** Sends the last record of a link again. */
  private static final class Replayer extends Liar {
    private record Written(int bytes, Object content) {}

    private final Map<LinkEnd, Written> last = new HashMap<>();

    Replayer(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    public void wrote(LinkEnd to, int bytes, Object content) {
      last.put(to, new Written(bytes, content));
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {
      last.keySet().retainAll(peers);
      for (LinkEnd peer : peers) {
        Written written = last.get(peer);
        if (written != null) {
          Object replayed = simulation().fidelity().replayOf(written.content());
          running.sayRaw(peer, written.bytes(), replayed);
        }
      }
    }
  }

  /** Opens connections, and leaves them at some point of the handshake. */
  private static final class Squatter extends Liar {
    private static final int MAX_AT_ONCE = 12;
    private static final List<LeftConnection.Extent> EXTENTS =
        List.of(LeftConnection.Extent.values());

    Squatter(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {
      List<SimulatedNode> all = simulation().nodes();
      SimulatedNode victim = all.get(random().nextInt(all.size()));
      if (victim.number() == node().number()) {
        return;
      }
      for (int count = random().nextInt(MAX_AT_ONCE); count >= 0; count--) {
        LeftConnection.Extent extent = EXTENTS.get(random().nextInt(EXTENTS.size()));
        LeftConnection left = new LeftConnection(simulation(), node(), extent);
        simulation().network().dial(node().host(), victim.host(), left);
      }
    }
  }
}
