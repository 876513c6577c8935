package dev.waggle.chain;

import dev.waggle.ports.wire.MessageId;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that wait for a block, in the order in which they came (CHAIN §7). Nobody pays
 * for a place, so nothing is evicted: what finds no room has to come again.
 *
 * <p>Owned by one thread, but for its snapshots.
 */
final class Mempool {
  /**
   * Four full blocks, some 6,000 transactions; a small part of a default heap, and a third of the
   * half that the smallest one leaves to applications.
   */
  static final long MAX_TOTAL_BYTES = 32L * 1024 * 1024;

  private final Map<MessageId, Transaction> byId = new LinkedHashMap<>();
  private long totalBytes;

  /*
   * Snapshots without copying: a snapshot is the first `count` elements of `order`. Adding writes
   * behind all snapshots that exist; growing and removing make a new array. So whoever receives a
   * snapshot through a volatile field sees elements that are never written again.
   */
  private Transaction[] order = new Transaction[16];
  private int count;

  @Nullable Transaction find(MessageId id) {
    return byId.get(id);
  }

  boolean hasRoomFor(Transaction transaction) {
    return totalBytes + transaction.payload().length() <= MAX_TOTAL_BYTES;
  }

  /** Adds a transaction at the end, unless it is here already or finds no room. */
  void add(Transaction transaction) {
    if (!hasRoomFor(transaction) || byId.putIfAbsent(transaction.id(), transaction) != null) {
      return;
    }
    totalBytes += transaction.payload().length();
    if (count == order.length) {
      order = Arrays.copyOf(order, 2 * count);
    }
    order[count++] = transaction;
  }

  void removeIf(Predicate<MessageId> obsolete) {
    if (byId.keySet().removeIf(obsolete)) {
      order = byId.values().toArray(new Transaction[16]);
      count = byId.size();
      totalBytes = byId.values().stream().mapToLong(t -> t.payload().length()).sum();
    }
  }

  /** The transactions that wait now, unmodifiable, for any thread. */
  List<Transaction> snapshot() {
    return Collections.unmodifiableList(Arrays.asList(order).subList(0, count));
  }
}
