package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.HandshakeAdmission.Admitted;
import dev.waggle.ports.Endpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An attacker with addresses in many networks opens connections without end, while honest strangers
 * dial in (PROTOCOL §4.7): how many of them come through, at the default settings.
 */
class HandshakeSiegeTest {
  private static final long SECOND = 1_000_000_000L;

  /** A satellite's round trip: from the Acceptance to the Confirmation. */
  private static final long ROUND_TRIP = 3 * SECOND / 10;

  /** Long enough for what the attacker sends at first to have found its places. */
  private static final long WAIT = 2 * SECOND;

  private static final int STRANGERS = 100;
  private static final long BETWEEN_STRANGERS = SECOND / 25;

  private final HandshakeAdmission admission = new HandshakeAdmission(AdmissionSettings.DEFAULTS);
  private final SplittableRandom random = new SplittableRandom(1);
  private final Set<Permit> withdrawn = new LinkedHashSet<>();
  private final ArrayDeque<Held> besiegers = new ArrayDeque<>();
  private final ArrayDeque<Held> strangers = new ArrayDeque<>();
  private int through;

  /** A handshake that holds a place until its time is over. */
  private record Held(Permit permit, long untilNanos) {}

  /**
   * An attacker.
   *
   * @param networks how many /16s it has addresses in
   * @param subnetsEach in how many /24s of each
   * @param perSecond how many connections it opens
   * @param offers whether it sends Offers on them, which can be taken, and nothing else
   */
  private record Attacker(int networks, int subnetsEach, int perSecond, boolean offers) {
    String host(long number) {
      long network = number % networks;
      long subnet = number / networks % subnetsEach;
      return "%d.%d.%d.1".formatted(10 + network / 256, network % 256, subnet);
    }
  }

  private @Nullable Permit dial(String host, boolean offers, long now) {
    if (!(admission.admit(new Endpoint(host, 1), now)
        instanceof Admitted(Permit permit, Permit loser))) {
      return null;
    }
    withdraw(loser);
    if (offers) {
      if (!(admission.offered(permit, now) instanceof Admitted(Permit _, Permit other))) {
        return null;
      }
      withdraw(other);
    }
    return permit;
  }

  private void withdraw(@Nullable Permit loser) {
    if (loser != null) {
      withdrawn.add(loser);
    }
  }

  /** How many of a hundred honest strangers come through on their first try. */
  private int percentThrough(Attacker attacker) {
    long flooded = 0;
    long nextFloodNanos = 0;
    for (int dialled = 0; dialled < STRANGERS; dialled++) {
      long now = WAIT + dialled * BETWEEN_STRANGERS;
      for (; nextFloodNanos < now; flooded++) {
        attack(attacker, flooded, nextFloodNanos);
        nextFloodNanos += random.nextLong(2 * SECOND / attacker.perSecond());
      }
      endAll(now);
      Permit permit = dial("203.%d.0.7".formatted(dialled), true, now);
      if (permit != null) {
        strangers.add(new Held(permit, now + ROUND_TRIP));
      }
    }
    endAll(Long.MAX_VALUE);
    return through;
  }

  private void attack(Attacker attacker, long number, long now) {
    endAll(now);
    Permit permit = dial(attacker.host(number), attacker.offers(), now);
    if (permit != null) {
      besiegers.add(new Held(permit, now + (attacker.offers() ? 10 : 3) * SECOND));
    }
  }

  private void endAll(long now) {
    int _ = end(besiegers, now);
    through += end(strangers, now);
  }

  /** Ends the handshakes whose time is over; returns how many of them still had their place. */
  private int end(ArrayDeque<Held> handshakes, long now) {
    int done = 0;
    while (!handshakes.isEmpty() && handshakes.peek().untilNanos() <= now) {
      Permit permit = handshakes.remove().permit();
      done += withdrawn.contains(permit) ? 0 : 1;
      permit.release();
    }
    return done;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 256, true",
    "8, 1, true",
    "8, 256, true",
    "56, 16, true",
    "8, 1, false",
    "511, 8, false"
  })
  void strangers_allComeThrough_howeverManyConnectionsThatFewNetworksOpen(
      int networks, int subnetsEach, boolean offers) {
    assertThat(percentThrough(new Attacker(networks, subnetsEach, 5_000, offers))).isEqualTo(100);
  }

  /** At least as many as there are places: chance decides, and whoever fails dials again. */
  @ParameterizedTest
  @CsvSource({
    "256, 1, 64, true, 100",
    "256, 1, 128, true, 80",
    "256, 1, 512, true, 20",
    "64, 16, 5000, true, 4",
    "1024, 1, 1024, false, 90",
    "2048, 8, 10000, false, 4",
  })
  void strangers_comeThroughByChance_whereThereAreMoreNetworksThanPlaces(
      int networks, int subnetsEach, int perSecond, boolean offers, int atLeast) {
    assertThat(percentThrough(new Attacker(networks, subnetsEach, perSecond, offers)))
        .isGreaterThanOrEqualTo(atLeast);
  }

  /** All who dial a seed again after its restart: it serves as many as it can, and drops nobody. */
  @Test
  void honestHerd_isServedAtFullRate() {
    List<Permit> served = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      long now = i * SECOND / 1_000;
      endAll(now);
      Permit permit = dial("%d.%d.0.1".formatted(10 + i / 256, i % 256), true, now);
      if (permit != null) {
        served.add(permit);
        strangers.add(new Held(permit, now + ROUND_TRIP));
      }
    }
    assertThat(withdrawn).isEmpty();
    assertThat(served).hasSizeGreaterThan(64 * 6);
  }
}
