package dev.waggle.simulator.run;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that happened in a run, as one number: two runs with the same hash were the same, whatever
 * machine they ran on. And as lines for whoever wants to read it.
 */
public final class Trace implements NodeObserver {
  private static final long PRIME = 0x100000001B3L;

  private enum Event {
    ACCEPTED("accepted"),
    DIALLED("dialled"),
    DIAL_FAILED("dial-failed"),
    LINKED("linked"),
    CLOSED("closed");

    private final String word;
    private final long code;

    Event(String word) {
      this.word = word;
      this.code = word.hashCode();
    }
  }

  private final LongSupplier clock;
  private final @Nullable EventLines lines;
  private long hash = 1;

  /**
   * An empty trace.
   *
   * @param clock virtual time
   * @param lines told every event, or null
   */
  public Trace(LongSupplier clock, @Nullable EventLines lines) {
    this.clock = clock;
    this.lines = lines;
  }

  /** The number. */
  public long hash() {
    return hash;
  }

  private void note(Event event, RunningNode node, int peer, @Nullable MessageId message) {
    long nanos = clock.getAsLong();
    mix(nanos);
    mix(((long) node.number() << Integer.SIZE) | (peer & 0xFFFFFFFFL));
    mix(message == null ? event.code : event.code ^ message.first());
    if (lines != null) {
      lines.line(nanos, node.number(), event.word, peer, message);
    }
  }

  private void mix(long word) {
    hash = (hash ^ word) * PRIME;
    hash ^= hash >>> 29;
  }

  @Override
  public void arrived(RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
    long nanos = clock.getAsLong();
    String kind = kind(message);
    mix(nanos);
    mix(((long) node.number() << Integer.SIZE) | (from.remoteNode() & 0xFFFFFFFFL));
    mix(id == null ? kind.hashCode() : kind.hashCode() ^ id.first());
    if (lines != null) {
      lines.line(nanos, node.number(), kind, from.remoteNode(), id);
    }
  }

  /** What it is, as it stands in a trace. */
  static String kind(WireMessage message) {
    if (message instanceof WireMessage.Gossip gossip) {
      return switch (gossip.message().kind()) {
        case TRANSACTION -> "transaction";
        case BLOCK -> "block";
        case EVIDENCE -> "evidence";
      };
    }
    return switch (message) {
      case WireMessage.Gossip _ -> "gossip";
      case WireMessage.Announce _ -> "announce";
      case WireMessage.Request _ -> "request";
      case WireMessage.Ping _ -> "ping";
      case WireMessage.Pong _ -> "pong";
      case WireMessage.GetAddr _ -> "get-addr";
      case WireMessage.Addr _ -> "addr";
      case WireMessage.Observed _ -> "observed";
      case WireMessage.Extension _ -> "extension";
      case WireMessage.Compact _ -> "compact";
      case WireMessage.Outline _ -> "outline";
      case WireMessage.RequestCompact _ -> "request-compact";
      case WireMessage.RequestItems _ -> "request-items";
      case WireMessage.Items _ -> "items";
      case WireMessage.SendCompact _ -> "send-compact";
      case WireMessage.Preamble _ -> "preamble";
      case WireMessage.IDontWant _ -> "i-dont-want";
      case WireMessage.GetHeaders _ -> "get-headers";
      case WireMessage.Headers _ -> "headers";
      case WireMessage.DialRequest _ -> "dial-request";
      case WireMessage.DialBack _ -> "dial-back";
      case WireMessage.DialResponse _ -> "dial-response";
      case WireMessage.Meet _ -> "meet";
      case WireMessage.Relayed _ -> "relayed";
      case WireMessage.Goodbye _ -> "goodbye";
    };
  }

  @Override
  public void accepted(RunningNode node, Delivery delivery) {
    note(Event.ACCEPTED, node, -1, delivery.id());
  }

  @Override
  public void dialled(RunningNode node, int to) {
    note(Event.DIALLED, node, to, null);
  }

  @Override
  public void dialFailed(RunningNode node, String why) {
    note(Event.DIAL_FAILED, node, -1, null);
  }

  @Override
  public void established(RunningNode node, LinkEnd peer) {
    note(Event.LINKED, node, peer.remoteNode(), null);
  }

  @Override
  public void closed(RunningNode node, LinkEnd peer, CloseReason why) {
    note(Event.CLOSED, node, peer.remoteNode(), null);
  }
}
