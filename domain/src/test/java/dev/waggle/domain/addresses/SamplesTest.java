package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.ip;
import static dev.waggle.domain.addresses.Books.young;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all those are told who ask for addresses. */
class SamplesTest {
  private static final IpAddress LOCAL = ip("20.1.1.1");

  private final AddressBook book = Books.book(1);
  private final Samples samples = new Samples(book, new Draws(new SeededRandom(1)));
  private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos(); // Soon runs over.

  private void tellOf(int from, int to) {
    for (int i = from; i < to; i++) {
      IpAddress source = IpAddress.ofIpv4((30 << 24) | (i << 16) | 1);
      book.told(young(new IpEndpoint(IpAddress.ofIpv4((40 << 24) | (i << 16)), 9000)), source, now);
    }
  }

  private List<IpEndpoint> sample(IpAddress local) {
    return samples.at(local, now).stream().map(AddressRecord::endpoint).toList();
  }

  @Test
  void everybodyIsToldTheSame_forADay_atOneAddress() {
    tellOf(0, 200);
    List<IpEndpoint> first = sample(LOCAL);
    assertThat(first).hasSize((book.size() * 23 + 99) / 100);
    assertThat(sample(ip("20.1.1.2"))).isNotEqualTo(first);
    now += Samples.KEPT_AT_LEAST.toNanos() - 1;
    assertThat(sample(LOCAL)).isEqualTo(first);
    now += Samples.KEPT_AT_MOST.minus(Samples.KEPT_AT_LEAST).toNanos() + 1;
    assertThat(sample(LOCAL)).isNotEqualTo(first);
  }

  @Test
  void whatIsTold_growsOlder_whileItIsKept() {
    tellOf(0, 1);
    assertThat(samples.at(LOCAL, now).getFirst().ageSeconds()).isEqualTo(7200);
    now += Duration.ofMinutes(90).toNanos();
    assertThat(samples.at(LOCAL, now).getFirst().ageSeconds()).isEqualTo(12_600);
  }

  @Test
  void sample_isDrawnAnew_whenTheBookHasDoubled() {
    assertThat(sample(LOCAL)).isEmpty();
    tellOf(0, 20);
    List<IpEndpoint> first = sample(LOCAL);
    assertThat(first).hasSize(5);
    int size = book.size();
    int told = 20;
    while (book.size() < 2 * size - 1) {
      tellOf(told, ++told);
    }
    assertThat(sample(LOCAL)).isEqualTo(first);
    tellOf(told, told + 5);
    assertThat(sample(LOCAL).size()).isGreaterThan(first.size());
  }

  @Test
  void samplesAreKept_forSixteenOwnAddresses() {
    tellOf(0, 200);
    List<IpEndpoint> first = sample(LOCAL);
    for (int i = 0; i < 15; i++) {
      sample(ip("20.1.2." + i));
    }
    assertThat(sample(LOCAL)).isEqualTo(first);
    sample(ip("20.1.3.1"));
    assertThat(sample(LOCAL)).isNotEqualTo(first);
  }
}
