package dev.waggle.node.runtime;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;

/** About how many bytes of memory a message holds while it waits in a queue. */
final class MessageWeight {
  /** Object headers, references and the queue's own slot. */
  private static final int OVERHEAD_BYTES = 128;

  private static final int ID_BYTES = 52;

  private static final int ENDPOINT_BYTES = 128;

  private MessageWeight() {}

  static long bytes(WireMessage message) {
    return OVERHEAD_BYTES
        + switch (message) {
          case WireMessage.Gossip(GossipMessage carried) -> carried.payload().length();
          case WireMessage.Announce announce -> (long) announce.ids().size() * ID_BYTES;
          case WireMessage.Request request -> (long) request.ids().size() * ID_BYTES;
          case WireMessage.Addr addr -> (long) addr.endpoints().size() * ENDPOINT_BYTES;
          case WireMessage.Extension extension -> extension.body().length();
          case WireMessage.Ping _,
              WireMessage.Pong _,
              WireMessage.GetAddr _,
              WireMessage.Goodbye _ ->
              0;
        };
  }

  static long bytes(GossipMessage message) {
    return (long) OVERHEAD_BYTES + message.payload().length();
  }

  /** Whether a message did not fit into a record: so much every link may hold. */
  static boolean spansRecords(GossipMessage message) {
    return message.payload().length() > FrameBounds.MAX_PLAINTEXT_BYTES;
  }
}
