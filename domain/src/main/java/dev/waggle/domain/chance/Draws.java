package dev.waggle.domain.chance;

import dev.waggle.ports.crypto.RandomSource;
import java.nio.ByteBuffer;

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
}
