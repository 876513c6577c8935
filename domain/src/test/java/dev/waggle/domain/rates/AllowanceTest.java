package dev.waggle.domain.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllowanceTest {
  private static final RateSettings DEFAULTS = RateSettings.DEFAULTS;

  private long now = Long.MAX_VALUE - 1; // Soon runs over.
  private final Allowance allowance = new Allowance(DEFAULTS, now);

  @ParameterizedTest
  @EnumSource
  void eachKind_hasABucketOfItsOwn_whichFillsToItsSize_andNoFurther(Told what) {
    Rate rate = DEFAULTS.of(what);
    assertThat(allowance.take(what, rate.atOnce() + 5, now)).isEqualTo(rate.atOnce());
    assertThat(allowance.take(what, 1, now)).isZero();
    for (Told other : Told.values()) {
      assertThat(allowance.take(other, 1, now)).isEqualTo(other == what ? 0 : 1);
    }
    now += rate.everyNanos() - 1;
    assertThat(allowance.take(what, 1, now)).isZero();
    now += 1;
    assertThat(allowance.take(what, 2, now)).isEqualTo(1);
    now += 3 * rate.fullNanos();
    assertThat(allowance.take(what, 2 * rate.atOnce(), now)).isEqualTo(rate.atOnce());
  }

  @Test
  void whatWasOfUse_isGivenBack_upToAFullBucket() {
    int full = DEFAULTS.blocks().atOnce();
    allowance.giveBack(Told.BLOCK, 7);
    assertThat(allowance.take(Told.BLOCK, full + 7, now)).isEqualTo(full);
    allowance.giveBack(Told.BLOCK, 2);
    assertThat(allowance.take(Told.BLOCK, 3, now)).isEqualTo(2);
  }

  /** The rates of PROTOCOL §9.7: kind, at once, and how many in 10 s after that. */
  @Test
  void defaults_areThoseOfTheProtocol() {
    assertRate(DEFAULTS.transactions(), 4_096, 20_000);
    assertRate(DEFAULTS.blocks(), 256, 160);
    assertRate(DEFAULTS.evidence(), 256, 160);
    assertRate(DEFAULTS.announcedIds(), 16_384, 40_960);
    assertRate(DEFAULTS.requestedIds(), 4_096, 2_560);
    assertRate(DEFAULTS.requestedHeaders(), 65_536, 20_480);
    assertThat(RateSettings.HEADERS_PER_ID).isEqualTo(8);
    assertRate(DEFAULTS.pings(), 4_096, 10_240);
    assertRate(DEFAULTS.getAddrs(), 16, 1);
    assertRate(DEFAULTS.observations(), 16, 1);
    assertRate(DEFAULTS.addresses(), 1_000, 1);
  }

  @Test
  void eachKind_hasTheRateThatIsNamedAfterIt() {
    Rate[] rates =
        IntStream.rangeClosed(1, Told.values().length)
            .mapToObj(atOnce -> Rate.perSecond(1, atOnce))
            .toArray(Rate[]::new);
    RateSettings settings =
        new RateSettings(
            rates[0], rates[1], rates[2], rates[3], rates[4], rates[5], rates[6], rates[7],
            rates[8], rates[9]);
    assertThat(settings.of(Told.TRANSACTION)).isEqualTo(settings.transactions());
    assertThat(settings.of(Told.BLOCK)).isEqualTo(settings.blocks());
    assertThat(settings.of(Told.EVIDENCE)).isEqualTo(settings.evidence());
    assertThat(settings.of(Told.ANNOUNCED_ID)).isEqualTo(settings.announcedIds());
    assertThat(settings.of(Told.REQUESTED_ID)).isEqualTo(settings.requestedIds());
    assertThat(settings.of(Told.REQUESTED_HEADER)).isEqualTo(settings.requestedHeaders());
    assertThat(settings.of(Told.PING)).isEqualTo(settings.pings());
    assertThat(settings.of(Told.GET_ADDR)).isEqualTo(settings.getAddrs());
    assertThat(settings.of(Told.OBSERVED)).isEqualTo(settings.observations());
    assertThat(settings.of(Told.ADDRESS)).isEqualTo(settings.addresses());
  }

  private static void assertRate(Rate rate, int atOnce, int inTenSeconds) {
    assertThat(rate.atOnce()).isEqualTo(atOnce);
    assertThat(Duration.ofSeconds(10).toNanos() / rate.everyNanos()).isEqualTo(inTenSeconds);
  }

  @ParameterizedTest
  @EnumSource
  void excessOfEightBuckets_isAFlood(Told what) {
    int most = Allowance.FLOOD * DEFAULTS.of(what).atOnce();
    assertThat(allowance.exceeds(what, most - 1, now)).isFalse();
    assertThat(allowance.exceeds(what, 1, now)).isTrue();
  }

  /** Whoever goes on with twice the rate for ever, in small portions, is at its bound. */
  @Test
  void excessFades_atTheRateOfItsKind() {
    Rate rate = DEFAULTS.blocks();
    int most = Allowance.FLOOD * rate.atOnce();
    assertThat(allowance.exceeds(Told.BLOCK, most - 1, now)).isFalse();
    for (int i = 0; i < 10_000; i++) {
      now += rate.everyNanos();
      assertThat(allowance.exceeds(Told.BLOCK, 1, now)).isFalse();
    }
    now += 3 * Allowance.FLOOD * rate.fullNanos();
    assertThat(allowance.exceeds(Told.BLOCK, most - 1, now)).as("all has faded").isFalse();
    assertThat(allowance.exceeds(Told.BLOCK, 1, now)).isTrue();
  }

  @Test
  void aFlood_countsOnceInTenSeconds_howeverWildItIs_andOfWhateverKinds() {
    List<Told> kinds = List.of(Told.values());
    int blamed = 0;
    for (int i = 0; i < 1_000; i++) {
      Told what = kinds.get(i % kinds.size());
      int much = Allowance.FLOOD * DEFAULTS.of(what).atOnce();
      blamed += allowance.exceeds(what, much, now) ? 1 : 0;
      now += Duration.ofMillis(100).toNanos();
    }
    assertThat(blamed).isEqualTo(10);
  }

  @Test
  void whoMayTellEverything_isNeverAtAnEnd() {
    Allowance all = new Allowance(RateSettings.UNLIMITED, now);
    for (Told what : Told.values()) {
      assertThat(all.take(what, Integer.MAX_VALUE, now)).isEqualTo(Integer.MAX_VALUE);
      assertThat(all.take(what, Integer.MAX_VALUE, now)).isEqualTo(Integer.MAX_VALUE);
      all.giveBack(what, 1);
    }
  }

  @Test
  void nonsense_isNoRate() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1 << 30, 1L << 40));
  }
}
