package dev.waggle.domain.relay;

import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/** By which names a peer has told us of the items of a block. Immutable. */
sealed interface ItemNames {
  /** How many items the block has. */
  int count();

  /** Memory that they hold. */
  long heldBytes();

  /** Whether an item can be the one at {@code index}. */
  boolean fits(int index, MessageId item);

  /** Looks for those of them that wait for a block here. */
  void match(BlockFormat format, ObjIntConsumer<MessageId> found);

  /** The ids themselves, which the header commits to. */
  record Full(List<MessageId> ids) implements ItemNames {
    /** An id, 48 bytes, and the list's reference to it. */
    private static final int ID_BYTES = 52;

    @Override
    public int count() {
      return ids.size();
    }

    @Override
    public long heldBytes() {
      return (long) ID_BYTES * ids.size();
    }

    @Override
    public boolean fits(int index, MessageId item) {
      return ids.get(index).equals(item);
    }

    @Override
    public void match(BlockFormat format, ObjIntConsumer<MessageId> found) {
      for (int i = 0; i < ids.size(); i++) {
        if (format.candidate(ids.get(i)) != null) {
          found.accept(ids.get(i), i);
        }
      }
    }
  }

  /** Six bytes of each: an item that fits is the right one, unless somebody wants it otherwise. */
  final class Shortened implements ItemNames {
    /** Stands where an item was sent along. */
    private static final long NONE = -1;

    private final ShortIdKey key;
    private final long[] ids;

    Shortened(MessageId block, WireMessage.Compact compact) {
      key = new ShortIdKey(block, compact.nonce());
      ids = new long[compact.items()];
      Arrays.fill(ids, 0);
      for (IndexedItem item : compact.prefilled()) {
        ids[item.index()] = NONE;
      }
      ShortIds named = compact.shortIds();
      int next = 0;
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] != NONE) {
          ids[i] = named.at(next++);
        }
      }
    }

    @Override
    public int count() {
      return ids.length;
    }

    @Override
    public long heldBytes() {
      return (long) Long.BYTES * ids.length;
    }

    @Override
    public boolean fits(int index, MessageId item) {
      return ids[index] == NONE || ids[index] == key.shorten(item);
    }

    /** Where two look alike, here or in the block, neither is taken: who has sent it is asked. */
    @Override
    public void match(BlockFormat format, ObjIntConsumer<MessageId> found) {
      Map<Long, Integer> indexes = LinkedHashMap.newLinkedHashMap(ids.length);
      BitSet ambiguous = new BitSet();
      for (int i = 0; i < ids.length; i++) {
        Integer twin = ids[i] == NONE ? null : indexes.putIfAbsent(ids[i], i);
        if (twin != null) {
          ambiguous.set(twin);
        }
      }
      Map<Integer, MessageId> matches = new LinkedHashMap<>();
      for (MessageId candidate : new ArrayList<>(format.candidates())) {
        Integer index = indexes.get(key.shorten(candidate));
        if (index != null && matches.putIfAbsent(index, candidate) != null) {
          ambiguous.set(index);
        }
      }
      matches.forEach(
          (index, match) -> {
            if (!ambiguous.get(index)) {
              found.accept(match, index);
            }
          });
    }
  }
}
