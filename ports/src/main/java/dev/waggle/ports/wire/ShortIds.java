package dev.waggle.ports.wire;

import java.util.Arrays;

/** Ids of 48 bits, in order, each as a number of 6 bytes (PROTOCOL §8.4). Immutable. */
public final class ShortIds {
  /** Bytes of one on the wire, the least significant first. */
  public static final int BYTES = 6;

  /** The bits of one. */
  public static final long MASK = (1L << (8 * BYTES)) - 1;

  private final long[] ids;

  private ShortIds(long[] ids) {
    this.ids = ids;
  }

  /**
   * Keeps {@code owned}, which the caller gives away.
   *
   * @throws IllegalArgumentException if one has more than 48 bits
   */
  public static ShortIds wrap(long[] owned) {
    for (long id : owned) {
      if ((id & ~MASK) != 0) {
        throw new IllegalArgumentException("a short id has 48 bits, not " + Long.toHexString(id));
      }
    }
    return new ShortIds(owned);
  }

  public int count() {
    return ids.length;
  }

  public long at(int index) {
    return ids[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShortIds others && Arrays.equals(ids, others.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return ids.length + " short ids";
  }
}
