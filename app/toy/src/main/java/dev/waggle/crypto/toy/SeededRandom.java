package dev.waggle.crypto.toy;

import dev.waggle.ports.crypto.RandomSource;
import java.util.SplittableRandom;

/** The same bytes from the same seed, for simulations and vectors. Owned by one thread. */
public final class SeededRandom implements RandomSource {
  private final SplittableRandom random;

  public SeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
