package dev.waggle.ports.testkit.crypto;

import dev.waggle.ports.crypto.RandomSource;
import java.util.SplittableRandom;

/** Where the randomness of the contracts comes from: the same in each run. */
final class Seeds {
  /** A source that gives the same bytes for the same seed. Owned by one thread. */
  static RandomSource random(long seed) {
    return new SplittableRandom(seed)::nextBytes;
  }

  private Seeds() {}
}
