package dev.waggle.simulator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waggle.simulator.calibration.Comparison.Row;
import dev.waggle.simulator.run.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static final List<Pair> LINKS = List.of(Pair.of(0, 1), Pair.of(2, 1));
  private static final Observed REAL = observed(List.of(block(100, 200)), 100_000, 5, LINKS);

  /** Three nodes. */
  private static Observed observed(
      List<Quantiles> blocks, long sentBytes, long copies, List<Pair> links) {
    return new Observed(3, blocks, copies, sentBytes, new TreeSet<>(links));
  }

  /** A block that half of the nodes had after {@code half}, and all after {@code last}. */
  private static Quantiles block(double half, double last) {
    List<Double> millis = new ArrayList<>();
    for (int part = 0; part <= Quantiles.PARTS; part++) {
      millis.add(part <= 50 ? half : last);
    }
    return new Quantiles(millis);
  }

  @ParameterizedTest
  @CsvSource({
    // half, last, bytes, within
    "100, 200, 100000, true",
    "115, 230, 102000, true",
    " 85, 170,  98000, true",
    "116, 200, 100000, false",
    " 84, 200, 100000, false",
    "100, 231, 100000, false",
    "100, 169, 100000, false",
    "100, 200, 102001, false",
    "100, 200,  97999, false"
  })
  void figures_mayDifferByTheirTolerance(double half, double last, long bytes, boolean isWithin) {
    Observed simulated = observed(List.of(block(half, last)), bytes, 5, LINKS);
    assertThat(new Comparison(REAL, simulated).isWithin()).isEqualTo(isWithin);
  }

  @Test
  void duplicates_mayDifferByAnything() {
    Observed simulated = observed(List.of(block(100, 200)), 100_000, 20, LINKS);
    Comparison comparison = new Comparison(REAL, simulated);
    assertThat(comparison.isWithin()).isTrue();
    Row duplicates = comparison.rows().getLast();
    assertThat(duplicates.figure()).isEqualTo(Figure.DUPLICATES);
    assertThat(duplicates.real()).isEqualTo(1.5); // Five copies came to two nodes.
    assertThat(duplicates.simulated()).isEqualTo(9);
    assertThat(duplicates.difference()).isCloseTo(5, within(1e-9));
  }

  @Test
  void otherLinks_areNotWithin() {
    List<Pair> others = List.of(Pair.of(0, 1), Pair.of(0, 2));
    Comparison comparison =
        new Comparison(REAL, observed(List.of(block(100, 200)), 100_000, 5, others));
    assertThat(comparison.linksAreAlike()).isFalse();
    assertThat(comparison.isWithin()).isFalse();
  }

  @Test
  void pair_isTheSameFromBothSides() {
    assertThat(Pair.of(2, 1)).isEqualTo(Pair.of(1, 2));
  }

  @Test
  void blockThatCameNotToAll_isNotWithin_evenIfSoInBoth() {
    Observed lost = observed(List.of(block(100, Double.NaN)), 100_000, 3, LINKS);
    Comparison comparison = new Comparison(lost, lost);
    assertThat(comparison.isWhole()).isFalse();
    assertThat(comparison.isWithin()).isFalse();
    assertThat(lost.whole()).isZero();
    assertThat(lost.duplicates()).isNaN();
  }

  @Test
  void blockThatWasPublishedInOneOnly_isNotWithin() {
    Observed more = observed(List.of(block(100, 200), block(100, 200)), 100_000, 10, LINKS);
    assertThat(new Comparison(REAL, more).isWithin()).isFalse();
    assertThat(new Comparison(more, REAL).isWithin()).isFalse();
    assertThat(new Comparison(more, more).isWithin()).isTrue();
  }

  @Test
  void noBlocks_areNotWithin() {
    Observed nothing = observed(List.of(), 100_000, 0, LINKS);
    assertThat(new Comparison(nothing, nothing).isWithin()).isFalse();
  }

  @Test
  void times_areMediansOverBlocks() {
    assertThat(blocksOf(30, 10, 20).millis(50)).isEqualTo(20);
    assertThat(blocksOf(30, 10, 20, 60).millis(50)).isEqualTo(25);
  }

  private static Observed blocksOf(double... halves) {
    Stream<Quantiles> blocks = Arrays.stream(halves).mapToObj(half -> block(half, 100));
    return observed(blocks.toList(), 1, 1, LINKS);
  }
}
