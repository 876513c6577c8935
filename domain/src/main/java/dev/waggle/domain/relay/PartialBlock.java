package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block whose header was found good, and as many of its items as are there. */
final class PartialBlock {
  /** What an item's places in tables cost, here and where it is fetched. */
  private static final int TABLE_BYTES = 16;

  /** What an item costs beyond its payload. */
  private static final long OVERHEAD_BYTES = 128;

  private final MessageId id;
  private final Bytes header;
  private final Bytes proof;
  private final ItemNames names;
  private final @Nullable Neighbour first;
  private final BlockParts.@Nullable Item[] items;
  private final BitSet missing = new BitSet();
  private final BitSet foreign = new BitSet();
  private long bytes;
  private long heldBytes;

  /**
   * None of its items is there yet.
   *
   * @param first who was the first to send it; null if it was made here
   */
  PartialBlock(
      MessageId id, Bytes header, Bytes proof, ItemNames names, @Nullable Neighbour first) {
    this.id = id;
    this.header = header;
    this.proof = proof;
    this.names = names;
    this.first = first;
    items = new BlockParts.@Nullable Item[names.count()];
    missing.set(0, items.length);
    heldBytes = names.heldBytes() + (long) TABLE_BYTES * items.length;
  }

  /** A block that came whole, or was made here; to be asked for before it is accepted. */
  static PartialBlock whole(
      MessageId id, BlockParts parts, BlockFormat format, @Nullable Neighbour first) {
    List<MessageId> ids = parts.items().stream().map(BlockParts.Item::id).toList();
    PartialBlock block =
        new PartialBlock(id, parts.header(), parts.proof(), new ItemNames.Full(ids), first);
    block.takeCandidates(format);
    for (int i = block.missing.nextSetBit(0); i >= 0; i = block.missing.nextSetBit(i)) {
      BlockParts.Item item = parts.items().get(i);
      block.take(i, item.id(), item.payload());
    }
    return block;
  }

  MessageId id() {
    return id;
  }

  /** How many items it has. */
  int count() {
    return items.length;
  }

  /**
   * The id of an item, which is known if it is there, or if its names are {@link ItemNames.Full}.
   */
  MessageId idAt(int index) {
    BlockParts.Item item = items[index];
    if (item != null) {
      return item.id();
    }
    if (names instanceof ItemNames.Full(List<MessageId> ids)) {
      return ids.get(index);
    }
    throw new IllegalStateException("item " + index + " is not known");
  }

  Bytes header() {
    return header;
  }

  Bytes proof() {
    return proof;
  }

  /** Who was the first to send it; null if it was made here. */
  @Nullable Neighbour first() {
    return first;
  }

  /** Takes what waits here for a block. */
  void takeCandidates(BlockFormat format) {
    names.match(
        format,
        (item, index) -> {
          Bytes payload = format.candidate(item);
          if (payload != null && missing.get(index)) {
            put(index, new BlockParts.Item(item, payload));
          }
        });
  }

  /**
   * Takes an item that a peer has sent, if it is missing and fits its place.
   *
   * @return whether it was taken
   */
  boolean take(int index, MessageId item, Bytes payload) {
    if (index >= items.length || !missing.get(index) || !names.fits(index, item)) {
      return false;
    }
    put(index, new BlockParts.Item(item, payload));
    foreign.set(index);
    heldBytes += OVERHEAD_BYTES + payload.length();
    return true;
  }

  private void put(int index, BlockParts.Item item) {
    items[index] = item;
    missing.clear(index);
    bytes += OVERHEAD_BYTES + item.payload().length();
  }

  /** The indexes of what is missing; changes with this block. */
  BitSet missing() {
    return missing;
  }

  boolean isComplete() {
    return missing.isEmpty();
  }

  /** The indexes of what is here. */
  BitSet present() {
    BitSet present = new BitSet(items.length);
    present.set(0, items.length);
    present.andNot(missing);
    return present;
  }

  /** Those that peers had to send. */
  BitSet foreign() {
    return foreign;
  }

  /** Memory that its items hold. */
  long bytes() {
    return bytes;
  }

  /**
   * Memory that it holds beyond what waits here anyway: names, tables, and what was sent for it.
   */
  long heldBytes() {
    return heldBytes;
  }

  BlockParts.@Nullable Item item(int index) {
    return index < items.length ? items[index] : null;
  }

  /** The ids of all items, where {@link #idAt} knows them. */
  List<MessageId> ids() {
    List<MessageId> ids = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      ids.add(idAt(i));
    }
    return ids;
  }

  /** All of its parts; only if it is complete. */
  BlockParts parts() {
    List<BlockParts.Item> all = new ArrayList<>(items.length);
    for (BlockParts.Item item : items) {
      if (item == null) {
        throw new IllegalStateException("items are missing: " + Arrays.toString(items));
      }
      all.add(item);
    }
    return new BlockParts(header, proof, all);
  }
}
