package dev.waggle.domain.peers;

import dev.waggle.ports.crypto.RandomSource;
import java.nio.ByteBuffer;

/** Numbers drawn from a {@link RandomSource}. */
public final class Draws {
  private final RandomSource source;
  private final byte[] word = new byte[Long.BYTES];

  public Draws(RandomSource source) {
    this.source = source;
  }

  public long nextLong() {
    source.fill(word);
    return ByteBuffer.wrap(word).getLong();
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
}
