package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One table of an address book. */
class BucketsTest {
  private final Buckets buckets = new Buckets(8);
  private final Draws draws = new Draws(new SeededRandom(1));

  private static BookEntry entry(int number) {
    return new BookEntry(at("11.1.1." + number), ip("12.1.1.1"), 0, 0);
  }

  @Test
  void places_areCounted_alsoThoseThatAreGivenToAnotherOne() {
    BookEntry one = entry(1);
    buckets.put(3, 5, one);
    buckets.put(3, 5, entry(2));
    buckets.put(4, 5, one);
    assertThat(buckets.taken()).isEqualTo(2);
    assertThat(buckets.at(4, 5)).isSameAs(one);
    buckets.put(3, 5, null);
    buckets.put(3, 5, null);
    assertThat(buckets.taken()).isEqualTo(1);
    assertThat(buckets.at(3, 5)).isNull();
  }

  @Test
  void bucketsThatAreEmptyAgain_areNotDrawn() {
    for (int bucket = 0; bucket < 8; bucket++) {
      buckets.put(bucket, 63, entry(bucket));
    }
    for (int bucket : new int[] {0, 7, 3, 1, 2, 4}) {
      buckets.put(bucket, 63, null);
    }
    Map<BookEntry, Integer> drawn = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      BookEntry entry = buckets.draw(draws);
      assertThat(entry).isNotNull();
      drawn.merge(entry, 1, Integer::sum);
    }
    assertThat(drawn).hasSize(2);
    assertThat(drawn.values()).allMatch(count -> count > 400);
    buckets.put(5, 63, null);
    buckets.put(6, 63, null);
    assertThat(buckets.draw(draws)).isNull();
  }

  @Test
  void placesOfABucket_areDrawnAlike() {
    buckets.put(2, 0, entry(0));
    buckets.put(2, 32, entry(32));
    Map<BookEntry, Integer> drawn = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      BookEntry entry = buckets.draw(draws);
      assertThat(entry).isNotNull();
      drawn.merge(entry, 1, Integer::sum);
    }
    assertThat(drawn.values()).hasSize(2).allMatch(count -> count > 400);
  }

  @Test
  void bucket_isDrawnAsOften_whateverIsInIt() {
    BookEntry alone = entry(0);
    buckets.put(0, 9, alone);
    for (int slot = 0; slot < Buckets.SLOTS; slot++) {
      buckets.put(1, slot, entry(slot + 1));
    }
    int count = 0;
    for (int i = 0; i < 1000; i++) {
      count += buckets.draw(draws) == alone ? 1 : 0;
    }
    assertThat(count).isBetween(400, 600);
  }
}
