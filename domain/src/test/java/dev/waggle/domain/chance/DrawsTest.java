package dev.waggle.domain.chance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawsTest {
  private static final int TIMES = 100_000;

  private final Draws draws = new Draws(new SeededRandom(1));

  @Test
  void choices_areAllEquallyLikely_whateverWasChosenBefore() {
    for (int bound : new int[] {1, 2, 3, 7, 125}) {
      int[] single = new int[bound];
      int[][] pairs = new int[bound][bound];
      int before = 0;
      for (int i = 0; i < TIMES; i++) {
        int choice = draws.choice(bound);
        single[choice]++;
        pairs[before][choice]++;
        before = choice;
      }
      assertSpread(bound, single, TIMES);
      if (bound <= 7) {
        for (int first = 0; first < bound; first++) {
          assertSpread(bound, pairs[first], single[first]);
        }
      }
    }
  }

  /** Within five standard deviations of the mean. */
  private static void assertSpread(int bound, int[] counts, int total) {
    double mean = (double) total / bound;
    double tolerance = 5 * Math.sqrt(mean) + 1;
    for (int count : counts) {
      assertThat((double) count).as("of %d", bound).isBetween(mean - tolerance, mean + tolerance);
    }
  }

  @Test
  void sameSource_sameChoices() {
    assertThat(choices(7)).isEqualTo(choices(7)).isNotEqualTo(choices(8));
  }

  private static List<Integer> choices(long seed) {
    Draws seeded = new Draws(new SeededRandom(seed));
    List<Integer> choices = new ArrayList<>();
    for (int i = 1; i < 200; i++) {
      choices.add(seeded.choice(i));
    }
    return choices;
  }
}
