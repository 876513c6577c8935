package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to be told to whom later, unless it has become needless by then. */
final class Schedule {
  /**
   * A peer is to hear of a block.
   *
   * @param sent whether it is sent the block, without its items, or only told of it
   * @param number tells apart what is due at the same time
   */
  record Entry(long dueNanos, long number, Neighbour peer, RelayedBlock block, boolean sent) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          (one, other) -> {
            long later = one.dueNanos() - other.dueNanos();
            return Long.signum(later == 0 ? one.number() - other.number() : later);
          });
  private long added;

  void send(long dueNanos, Neighbour peer, RelayedBlock block) {
    entries.add(new Entry(dueNanos, added++, peer, block, true));
  }

  void tell(long dueNanos, Neighbour peer, RelayedBlock block) {
    entries.add(new Entry(dueNanos, added++, peer, block, false));
  }

  /** Removes and returns one that is due, or null. */
  @Nullable Entry takeDue(long nowNanos) {
    Entry first = entries.peek();
    return first == null || nowNanos - first.dueNanos() < 0 ? null : entries.poll();
  }

  OptionalLong dueNanos() {
    Entry first = entries.peek();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.dueNanos());
  }

  void departed(Neighbour peer) {
    entries.removeIf(entry -> entry.peer().equals(peer));
  }

  void forget(RelayedBlock block) {
    entries.removeIf(entry -> entry.block().equals(block));
  }
}
