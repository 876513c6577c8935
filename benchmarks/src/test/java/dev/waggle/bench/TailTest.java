package dev.waggle.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToLongFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final int SLICES = 400;
  private static final int OF_A_SLICE = 50;

  /** Slices of figures that differ from slice to slice in whatever way. */
  private static Tail tail(IntToLongFunction nanosOfSlice) {
    Tail tail = new Tail();
    for (int slice = 0; slice < SLICES; slice++) {
      for (int i = 0; i < OF_A_SLICE; i++) {
        tail.add(slice, nanosOfSlice.applyAsLong(slice));
      }
    }
    return tail;
  }

  /** Figures of mean {@code mean}, which are never used up. */
  private static IntToLongFunction exponential(long seed, double mean) {
    Random random = new Random(seed);
    return _ -> (long) (-mean * Math.log(1 - random.nextDouble()));
  }

  @Test
  void percentile_isWhatOneOfAHundredExceeds() {
    Tail tail = new Tail();
    for (int i = 1000; i > 0; i--) {
      tail.add(i % SLICES, i);
    }
    assertThat(Tail.compare(tail, tail, SLICES).one().value()).isEqualTo(990);
    for (int i = 0; i < 1000; i++) {
      tail.add(0, 1);
    }
    assertThat(Tail.compare(tail, tail, SLICES).one().value()).isEqualTo(980);
  }

  @Test
  void percentile_isThatOfAllSlicesAndNotTheMeanOfTheirs() {
    Tail tail = tail(slice -> slice < SLICES / 200 ? 1_000_000 : 1000);
    assertThat(Tail.compare(tail, tail, SLICES).one().value()).isEqualTo(1000);
  }

  @Test
  void ratio_isThatOfThePercentiles() {
    Tail one = tail(slice -> 1200 + slice);
    Tail other = tail(slice -> 600 + slice);
    Tail.Comparison compared = Tail.compare(one, other, SLICES);
    assertThat(compared.one().value()).isEqualTo(1595);
    assertThat(compared.other().value()).isEqualTo(995);
    assertThat(compared.ratio().value()).isCloseTo(1595 / 995.0, within(1e-12));
  }

  @Test
  void slownessOfBoth_isNoErrorOfTheirRatio() {
    IntToLongFunction machine = slice -> 1000 + 100_000L * (slice / 10 % 3);
    Tail.Comparison compared =
        Tail.compare(tail(machine), tail(slice -> 2 * machine.applyAsLong(slice)), SLICES);
    assertThat(compared.ratio().value()).isEqualTo(0.5);
    assertThat(compared.ratio().error()).isZero();
  }

  /** Student's quantile times √(p (1 - p) / n) / density, where the density is p / mean. */
  @Test
  void error_isThatOfTheory() {
    double mean = 1_000_000;
    Tail.Comparison compared =
        Tail.compare(tail(exponential(1, mean)), tail(exponential(2, mean)), SLICES);
    double theory = 3.56 * Math.sqrt(0.01 * 0.99 / (SLICES * OF_A_SLICE)) / 0.01 * mean;
    assertThat(compared.one().error()).isCloseTo(theory, Percentage.withPercentage(30));
    double percentile = mean * Math.log(100);
    assertThat(compared.one().value()).isCloseTo(percentile, within(theory));
    assertThat(compared.ratio().error())
        .isCloseTo(Math.sqrt(2) * theory / percentile, Percentage.withPercentage(30));
  }

  /** Neighbours that resemble one another tell less than as many that do not. */
  @Test
  void error_growsWithLikenessOfNeighbours() {
    Random random = new Random(3);
    long[] of = random.longs(SLICES, 1000, 100_000).toArray();
    Tail still = tail(exponential(4, 20_000));
    double unlike = Tail.compare(tail(slice -> of[slice]), still, SLICES).one().error();
    double alike = Tail.compare(tail(slice -> of[slice / 20 * 20]), still, SLICES).one().error();
    assertThat(alike).isGreaterThan(1.5 * unlike);
  }

  @Test
  void error_ofTooFewSlices_isUnknown() {
    Tail tail = new Tail();
    for (int slice = 0; slice < 39; slice++) {
      tail.add(slice, slice);
    }
    assertThat(Tail.compare(tail, tail, 39).ratio()).isEqualTo(new Tail.Estimate(1, Double.NaN));
    assertThat(Tail.compare(tail, tail, 40).ratio().error()).isZero();
  }

  @Test
  void nothing_isNoFigure() {
    Tail.Comparison compared = Tail.compare(new Tail(), new Tail(), 0);
    assertThat(compared.one().value()).isNaN();
    assertThat(compared.ratio().error()).isNaN();
  }

  @Test
  void clear_forgetsAll() {
    Tail tail = tail(_ -> 5000);
    tail.clear();
    tail.add(0, 7);
    assertThat(Tail.compare(tail, tail, SLICES).one().value()).isEqualTo(7);
  }
}
