package dev.waggle.domain.memory;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** An endpoint and its address, 24 and 32 bytes, and the string beside them. */
  private static final int ENDPOINT_BYTES = 80;

  /** A PeerId, its string's two objects and 32 bytes, and the list's reference to it. */
  private static final int PEER_BYTES = 92;

  /** A range, 24 bytes, and the list's reference to it. */
  private static final int RANGE_BYTES = 28;

  /** An item, its payload's two objects, 24 bytes each, and the list's reference to it. */
  private static final int ITEM_BYTES = 76;

  /** A header's two objects, 24 bytes each, and the list's reference to it. */
  private static final int HEADER_BYTES = 52;

  /** The objects around a header, a proof and ids of items, beyond those of any message. */
  private static final int BLOCK_BYTES = 160;

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
              BLOCK_BYTES
                  + compact.header().length()
                  + compact.proof().length()
                  + (long) compact.shortIds().count() * Long.BYTES
                  + bytes(compact.prefilled());
          case WireMessage.Outline outline ->
              BLOCK_BYTES
                  + outline.header().length()
                  + outline.proof().length()
                  + (long) outline.ids().size() * ID_BYTES;
          case WireMessage.RequestCompact request -> (long) request.ids().size() * ID_BYTES;
          case WireMessage.RequestItems request ->
              ID_BYTES + (long) request.ranges().size() * RANGE_BYTES;
          case WireMessage.Items items -> ID_BYTES + bytes(items.items());
          case WireMessage.GetHeaders ask -> (long) ask.locator().size() * ID_BYTES;
          case WireMessage.Headers headers ->
              ID_BYTES + (long) headers.headers().size() * HEADER_BYTES + contentBytes(headers);
          case WireMessage.IDontWant unwanted -> (long) unwanted.ids().size() * ID_BYTES;
          case WireMessage.DialRequest request -> ENDPOINT_BYTES + request.payment().length();
          case WireMessage.Meet meet -> (long) meet.peers().size() * PEER_BYTES;
          case WireMessage.Relayed relayed -> PEER_BYTES + relayed.body().length();
          case WireMessage.Ping _,
              WireMessage.Pong _,
              WireMessage.DialBack _,
              WireMessage.DialResponse _,
              WireMessage.SendCompact _,
              WireMessage.Preamble _,
              WireMessage.GetAddr _,
              WireMessage.Observed _,
              WireMessage.Goodbye _ ->
              0;
        };
  }

  private static long bytes(List<IndexedItem> items) {
    return (long) items.size() * ITEM_BYTES + payloadBytes(items);
  }

  /** Of the Gossip that carries {@code message}. */
  public static long bytes(GossipMessage message) {
    return (long) OVERHEAD_BYTES + message.payload().length();
  }

  /**
   * Of what a block is made of, where that is held beside the block; nothing if it is not known.
   */
  public static long bytes(@Nullable BlockParts parts) {
    if (parts == null) {
      return 0;
    }
    long bytes =
        (long) OVERHEAD_BYTES + BLOCK_BYTES + parts.header().length() + parts.proof().length();
    for (BlockParts.Item item : parts.items()) {
      bytes += ID_BYTES + ITEM_BYTES + item.payload().length();
    }
    return bytes;
  }

  /** Of a compact block on the wire, whatever the codec, at least: what is in its strings. */
  public static long contentBytes(WireMessage.Compact compact) {
    return compact.header().length()
        + compact.proof().length()
        + (long) compact.shortIds().count() * ShortIds.BYTES
        + payloadBytes(compact.prefilled());
  }

  /** Of an outline on the wire, whatever the codec, at least. */
  public static long contentBytes(WireMessage.Outline outline) {
    return outline.header().length()
        + outline.proof().length()
        + (long) outline.ids().size() * MessageId.LENGTH;
  }

  /** Of items on the wire, whatever the codec, at least: their payloads. */
  public static long contentBytes(WireMessage.Items items) {
    return payloadBytes(items.items());
  }

  /** Of headers on the wire, whatever the codec, at least. */
  public static long contentBytes(WireMessage.Headers headers) {
    long bytes = 0;
    for (Bytes header : headers.headers()) {
      bytes += header.length();
    }
    return bytes;
  }

  /**
   * Whether so much content of one message is more than a record holds, so that it spans several
   * (PROTOCOL §7.1): what one record holds, every link may hold.
   */
  public static boolean spansRecords(long contentBytes) {
    return contentBytes > FrameBounds.MAX_PLAINTEXT_BYTES;
  }

  /**
   * Of what a message weighs, what is more than its content, if that spans records, or what one
   * record holds: for that no memory was granted when it came.
   */
  public static long excessBytes(long bytes, long contentBytes) {
    long granted = Math.max(contentBytes, FrameBounds.MAX_PLAINTEXT_BYTES);
    return Math.max(bytes - OVERHEAD_BYTES - granted, 0);
  }

  private static long payloadBytes(List<IndexedItem> items) {
    long bytes = 0;
    for (IndexedItem item : items) {
      bytes += item.payload().length();
    }
    return bytes;
  }
}
