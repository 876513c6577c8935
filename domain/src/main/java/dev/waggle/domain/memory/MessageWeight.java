package dev.waggle.domain.memory;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;

/**
 * About how many bytes of memory a message holds while it waits in a queue: its content, and for
 * the objects around it a sum that errs on the side of too much, so that a queue of empty messages
 * is bounded too. The same at all times, and on every machine.
 */
public final class MessageWeight {
  /** Object headers, references and the queue's own slot. */
  private static final int OVERHEAD_BYTES = 128;

  /** An id, 48 bytes, and the list's reference to it. */
  private static final int ID_BYTES = 52;

  /**
   * A record, its endpoint and its address, 32, 24 and 32 bytes, and the list's reference to it.
   */
  private static final int ADDRESS_BYTES = 96;

  /** A range, 24 bytes, and the list's reference to it. */
  private static final int RANGE_BYTES = 28;

  /** An item, its payload's two objects, 24 bytes each, and the list's reference to it. */
  private static final int ITEM_BYTES = 76;

  /**
   * The objects around a Compact, its header, its proof and its ids, beyond those of any message.
   */
  private static final int COMPACT_BYTES = 160;

  private MessageWeight() {}

  /** Of a message of a link. */
  public static long bytes(WireMessage message) {
    return OVERHEAD_BYTES
        + switch (message) {
          case WireMessage.Gossip(GossipMessage carried) -> carried.payload().length();
          case WireMessage.Announce announce -> (long) announce.ids().size() * ID_BYTES;
          case WireMessage.Request request -> (long) request.ids().size() * ID_BYTES;
          case WireMessage.Addr addr -> (long) addr.addresses().size() * ADDRESS_BYTES;
          case WireMessage.Extension extension -> extension.body().length();
          case WireMessage.Compact compact ->
              COMPACT_BYTES
                  + compact.header().length()
                  + compact.proof().length()
                  + (long) compact.shortIds().count() * Long.BYTES
                  + bytes(compact.prefilled());
          case WireMessage.RequestCompact request -> (long) request.ids().size() * ID_BYTES;
          case WireMessage.RequestItems request ->
              ID_BYTES + (long) request.ranges().size() * RANGE_BYTES;
          case WireMessage.Items items -> ID_BYTES + bytes(items.items());
          case WireMessage.IDontWant unwanted -> (long) unwanted.ids().size() * ID_BYTES;
          case WireMessage.Ping _,
              WireMessage.Pong _,
              WireMessage.SendCompact _,
              WireMessage.Preamble _,
              WireMessage.GetAddr _,
              WireMessage.Observed _,
              WireMessage.Goodbye _ ->
              0;
        };
  }

  private static long bytes(List<IndexedItem> items) {
    long bytes = 0;
    for (IndexedItem item : items) {
      bytes += ITEM_BYTES + item.payload().length();
    }
    return bytes;
  }

  /** Of the Gossip that carries {@code message}. */
  public static long bytes(GossipMessage message) {
    return (long) OVERHEAD_BYTES + message.payload().length();
  }

  /**
   * Whether the payload alone is more than a record holds, so that it spans several (PROTOCOL
   * §7.1): what one record holds, every link may hold.
   */
  public static boolean spansRecords(GossipMessage message) {
    return message.payload().length() > FrameBounds.MAX_PLAINTEXT_BYTES;
  }
}
