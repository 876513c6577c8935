package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.HandshakeAdmission.Admitted;
import dev.waggle.domain.admission.HandshakeAdmission.Decision;
import dev.waggle.domain.admission.HandshakeAdmission.Refused;
import dev.waggle.ports.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeAdmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AdmissionSettings SETTINGS = new AdmissionSettings(10, 6, 3, 5, 2, false);

  private final HandshakeAdmission admission = new HandshakeAdmission(SETTINGS);
  private long now = Long.MAX_VALUE - SECOND; // The clock runs over.

  private Decision admit(String host) {
    return admission.admit(new Endpoint(host, 4000), now);
  }

  private Permit permit(String host) {
    return permitOf(admit(host));
  }

  private static Permit permitOf(Decision decision) {
    assertThat(decision).isInstanceOf(Admitted.class);
    return ((Admitted) decision).permit();
  }

  private static Permit withdrawnFor(Decision decision) {
    assertThat(decision).isInstanceOf(Admitted.class);
    return ((Admitted) decision).withdrawn();
  }

  /** A handshake that begins and ends in the same moment, or the refusal. */
  private Decision pass(String host) {
    Decision decision = admit(host);
    if (decision instanceof Admitted(Permit permit, Permit _)) {
      permit.release();
    }
    return decision;
  }

  @Test
  void onePrefix_hasFewHandshakesUnderWay() {
    Permit first = permit("192.0.2.1");
    permitOf(admission.offered(permit("192.0.2.2"), now));
    permit("192.0.2.3");
    assertThat(admit("192.0.2.4")).isEqualTo(Refused.PREFIX);
    permit("198.51.100.1");

    first.release();
    first.release();
    permit("192.0.2.4");
    assertThat(admit("192.0.2.5")).as("released once only").isEqualTo(Refused.PREFIX);
  }

  @Test
  void onePrefix_givesTheOldestPlaceUp_onceItHasStayed() {
    Permit offered = permit("192.0.2.1");
    Permit oldest = permit("192.0.2.2");
    permit("192.0.2.3");
    permitOf(admission.offered(offered, now));
    now += Places.MIN_STAY_NANOS - 1;
    assertThat(admit("192.0.2.4")).isEqualTo(Refused.PREFIX);

    now += 1;
    assertThat(withdrawnFor(admit("192.0.2.4"))).as("has sent nothing").isSameAs(oldest);
    admission.offered(permit("192.0.2.5"), now);
    assertThat(withdrawnFor(admit("192.0.2.6"))).as("has sent an Offer").isSameAs(offered);
    assertThat(admit("192.0.2.7")).isEqualTo(Refused.PREFIX);
    assertThat(admission.halfOpen() + admission.underWay()).isEqualTo(3);
  }

  @Test
  void onePrefix_beginsABurstAndThenSoManyASecond() {
    for (int i = 0; i < SETTINGS.burstPerPrefix(); i++) {
      assertThat(pass("192.0.2." + i)).isInstanceOf(Admitted.class);
    }
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
    assertThat(pass("192.0.3.9")).isInstanceOf(Admitted.class);
    now += SECOND / 2 - 1;
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
    now += 1;
    assertThat(pass("192.0.2.9")).isInstanceOf(Admitted.class);
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
    now += 3600 * SECOND;
    for (int i = 0; i < SETTINGS.burstPerPrefix(); i++) {
      assertThat(pass("192.0.2.9")).isInstanceOf(Admitted.class);
    }
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
  }

  @Test
  void refusedForItsRate_withdrawsNobody() {
    HandshakeAdmission slow = new HandshakeAdmission(new AdmissionSettings(10, 6, 2, 2, 2, true));
    Endpoint remote = new Endpoint("192.0.2.1", 1);
    permitOf(slow.admit(remote, now));
    permitOf(slow.admit(remote, now)).release();
    now += Places.MIN_STAY_NANOS;
    permitOf(slow.admit(remote, now));

    assertThat(slow.admit(remote, now)).isEqualTo(Refused.RATE);
    assertThat(slow.halfOpen()).isEqualTo(2);
  }

  @Test
  void placesOnWhichNothingHappens_keepNobodyOut() {
    List<Permit> idle = new ArrayList<>();
    for (int i = 0; i < SETTINGS.maxHalfOpen(); i++) {
      idle.add(permit("10." + i + ".0.1"));
    }
    now += Places.MIN_STAY_NANOS - 1;
    assertThat(admit("192.0.2.1")).as("nobody has stayed for long").isEqualTo(Refused.TOTAL);
    assertThat(admit("127.0.0.1")).isEqualTo(Refused.TOTAL);

    now += 1;
    assertThat(withdrawnFor(admit("192.0.2.1"))).isSameAs(idle.get(0));
    assertThat(withdrawnFor(admit("127.0.0.1"))).isSameAs(idle.get(1));
    assertThat(admission.halfOpen()).isEqualTo(SETTINGS.maxHalfOpen());
    idle.get(2).release();
    assertThat(withdrawnFor(admit("198.51.100.1"))).isNull();
  }

  @Test
  void stranger_takesAPlaceFromTheMostCrowdedNetwork_whoeverCameFirst() {
    permit("10.0.0.1");
    Permit oldestOfTheCrowd = permit("10.1.0.1");
    permit("10.0.1.1");
    permit("10.1.1.1");
    permit("10.1.2.1");
    for (int i = 2; i < 7; i++) {
      permit("10." + i + ".0.1");
    }

    assertThat(withdrawnFor(admit("10.7.0.1"))).isSameAs(oldestOfTheCrowd);
    assertThat(admit("10.1.3.1")).as("from the most crowded").isEqualTo(Refused.TOTAL);
  }

  @Test
  void withdrawnPermit_countsForItsPrefixNoMore() {
    for (int i = 0; i < SETTINGS.maxPerPrefix(); i++) {
      permit("10.0.0.1");
    }
    for (int i = SETTINGS.maxPerPrefix(); i < SETTINGS.maxHalfOpen(); i++) {
      permit("10." + i + ".0.1");
    }
    assertThat(admit("10.0.0.1")).isEqualTo(Refused.PREFIX);

    assertThat(withdrawnFor(admit("192.0.2.1"))).isNotNull();
    assertThat(admit("10.0.0.1")).isEqualTo(Refused.TOTAL);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.16.%d, 10.1.17.1, 10.1.32.1",
    "10.1.16.%d, 10.1.18.1, 10.1.18.2",
    "2001:db8:1:100:%d::, 2001:db8:1:200::, 2001:db8:2::",
    "2001:db8:1:100:%d::, 2001:db8:1:200::, 2001:db8:1:2ff::",
  })
  void neighboursOfAnAttacker_haveTheirShareOfWhatTheyHaveInCommon(
      String attacker, String neighbour, String newcomer) {
    Permit quiet = permit(neighbour);
    for (int i = 1; i <= SETTINGS.maxPerPrefix(); i++) {
      permit(attacker.formatted(i));
    }
    for (int i = 4; i < SETTINGS.maxHalfOpen(); i++) {
      permit("198." + i + ".0.1");
    }

    Permit withdrawn = withdrawnFor(admit(newcomer));
    assertThat(withdrawn).isNotNull().isNotSameAs(quiet);
    assertThat(withdrawn.prefix()).isEqualTo(AddressPrefix.of(attacker.formatted(1)));
  }

  @Test
  void offers_haveFewPlacesOfTheirOwn() {
    List<Permit> offered = new ArrayList<>();
    for (int i = 0; i < SETTINGS.maxUnderWay(); i++) {
      Permit permit = permit("10." + i + ".0.1");
      assertThat(admission.offered(permit, now)).isEqualTo(new Admitted(permit, null));
      offered.add(permit);
    }
    assertThat(admission.underWay()).isEqualTo(SETTINGS.maxUnderWay());
    assertThat(admission.halfOpen()).isZero();

    Permit early = permit("192.0.2.1");
    assertThat(admission.offered(early, now)).isEqualTo(Refused.TOTAL);
    assertThat(admission.offered(early, now)).isEqualTo(Refused.WITHDRAWN);
    early.release();
    assertThat(admission.halfOpen()).isZero();

    now += Places.MIN_STAY_NANOS;
    Permit late = permit("192.0.2.1");
    assertThat(withdrawnFor(admission.offered(late, now))).isSameAs(offered.getFirst());
    offered.getFirst().release();
    assertThat(admission.underWay()).isEqualTo(SETTINGS.maxUnderWay());
    assertThat(admission.offered(offered.getFirst(), now)).isEqualTo(Refused.WITHDRAWN);
  }

  @Test
  void loopback_isHeldToTheTotalsOnly_unlessSetOtherwise() {
    for (int i = 0; i < 100; i++) {
      assertThat(pass("127.0.0.1")).isInstanceOf(Admitted.class);
    }
    for (int i = 0; i < SETTINGS.maxHalfOpen(); i++) {
      permit("127.0.0.1");
    }
    assertThat(admit("127.0.0.1")).isEqualTo(Refused.TOTAL);
    assertThat(withdrawnFor(admit("192.0.2.1"))).as("one network like any other").isNotNull();

    HandshakeAdmission strict = new HandshakeAdmission(new AdmissionSettings(10, 6, 3, 5, 2, true));
    for (int i = 0; i < 3; i++) {
      permitOf(strict.admit(new Endpoint("::1", 1), now));
    }
    assertThat(strict.admit(new Endpoint("127.0.0.1", 1), now)).isEqualTo(Refused.PREFIX);
  }

  @Test
  void floodFromManyPrefixes_isRememberedInBoundedRoom() {
    Permit old = permit("192.0.2.1");
    permit("192.0.2.1");
    permit("192.0.2.1");
    for (int i = 0; i < 3 * HandshakeAdmission.MIN_PREFIXES; i++) {
      assertThat(pass("10." + (i >> 8) + "." + (i & 0xFF) + ".1")).isInstanceOf(Admitted.class);
    }
    assertThat(admission.prefixes()).isEqualTo(HandshakeAdmission.MIN_PREFIXES);
    assertThat(admit("192.0.2.1"))
        .as("what is under way is not forgotten")
        .isEqualTo(Refused.PREFIX);
    old.release();
    assertThat(admission.halfOpen()).isEqualTo(2);
    assertThat(admission.crowds()).as("those that hold a place").isEqualTo(AddressPrefix.LEVELS);
  }

  @Test
  void morePrefixesAreRememberedThanCanHoldPlaces_howeverManyThatAre() {
    HandshakeAdmission large =
        new HandshakeAdmission(new AdmissionSettings(4000, 1000, 3, 5, 2, false));
    for (int i = 0; i < 6000; i++) {
      Endpoint remote = new Endpoint("10." + (i >> 8) + "." + (i & 0xFF) + ".1", 1);
      permitOf(large.admit(remote, now)).release();
    }
    assertThat(large.prefixes()).isEqualTo(5001);
  }
}
