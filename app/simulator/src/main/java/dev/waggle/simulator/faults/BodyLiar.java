package dev.waggle.simulator.faults;

import dev.waggle.chain.BlockTemplate;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.faults.Fault.Lying;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node that says of blocks what is true, or nearly, and does not send them as it should. */
abstract class BodyLiar extends Liar {
  private BodyLiar(Simulation simulation, SimulatedNode node, Lying lying) {
    super(simulation, node, lying);
  }

  @Override
  void act(RunningNode running, List<LinkEnd> peers) {}

  /** Has every chain, if one believes it. */
  static final class Claimer extends BodyLiar {
    Claimer(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    public boolean lets(LinkEnd from, WireMessage message) {
      if (message instanceof WireMessage.GetHeaders(var locator, int count)) {
        if (count == 0) {
          node()
              .up()
              .say(
                  from,
                  new WireMessage.Headers(
                      locator.getFirst(), WireMessage.Headers.MAX_FURTHER, List.of()));
        }
        return false;
      }
      return !RelayLiar.isRequest(message);
    }
  }

  /** Sends what it is asked for, so slowly that it is of no use. */
  static final class Trickler extends BodyLiar {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Map<LinkEnd, ArrayDeque<MessageId>> asked = new LinkedHashMap<>();
    private boolean ticking;

    Trickler(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    public boolean lets(LinkEnd from, WireMessage message) {
      if (message instanceof WireMessage.Request(var ids)) {
        ArrayDeque<MessageId> queue = asked.computeIfAbsent(from, _ -> new ArrayDeque<>());
        for (MessageId id : ids) {
          if (queue.size() < WireMessage.MAX_IDS) {
            queue.add(id);
          }
        }
        tickSoon();
      }
      return !RelayLiar.isRequest(message);
    }

    private void tickSoon() {
      if (!ticking) {
        ticking = true;
        simulation().queue().after(EVERY.toNanos(), this::tick);
      }
    }

    private void tick() {
      ticking = false;
      RunningNode running = node().running();
      asked.keySet().removeIf(LinkEnd::isGone);
      asked.values().removeIf(ArrayDeque::isEmpty);
      if (running == null || asked.isEmpty()) {
        asked.clear();
        return;
      }
      asked.forEach(
          (peer, ids) -> {
            GossipMessage body = simulation().chain(node().number()).find(ids.remove());
            if (body != null) {
              running.say(peer, new WireMessage.Gossip(body));
            }
          });
      tickSoon();
    }
  }

  /** Sends blocks that await others, on every link as soon as it can. */
  static final class Orphaner extends BodyLiar {
    private static final int COUNT = 1000;

    /** Higher than any chain is. */
    private static final long HEIGHT = 1L << 40;

    private final BlockMaker maker;
    private final Set<LinkEnd> served = new LinkedHashSet<>();

    Orphaner(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
      maker = new BlockMaker(simulation.rules(), random());
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {
      served.retainAll(peers);
      for (LinkEnd peer : peers) {
        if (served.add(peer)) {
          for (int i = 0; i < COUNT; i++) {
            running.say(peer, new WireMessage.Gossip(orphan()));
          }
        }
      }
    }

    private GossipMessage orphan() {
      MessageId parent =
          new MessageId(
              random().nextLong(), random().nextLong(), random().nextLong(), random().nextLong());
      return maker
          .mined(new BlockTemplate(HEIGHT, parent, simulation().millis(), List.of()))
          .toMessage();
    }
  }
}
