package dev.waggle.domain.chance;

import dev.waggle.ports.crypto.RandomSource;
import java.nio.ByteBuffer;
import java.util.List;

/** Numbers drawn from a {@link RandomSource}. */
public final class Draws {
  /** Drawn at once: asking the system for eight bytes takes as long as for a hundred. */
  private static final int STOCK_BYTES = 32 * Long.BYTES;

  private final RandomSource source;
  private final ByteBuffer stock = ByteBuffer.allocate(STOCK_BYTES).limit(0);
  private long unused;
  private int unusedBits;

  public Draws(RandomSource source) {
    this.source = source;
  }

  public long nextLong() {
    if (!stock.hasRemaining()) {
      source.fill(stock.array());
      stock.clear();
    }
    return stock.getLong();
  }

  /**
   * A number from 0 to {@code bound - 1}, all but equally likely: the bias is below {@code bound /
   * 2^64}.
   *
   * @param bound more than zero
   */
  public long below(long bound) {
    return Math.unsignedMultiplyHigh(nextLong(), bound);
  }

  /**
   * The same for choices that are made in masses: several come out of one draw. The bias is below
   * {@code bound / 2^32}.
   *
   * @param bound more than zero
   */
  public int choice(int bound) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    if (unusedBits - bits < Integer.SIZE) {
      unused = nextLong();
      unusedBits = Long.SIZE;
    }
    int chosen = (int) Math.unsignedMultiplyHigh(unused, bound);
    unused *= bound; // What the choice has left of the draw.
    unusedBits -= bits;
    return chosen;
  }

  /** Brings {@code list} into random order. */
  public <T> void shuffle(List<T> list) {
    for (int left = list.size(); left > 1; left--) {
      int drawn = (int) below(left);
      T last = list.set(left - 1, list.get(drawn));
      list.set(drawn, last);
    }
  }

  /**
   * A time until something that happens at random moments, {@code mean} apart on the average; at
   * most 37 times that.
   */
  public long exponential(long mean) {
    double uniform = ((nextLong() >>> 11) + 1) * 0x1p-53; // Above 0, up to 1.
    return (long) (-StrictMath.log(uniform) * mean);
  }
}
