package dev.waggle.domain.lane;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;

/**
 * One of the two lanes by which messages go through the queues of a node, each way: what keeps
 * links and chains alive does not wait behind what merely comes in masses (PROTOCOL §7.3).
 *
 * <p>Within a lane order is kept, and what must keep its order is in one lane. They are declared in
 * the order in which they are served.
 */
public enum Lane {
  /** Heartbeats, blocks, and what is said of these; and what two others must hear in time. */
  EXPRESS,
  /** The rest, in order, and a Goodbye behind it. */
  BULK;

  /** The lane of a message of a link. */
  public static Lane of(WireMessage message) {
    return switch (message) {
      case WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.Relayed _ ->
          EXPRESS;
      case WireMessage.Gossip gossip -> of(gossip.message());
      case WireMessage.Announce _,
          WireMessage.Request _,
          WireMessage.RequestCompact _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Goodbye _ ->
          BULK;
    };
  }

  /** The lane of the Gossip that carries {@code message}. */
  public static Lane of(GossipMessage message) {
    return message.kind() == GossipMessage.Kind.BLOCK ? EXPRESS : BULK;
  }
}
