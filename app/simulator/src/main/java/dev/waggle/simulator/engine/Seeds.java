package dev.waggle.simulator.engine;

import dev.waggle.crypto.toy.SeededRandom;
import java.util.SplittableRandom;

/**
 * The sources of chance of a run, all from its one seed. Each purpose, and each node, draws from a
 * source of its own, so that what one of them draws more changes nothing for the others.
 */
public record Seeds(long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** More than there are purposes. */
  private static final long PURPOSES = 31;

  /** What chance is needed for. */
  public enum Purpose {
    TOPOLOGY(1),
    NETWORK(2),
    WORKLOAD(3),
    FAULTS(4),
    IDENTITY(5),
    NODE(6),
    CRYPTO(7),
    PUBLISHERS(8),
    WAITING(9),
    HISTORY(10),
    ROUTERS(11);

    private final int number;

    Purpose(int number) {
      this.number = number;
    }
  }

  public SplittableRandom random(Purpose purpose) {
    return new SplittableRandom(derived(purpose, 0));
  }

  public SeededRandom source(Purpose purpose, int node) {
    return new SeededRandom(derived(purpose, node));
  }

  /** Another number for each purpose and node (the finalizer of SplitMix64). */
  public long derived(Purpose purpose, int node) {
    long mixed = seed + GOLDEN * (purpose.number + PURPOSES * (1L + node));
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
