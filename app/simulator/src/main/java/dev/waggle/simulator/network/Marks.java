package dev.waggle.simulator.network;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a stream of counted bytes stands for: contents, each with the offset where it ends. */
final class Marks {
  private long[] ends = new long[4];
  private @Nullable Object[] contents = new Object[4];
  private int first;
  private int count;

  void add(long end, Object content) {
    if (count == ends.length) {
      grow();
    }
    int at = (first + count) & (ends.length - 1);
    ends[at] = end;
    contents[at] = content;
    count++;
  }

  private void grow() {
    int length = ends.length;
    long[] longer = new long[2 * length];
    @Nullable Object[] more = new Object[2 * length];
    for (int i = 0; i < count; i++) {
      longer[i] = ends[(first + i) & (length - 1)];
      more[i] = contents[(first + i) & (length - 1)];
    }
    ends = longer;
    contents = more;
    first = 0;
  }

  /** The next content that is whole when so many bytes have come, or null. */
  @Nullable Object poll(long arrived) {
    if (count == 0 || ends[first] > arrived) {
      return null;
    }
    Object content = Objects.requireNonNull(contents[first]);
    contents[first] = null;
    first = (first + 1) & (ends.length - 1);
    count--;
    return content;
  }

  void clear() {
    while (poll(Long.MAX_VALUE) != null) {}
  }
}
