package dev.waggle.simulator.faults;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.faults.Fault.Lying;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * A node that lies with each block that it passes on without its items, and passes each on to
 * everybody as soon as it hears of it: so it is often the first to tell.
 */
abstract class RelayLiar extends Liar {
  /** Blocks of which it remembers that it has passed them on. */
  private static final int MAX_REMEMBERED = 64;

  private final SequencedSet<MessageId> passedOn = new LinkedHashSet<>();

  private RelayLiar(Simulation simulation, SimulatedNode node, Lying lying) {
    super(simulation, node, lying);
  }

  @Override
  void act(RunningNode running, List<LinkEnd> peers) {}

  @Override
  public boolean lets(LinkEnd from, WireMessage message) {
    MessageId id = carried(simulation().fidelity(), message);
    if (id != null && !(message instanceof WireMessage.Gossip) && passedOn.add(id)) {
      if (passedOn.size() > MAX_REMEMBERED) {
        passedOn.removeFirst();
      }
      passOn(node().up(), from, message);
    }
    return true;
  }

  private void passOn(RunningNode running, LinkEnd from, WireMessage message) {
    for (LinkEnd peer : running.ends()) {
      if (!peer.equals(from) && !peer.isGone() && peer.has(Feature.COMPACT_BLOCKS)) {
        running.say(peer, sends(peer, message));
      }
    }
  }

  @Override
  public WireMessage sends(LinkEnd to, WireMessage message) {
    return switch (message) {
      case WireMessage.Compact compact -> lie(compact);
      case WireMessage.Outline outline -> lie(outline);
      case WireMessage.Gossip _,
          WireMessage.Announce _,
          WireMessage.Request _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ ->
          message;
    };
  }

  /** What is sent instead. */
  abstract WireMessage lie(WireMessage.Compact compact);

  /** What is sent instead. */
  abstract WireMessage lie(WireMessage.Outline outline);

  /** Whether somebody wants a message, or a part of one. */
  static boolean isRequest(WireMessage message) {
    return message instanceof WireMessage.Request
        || message instanceof WireMessage.RequestCompact
        || message instanceof WireMessage.RequestItems;
  }

  /** The id of what a message carries, whole or without items; null if it carries nothing. */
  static @Nullable MessageId carried(Fidelity fidelity, WireMessage message) {
    return switch (message) {
      case WireMessage.Gossip(GossipMessage whole) -> fidelity.idOf(whole);
      case WireMessage.Compact compact -> fidelity.idOfHeader(compact.header());
      case WireMessage.Outline outline -> fidelity.idOfHeader(outline.header());
      case WireMessage.Announce _,
          WireMessage.Request _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ ->
          null;
    };
  }

  /** Has what it speaks of, but never sends it. */
  static final class Withholder extends RelayLiar {
    Withholder(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    public boolean lets(LinkEnd from, WireMessage message) {
      return super.lets(from, message) && !isRequest(message);
    }

    @Override
    WireMessage lie(WireMessage.Compact compact) {
      ShortIds all = ShortIds.wrap(new long[compact.items()]);
      return new WireMessage.Compact(
          compact.header(),
          compact.proof(),
          compact.nonce(),
          compact.prefilled().isEmpty() ? compact.shortIds() : all,
          List.of());
    }

    @Override
    WireMessage lie(WireMessage.Outline outline) {
      return outline;
    }
  }

  /** Names items that are in no block. */
  static final class Garbler extends RelayLiar {
    Garbler(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    WireMessage lie(WireMessage.Compact compact) {
      long[] names = new long[compact.shortIds().count()];
      for (int i = 0; i < names.length; i++) {
        names[i] = random().nextLong() & ShortIds.MASK;
      }
      return new WireMessage.Compact(
          compact.header(),
          compact.proof(),
          compact.nonce(),
          ShortIds.wrap(names),
          compact.prefilled());
    }

    @Override
    WireMessage lie(WireMessage.Outline outline) {
      List<MessageId> names = new ArrayList<>(outline.ids());
      if (!names.isEmpty()) {
        names.set(
            random().nextInt(names.size()),
            new MessageId(
                random().nextLong(),
                random().nextLong(),
                random().nextLong(),
                random().nextLong()));
      }
      return new WireMessage.Outline(outline.header(), outline.proof(), names);
    }
  }

  /** Spoils the proof. */
  static final class Forger extends RelayLiar {
    Forger(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    WireMessage lie(WireMessage.Compact compact) {
      return new WireMessage.Compact(
          compact.header(),
          spoiled(compact.proof()),
          compact.nonce(),
          compact.shortIds(),
          compact.prefilled());
    }

    @Override
    WireMessage lie(WireMessage.Outline outline) {
      return new WireMessage.Outline(outline.header(), spoiled(outline.proof()), outline.ids());
    }

    private Bytes spoiled(Bytes proof) {
      byte[] bytes = proof.toArray();
      bytes[random().nextInt(bytes.length)] ^= 1;
      return Bytes.wrap(bytes);
    }
  }
}
