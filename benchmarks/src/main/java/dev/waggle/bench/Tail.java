package dev.waggle.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.openjdk.jmh.util.ListStatistics;

/**
 * How long the slow ones among many took that were timed slice by slice, and in turn with those of
 * another tail: the 99th percentile of all, and how many times the other's it is.
 *
 * <p>All slices are pooled. The percentile of a few hundred is what the worst handful took, and it
 * jumps where few lie between the usual ones and those that a scheduler or a collector held up: the
 * mean of many such percentiles, or of their ratios, is neither that of all nor well known.
 *
 * <p>The errors are those of a bootstrap. A resample takes as many blocks of consecutive slices as
 * there are, each at random and perhaps more than once, and the same ones of both tails: so what
 * was slow for a while is so in both, and slices that resemble their neighbours count as one. The
 * spread over resamples is the error of what was measured. (Efron, Tibshirani: An Introduction to
 * the Bootstrap, §6; Künsch 1989 for blocks.)
 */
final class Tail {
  /**
   * A figure with its error.
   *
   * @param error half of the 99.9 % confidence interval, as JMH tells it; NaN if unknown
   */
  record Estimate(double value, double error) {}

  /**
   * What two tails are.
   *
   * @param ratio how many times the other's percentile the one's is
   */
  record Comparison(Estimate one, Estimate other, Estimate ratio) {}

  private static final int BLOCKS = 40;

  /** Of Student's distribution, for 99.9 % and one degree of freedom less than blocks. */
  private static final double HALF_INTERVAL = 3.56;

  /** Enough for three digits of a standard deviation of which one or two are read. */
  private static final int RESAMPLES = 1000;

  /** The same figures give the same errors. */
  private static final long SEED = 1;

  /** For the number of a slice, below its figure: a million slices of more than milliseconds. */
  private static final int SLICE_BITS = 20;

  private static final int ONE_OF = 100;

  private long[] entries = new long[1 << 16];
  private int count;

  /** Forgets all. */
  void clear() {
    count = 0;
  }

  /**
   * Takes one in.
   *
   * @param slice from 0; the same of both tails were measured one after the other
   * @param nanos less than 2<sup>43</sup>, which is two hours
   */
  void add(int slice, long nanos) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, 2 * count);
    }
    entries[count++] = nanos << SLICE_BITS | slice;
  }

  /**
   * Compares.
   *
   * @param slices of either; with fewer than make blocks, the errors are unknown
   */
  static Comparison compare(Tail one, Tail other, int slices) {
    Blocks ones = one.inBlocks(slices);
    Blocks others = other.inBlocks(slices);
    int[] times = new int[BLOCKS];
    Arrays.fill(times, 1);
    double onePercentile = ones.percentile(times);
    double otherPercentile = others.percentile(times);
    ListStatistics oneSpread = new ListStatistics();
    ListStatistics otherSpread = new ListStatistics();
    ListStatistics ratioSpread = new ListStatistics();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; slices >= BLOCKS && i < RESAMPLES; i++) {
      Arrays.fill(times, 0);
      for (int j = 0; j < BLOCKS; j++) {
        times[random.nextInt(BLOCKS)]++;
      }
      double a = ones.percentile(times);
      double b = others.percentile(times);
      oneSpread.addValue(a);
      otherSpread.addValue(b);
      ratioSpread.addValue(a / b);
    }
    return new Comparison(
        new Estimate(onePercentile, error(oneSpread)),
        new Estimate(otherPercentile, error(otherSpread)),
        new Estimate(onePercentile / otherPercentile, error(ratioSpread)));
  }

  private static double error(ListStatistics spread) {
    return HALF_INTERVAL * spread.getStandardDeviation();
  }

  private Blocks inBlocks(int slices) {
    long[] slowest = new long[count];
    System.arraycopy(entries, 0, slowest, 0, count);
    Arrays.sort(slowest);
    long[] nanos = new long[count];
    int[] blocks = new int[count];
    int[] sizes = new int[BLOCKS];
    for (int i = 0; i < count; i++) {
      long entry = slowest[count - 1 - i];
      long slice = entry & ((1L << SLICE_BITS) - 1);
      nanos[i] = entry >> SLICE_BITS;
      blocks[i] = (int) (slice * BLOCKS / slices);
      sizes[blocks[i]]++;
    }
    return new Blocks(nanos, blocks, sizes);
  }

  /** All figures, the slowest first, with the block of each, and how many each block has. */
  private static final class Blocks {
    private final long[] nanos;
    private final int[] blocks;
    private final int[] sizes;

    Blocks(long[] nanos, int[] blocks, int[] sizes) {
      this.nanos = nanos;
      this.blocks = blocks;
      this.sizes = sizes;
    }

    /** What 99 of 100 do not exceed, if each block were there so many times; NaN of none. */
    double percentile(int[] times) {
      long all = 0;
      for (int i = 0; i < BLOCKS; i++) {
        all += (long) times[i] * sizes[i];
      }
      long slower = 0;
      for (int i = 0; i < nanos.length; i++) {
        slower += times[blocks[i]];
        if (slower * ONE_OF > all) {
          return nanos[i];
        }
      }
      return Double.NaN;
    }
  }
}
