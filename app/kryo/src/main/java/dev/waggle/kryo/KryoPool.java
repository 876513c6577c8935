package dev.waggle.kryo;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Idle {@link MessageKryo} instances, for whichever thread comes next.
 *
 * <p>A thread first looks where it has left an instance before, so threads that stay apart do not
 * meet. It never waits: where no instance is idle, it makes one, and where no place is free, it
 * leaves its own to the garbage collector. Unlike thread-locals, this holds nothing for threads
 * that have ended. Safe for use by any thread.
 *
 * <p>Kryo's own {@link com.esotericsoftware.kryo.util.Pool} is a blocking queue: it allocates for
 * each message, and has threads wait for each other. With it a Ping takes 1.6 times as long to
 * encode on one thread, and 3 times on each of two.
 */
final class KryoPool {
  /** References between two places: a cache line, or two threads would contend for it. */
  private static final int STRIDE = 16;

  private final AtomicReferenceArray<@Nullable MessageKryo> places;
  private final int slots;

  /**
   * An empty pool.
   *
   * @param slots how many instances it holds at most, a power of 2
   */
  KryoPool(int slots) {
    if (Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("a power of 2 is needed, not " + slots);
    }
    this.slots = slots;
    places = new AtomicReferenceArray<>(slots * STRIDE);
  }

  /**
   * At least twice the cores: each thread that runs may hold an instance, and as many threads may
   * have been interrupted while they did.
   */
  static int defaultSlots() {
    return Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors() - 1);
  }

  MessageKryo take() {
    int home = home();
    for (int i = 0; i < slots; i++) {
      int place = place(home + i);
      if (places.getPlain(place) != null) {
        MessageKryo found = places.getAndSet(place, null);
        if (found != null) {
          return found;
        }
      }
    }
    return new MessageKryo();
  }

  void giveBack(MessageKryo instance) {
    int home = home();
    for (int i = 0; i < slots; i++) {
      int place = place(home + i);
      if (places.getPlain(place) == null && places.compareAndSet(place, null, instance)) {
        return;
      }
    }
  }

  /** The slot where the current thread looks first, before it is wrapped round. */
  private static int home() {
    return (int) Thread.currentThread().threadId();
  }

  private int place(int slot) {
    return (slot & (slots - 1)) * STRIDE;
  }
}
