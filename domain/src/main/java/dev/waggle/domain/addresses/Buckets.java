package dev.waggle.domain.addresses;

import dev.waggle.domain.chance.Draws;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table of an address book: buckets of {@link #SLOTS} places. A bucket takes memory once it has
 * an entry.
 */
final class Buckets {
  static final int SLOTS = 64;

  private final @Nullable Bucket[] all;
  private final List<Bucket> inUse = new ArrayList<>();
  private int taken;

  Buckets(int count) {
    this.all = new Bucket[count];
  }

  int count() {
    return all.length;
  }

  /** Places that are taken. */
  int taken() {
    return taken;
  }

  @Nullable BookEntry at(int bucket, int slot) {
    Bucket found = all[bucket];
    return found == null ? null : found.slots[slot];
  }

  /** Puts {@code entry}, or nobody, into a place. */
  void put(int bucket, int slot, @Nullable BookEntry entry) {
    Bucket target = all[bucket];
    if (target == null) {
      target = new Bucket();
      all[bucket] = target;
    }
    int difference = (entry == null ? 0 : 1) - (target.slots[slot] == null ? 0 : 1);
    target.slots[slot] = entry;
    target.taken += difference;
    taken += difference;
    if (target.taken > 0 && target.index < 0) {
      target.index = inUse.size();
      inUse.add(target);
    } else if (target.taken == 0 && target.index >= 0) {
      remove(target);
      all[bucket] = null;
    }
  }

  private void remove(Bucket empty) {
    Bucket last = inUse.removeLast();
    if (last != empty) {
      inUse.set(empty.index, last);
      last.index = empty.index;
    }
    empty.index = -1;
  }

  /**
   * An entry of a random bucket among those that have any: who has many addresses in few buckets is
   * drawn no more often for that. Null if there is none.
   */
  @Nullable BookEntry draw(Draws draws) {
    if (inUse.isEmpty()) {
      return null;
    }
    Bucket bucket = inUse.get((int) draws.below(inUse.size()));
    int first = (int) draws.below(SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      BookEntry entry = bucket.slots[(first + i) % SLOTS];
      if (entry != null) {
        return entry;
      }
    }
    throw new IllegalStateException("an empty bucket is in use");
  }

  private static final class Bucket {
    private final @Nullable BookEntry[] slots = new BookEntry[SLOTS];
    private int taken;
    private int index = -1;
  }
}
