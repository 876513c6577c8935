package dev.waggle.app.runtime;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the node thread takes from its mailbox at once: a message and where it came from, or a
 * {@link NodeEvent}, in order. Two of them take turns, so that waiting costs no allocation.
 */
final class Batch {
  private static final int INITIAL_CAPACITY = 256;

  private @Nullable MessageSource[] sources = new MessageSource[INITIAL_CAPACITY];
  private @Nullable Object[] items = new Object[INITIAL_CAPACITY];
  private int size;

  void add(@Nullable MessageSource source, Object item) {
    if (size == items.length) {
      sources = Arrays.copyOf(sources, size * 2);
      items = Arrays.copyOf(items, size * 2);
    }
    sources[size] = source;
    items[size] = item;
    size++;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Where a message came from; null beside an event. */
  @Nullable MessageSource source(int index) {
    return sources[index];
  }

  Object item(int index) {
    return Objects.requireNonNull(items[index]);
  }

  void clear() {
    Arrays.fill(sources, 0, size, null);
    Arrays.fill(items, 0, size, null);
    size = 0;
  }
}
