package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.HandshakeAdmission.Decision;
import dev.waggle.domain.admission.HandshakeAdmission.Permit;
import dev.waggle.domain.admission.HandshakeAdmission.Refused;
import dev.waggle.ports.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeAdmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AdmissionSettings SETTINGS = new AdmissionSettings(10, 3, 5, 2, false);

  private final HandshakeAdmission admission = new HandshakeAdmission(SETTINGS);
  private long now = Long.MAX_VALUE - SECOND; // The clock runs over.

  private Decision admit(String host) {
    return admission.admit(new Endpoint(host, 4000), now);
  }

  /** A handshake that begins and ends in the same moment, or the refusal. */
  private Decision pass(String host) {
    Decision decision = admit(host);
    if (decision instanceof Permit permit) {
      permit.release();
    }
    return decision;
  }

  @Test
  void onePrefix_hasFewHandshakesUnderWay() {
    Permit first = (Permit) admit("192.0.2.1");
    assertThat(admit("192.0.2.2")).isInstanceOf(Permit.class);
    assertThat(admit("192.0.2.3")).isInstanceOf(Permit.class);
    assertThat(admit("192.0.2.4")).isEqualTo(Refused.PREFIX);
    assertThat(admit("198.51.100.1")).isInstanceOf(Permit.class);

    first.release();
    first.release();
    assertThat(admit("192.0.2.4")).isInstanceOf(Permit.class);
    assertThat(admit("192.0.2.5")).as("released once only").isEqualTo(Refused.PREFIX);
  }

  @Test
  void allPrefixesTogether_haveFewHandshakesUnderWay() {
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < SETTINGS.maxTotal(); i++) {
      permits.add((Permit) admit("10.0." + i + ".1"));
    }
    assertThat(admit("10.1.0.1")).isEqualTo(Refused.TOTAL);
    assertThat(admit("127.0.0.1")).isEqualTo(Refused.TOTAL);
    assertThat(admission.underWay()).isEqualTo(SETTINGS.maxTotal());
    permits.getFirst().release();
    assertThat(admit("10.1.0.1")).isInstanceOf(Permit.class);
  }

  @Test
  void onePrefix_beginsABurstAndThenSoManyASecond() {
    for (int i = 0; i < SETTINGS.burstPerPrefix(); i++) {
      assertThat(pass("192.0.2." + i)).isInstanceOf(Permit.class);
    }
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
    assertThat(pass("192.0.3.9")).isInstanceOf(Permit.class);
    now += SECOND / 2 - 1;
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
    now += 1;
    assertThat(pass("192.0.2.9")).isInstanceOf(Permit.class);
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
    now += 3600 * SECOND;
    for (int i = 0; i < SETTINGS.burstPerPrefix(); i++) {
      assertThat(pass("192.0.2.9")).isInstanceOf(Permit.class);
    }
    assertThat(pass("192.0.2.9")).isEqualTo(Refused.RATE);
  }

  @Test
  void loopback_isHeldToTheTotalOnly_unlessSetOtherwise() {
    for (int i = 0; i < 100; i++) {
      assertThat(pass("127.0.0.1")).isInstanceOf(Permit.class);
    }
    HandshakeAdmission strict = new HandshakeAdmission(new AdmissionSettings(10, 3, 5, 2, true));
    for (int i = 0; i < 3; i++) {
      assertThat(strict.admit(new Endpoint("::1", 1), now)).isInstanceOf(Permit.class);
    }
    assertThat(strict.admit(new Endpoint("127.0.0.1", 1), now)).isEqualTo(Refused.PREFIX);
  }

  @Test
  void floodFromManyPrefixes_isRememberedInBoundedRoom() {
    Permit old = (Permit) admit("192.0.2.1");
    assertThat(admit("192.0.2.1")).isInstanceOf(Permit.class);
    assertThat(admit("192.0.2.1")).isInstanceOf(Permit.class);
    for (int i = 0; i < 3 * HandshakeAdmission.MIN_PREFIXES; i++) {
      assertThat(pass("10." + (i >> 8) + "." + (i & 0xFF) + ".1")).isInstanceOf(Permit.class);
    }
    assertThat(admission.prefixes()).isEqualTo(HandshakeAdmission.MIN_PREFIXES);
    assertThat(admit("192.0.2.1"))
        .as("what is under way is not forgotten")
        .isEqualTo(Refused.PREFIX);
    old.release();
    assertThat(admission.underWay()).isEqualTo(2);
  }
}
