package dev.waggle.node.runtime;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;

/**
 * Which of two lanes a message takes through the queues of a node, each way: what keeps links and
 * chains alive does not wait behind what merely comes in masses (PROTOCOL §7.3).
 */
enum Lane {
  /** Heartbeats and blocks. */
  EXPRESS,
  /** The rest, in order, and a Goodbye behind it. */
  BULK;

  static Lane of(WireMessage message) {
    return switch (message) {
      case WireMessage.Ping _, WireMessage.Pong _ -> EXPRESS;
      case WireMessage.Gossip gossip -> of(gossip.message());
      case WireMessage.Announce _,
          WireMessage.Request _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Extension _,
          WireMessage.Goodbye _ ->
          BULK;
    };
  }

  static Lane of(GossipMessage message) {
    return message.kind() == GossipMessage.Kind.BLOCK ? EXPRESS : BULK;
  }
}
