package dev.waggle.ports.wire;

/**
 * Items of a block that follow each other.
 *
 * @param first index, from 0 on
 * @param count 1 or more
 */
public record ItemRange(int first, int count) {
  public ItemRange {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException("no items: " + count + " from " + first + " on");
    }
  }

  /** The index behind the last. */
  public int end() {
    return first + count;
  }
}
