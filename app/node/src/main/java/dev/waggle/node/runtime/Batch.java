package dev.waggle.node.runtime;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Messages in order, filled by one thread and then handled by another. Used again and again, so
 * that waiting costs no allocation.
 */
final class Batch {
  private static final int INITIAL_CAPACITY = 256;

  private @Nullable Incoming[] items = new Incoming[INITIAL_CAPACITY];
  private int size;
  private int next;

  void add(Incoming item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  boolean hasNext() {
    return next < size;
  }

  /** How many there are to take. */
  int waiting() {
    return size - next;
  }

  /** One of those that are to be taken, which stays; the next one is number 0. */
  Incoming peek(int number) {
    return Objects.requireNonNull(items[next + number]);
  }

  /** Takes the next one out. */
  Incoming takeNext() {
    Incoming item = Objects.requireNonNull(items[next]);
    items[next++] = null;
    return item;
  }

  /** Whether it has grown beyond what is worth keeping. */
  boolean isLarge() {
    return items.length > 16 * INITIAL_CAPACITY;
  }

  /** Makes an emptied one ready to be filled again. */
  void clear() {
    Arrays.fill(items, next, size, null);
    size = 0;
    next = 0;
  }
}
