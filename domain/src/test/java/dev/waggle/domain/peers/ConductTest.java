package dev.waggle.domain.peers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConductTest {
  private static final IpAddress ADDRESS = requireNonNull(IpAddress.ofLiteral("20.0.0.1"));
  private static final Endpoint ENDPOINT = new Endpoint("20.0.0.1", 9000);

  private Conduct conduct = new Conduct();
  private long now = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos(); // Soon runs over.

  private static PeerId peer(int number) {
    return new PeerId(Bytes.wrap(ByteBuffer.allocate(PeerId.LENGTH).putInt(number).array()));
  }

  private boolean offend(int peer, Offence offence) {
    return conduct.offend(peer(peer), offence, now);
  }

  private void misbehave(int peer) {
    while (!offend(peer, Offence.INVALID_MESSAGE)) {}
  }

  private static Ban ban(String subject, long seconds) {
    return new Ban(Ban.Subject.parse(subject), Ban.Kind.OPERATOR, seconds, "why not");
  }

  @Test
  void offencesInQuickSuccession_endInABan_whichEnds() {
    for (int i = 0; i < 3; i++) {
      assertThat(offend(1, Offence.INVALID_MESSAGE)).isFalse();
    }
    assertThat(offend(1, Offence.INVALID_MESSAGE)).isTrue();
    assertThat(conduct.isBanned(peer(1), now)).isTrue();
    assertThat(conduct.isBanned(peer(2), now)).isFalse();
    now += Conduct.BAN.toNanos() - 1;
    assertThat(conduct.isBanned(peer(1), now)).isTrue();
    now += 1;
    assertThat(conduct.isBanned(peer(1), now)).isFalse();
    assertThat(conduct.score(peer(1), now)).isZero();
    assertThat(offend(1, Offence.INVALID_MESSAGE)).isFalse();
  }

  @Test
  void peerThatStaysLinkedUntilItsBanIsOver_beginsAnew() {
    conduct.linked(peer(1));
    misbehave(1);
    conduct.departed(peer(1), now);
    now += Conduct.BAN.toNanos();
    conduct.linked(peer(1));
    assertThat(conduct.score(peer(1), now)).isZero();
  }

  @Test
  void offenceDuringABan_doesNotProlongIt() {
    misbehave(1);
    OptionalLong ends = conduct.banEndsNanos(ENDPOINT, peer(1), now);
    assertThat(ends).hasValue(now + Conduct.BAN.toNanos());
    now += Conduct.BAN.toNanos() / 2;
    assertThat(offend(1, Offence.INVALID_MESSAGE)).isTrue();
    assertThat(conduct.banEndsNanos(ENDPOINT, peer(1), now)).isEqualTo(ends);
  }

  @Test
  void offencesNowAndThen_fade() {
    for (int i = 0; i < 100; i++) {
      assertThat(offend(1, Offence.INVALID_MESSAGE)).isFalse();
      now += Standing.POINT_FADES_IN.multipliedBy(Offence.INVALID_MESSAGE.points()).toNanos();
      assertThat(conduct.score(peer(1), now)).isZero();
    }
  }

  @Test
  void offencesJustTooOften_addUpInSpiteOfFading() {
    int offences = 1;
    while (!offend(1, Offence.INVALID_MESSAGE)) {
      now += Duration.ofSeconds(60).toNanos();
      offences++;
    }
    assertThat(offences).isEqualTo(5);
  }

  @Test
  void brokenPromisesTwiceAMinute_endInABanAfter25Minutes() {
    int halfMinutes = 1;
    while (!offend(1, Offence.BROKEN_PROMISE)) {
      now += Duration.ofSeconds(30).toNanos();
      halfMinutes++;
    }
    assertThat(halfMinutes).isBetween(46, 52);
  }

  /** Who has been useful is forgiven one invalid message more; and no more than one. */
  @Test
  void usefulPeer_isBannedOneInvalidMessageLater() {
    conduct.linked(peer(1));
    for (int i = 0; i < 1000; i++) {
      now += Standing.CREDIT_AFTER.toNanos();
      conduct.useful(peer(1), now);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(offend(1, Offence.INVALID_MESSAGE)).isFalse();
    }
    assertThat(offend(1, Offence.INVALID_MESSAGE)).isTrue();
  }

  @Test
  void usefulness_ofAPeerThatIsNotLinked_isNoCredit() {
    conduct.useful(peer(1), now);
    assertThat(conduct.score(peer(1), now)).isZero();
  }

  @Test
  void peerGoesFirst_atHalfOfABan_orWhereOneHasMisbehaved() {
    conduct.linked(peer(1));
    offend(1, Offence.INVALID_MESSAGE);
    assertThat(conduct.goesFirst(peer(1), ADDRESS, now)).isFalse();
    offend(1, Offence.INVALID_MESSAGE);
    assertThat(conduct.goesFirst(peer(1), ADDRESS, now)).isTrue();
    assertThat(conduct.goesFirst(peer(2), ADDRESS, now)).isFalse();
    conduct.discourage(ADDRESS, "2 x this", now);
    assertThat(conduct.goesFirst(peer(2), ADDRESS, now)).isTrue();
    assertThat(conduct.isShunned(ENDPOINT, now)).isTrue();
    assertThat(conduct.banEndsNanos(ENDPOINT, peer(2), now)).as("not shut out").isEmpty();
  }

  @Test
  void pointsAndCredit_surviveANewLink() {
    conduct.linked(peer(1));
    offend(1, Offence.INVALID_MESSAGE);
    conduct.useful(peer(1), now);
    conduct.departed(peer(1), now);
    assertThat(conduct.score(peer(1), now)).isEqualTo(-24);
    conduct.linked(peer(1));
    assertThat(conduct.score(peer(1), now)).isEqualTo(-24);
  }

  /** A message may be judged when its sender has left. */
  @Test
  void peerThatHasLeft_isFoundOutAllTheSame() {
    conduct.linked(peer(1));
    conduct.departed(peer(1), now);
    misbehave(1);
    assertThat(conduct.isBanned(peer(1), now)).isTrue();
  }

  @Test
  void aThousandOffenders_doNotMakeUsForgetTheOneThatIsLinked() {
    conduct.linked(peer(0));
    offend(0, Offence.INVALID_MESSAGE);
    offend(0, Offence.INVALID_MESSAGE);
    offend(0, Offence.INVALID_MESSAGE);
    for (int i = 1; i <= 3 * Conduct.MAX_REMEMBERED; i++) {
      conduct.linked(peer(i));
      offend(i, Offence.INVALID_MESSAGE);
      conduct.departed(peer(i), now);
    }
    assertThat(conduct.score(peer(0), now)).isEqualTo(-75);
    assertThat(offend(0, Offence.INVALID_MESSAGE)).isTrue();
  }

  @Test
  void thousandsThatHaveLeft_areRememberedInBoundedRoom() {
    int all = 3 * Conduct.MAX_REMEMBERED;
    for (int i = 0; i < all; i++) {
      conduct.linked(peer(i));
      offend(i, Offence.UNSOLICITED_PONG);
      conduct.departed(peer(i), now);
    }
    int remembered = 0;
    for (int i = 0; i < all; i++) {
      remembered += conduct.score(peer(i), now) == 0 ? 0 : 1;
    }
    assertThat(remembered).isEqualTo(Conduct.MAX_REMEMBERED);
    assertThat(conduct.score(peer(all - Conduct.MAX_REMEMBERED), now)).isEqualTo(-20);
  }

  /** Those without a fault push nobody out. */
  @Test
  void aMillionWhoOnlyComeAndGo_leaveNothing() {
    conduct.linked(peer(0));
    offend(0, Offence.INVALID_MESSAGE);
    conduct.departed(peer(0), now);
    for (int i = 1; i <= 1_000_000; i++) {
      conduct.linked(peer(i));
      conduct.useful(peer(i), now);
      conduct.departed(peer(i), now);
    }
    assertThat(conduct.score(peer(0), now)).isEqualTo(-25);
    assertThat(conduct.score(peer(1_000_000), now)).isZero();
  }

  @Test
  void thousandsThatAreBanned_areRememberedInBoundedRoom() {
    for (int i = 0; i < 3 * Conduct.MAX_REMEMBERED; i++) {
      conduct.linked(peer(i));
      misbehave(i);
      conduct.departed(peer(i), now);
    }
    assertThat(conduct.all(now)).hasSize(Conduct.MAX_REMEMBERED);
    assertThat(conduct.isBanned(peer(3 * Conduct.MAX_REMEMBERED - 1), now)).isTrue();
  }

  @Test
  void all_tellsReasonsAndWhatIsLeft_andIsTakenUpAfterARestart() {
    conduct.linked(peer(1));
    misbehave(1);
    conduct.discourage(ADDRESS, "4 x invalid message", now);
    assertThat(conduct.ban(ban("30.0.0.0/8", 100), now)).isTrue();
    assertThat(conduct.ban(ban(peer(2).hex(), 1000), now)).isTrue();
    now += Duration.ofMillis(59_001).toNanos();
    List<Ban> all =
        List.of(
            ban("30.0.0.0/8", 41),
            ban(peer(2).hex(), 941),
            new Ban(new Ban.Peer(peer(1)), Ban.Kind.MISBEHAVIOUR, 541, "4 x invalid message"),
            new Ban(
                new Ban.Subnet(ADDRESS),
                Ban.Kind.DISCOURAGED,
                Duration.ofHours(24).toSeconds() - 59,
                "4 x invalid message"));
    assertThat(conduct.all(now)).isEqualTo(all);

    conduct = new Conduct();
    conduct.restore(all, now);
    assertThat(conduct.all(now)).isEqualTo(all);
    assertThat(conduct.isBanned(peer(1), now)).isTrue();
    assertThat(conduct.isBanned(peer(2), now)).isTrue();
    assertThat(conduct.isBanned(requireNonNull(IpAddress.ofLiteral("30.1.2.3")), now)).isTrue();
    assertThat(conduct.isDiscouraged(ADDRESS, now)).isTrue();
    now += Duration.ofDays(2).toNanos();
    assertThat(conduct.all(now)).isEmpty();
  }

  /** A file that somebody has written, or a newer node: no longer than we would ourselves. */
  @Test
  void whatIsTakenUp_lastsNoLongerThanItCould() {
    String id = peer(1).hex();
    conduct.restore(
        List.of(
            new Ban(Ban.Subject.parse(id), Ban.Kind.MISBEHAVIOUR, Ban.MAX_SECONDS, "x"),
            new Ban(Ban.Subject.parse("20.0.0.1"), Ban.Kind.MISBEHAVIOUR, 5, "x"),
            new Ban(Ban.Subject.parse("20.0.0.1"), Ban.Kind.DISCOURAGED, Ban.MAX_SECONDS, "x"),
            new Ban(Ban.Subject.parse(id), Ban.Kind.DISCOURAGED, 5, "x"),
            new Ban(Ban.Subject.parse("20.0.0.2"), Ban.Kind.DISCOURAGED, 0, "x"),
            new Ban(Ban.Subject.parse("20.0.0.3"), Ban.Kind.OPERATOR, 0, "x")),
        now);
    assertThat(conduct.all(now)).extracting(Ban::secondsLeft).containsExactly(600L, 86_400L);
  }

  @Test
  void unban_takesBackWhateverThereIsOfTheSubject() {
    misbehave(1);
    conduct.ban(ban(peer(1).hex(), 100), now);
    conduct.ban(ban("20.0.0.1", 100), now);
    conduct.ban(ban("20.0.0.0/24", 100), now);
    conduct.discourage(ADDRESS, "x", now);
    assertThat(conduct.unban(Ban.Subject.parse(peer(1).hex()), now)).isTrue();
    assertThat(conduct.isBanned(peer(1), now)).isFalse();
    assertThat(conduct.unban(Ban.Subject.parse(peer(1).hex()), now)).isFalse();

    assertThat(conduct.unban(Ban.Subject.parse("20.0.0.1"), now)).isTrue();
    assertThat(conduct.isDiscouraged(ADDRESS, now)).isFalse();
    assertThat(conduct.isBanned(ADDRESS, now)).as("by the subnet still").isTrue();
    assertThat(conduct.unban(Ban.Subject.parse("20.0.0.0/24"), now)).isTrue();
    assertThat(conduct.isBanned(ADDRESS, now)).isFalse();
    assertThat(conduct.unban(Ban.Subject.parse("20.0.0.0/24"), now)).isFalse();
  }

  @Test
  void dial_waitsForTheLastOfAllBans() {
    misbehave(1);
    assertThat(conduct.banEndsNanos(ENDPOINT, null, now)).isEmpty();
    conduct.ban(ban("20.0.0.1", 1000), now);
    conduct.ban(ban("20.0.0.0/16", 900), now);
    OptionalLong ends = OptionalLong.of(now + Duration.ofSeconds(1000).toNanos());
    assertThat(conduct.banEndsNanos(ENDPOINT, peer(1), now)).isEqualTo(ends);
    assertThat(conduct.banEndsNanos(ENDPOINT, null, now)).isEqualTo(ends);
    assertThat(conduct.banEndsNanos(new Endpoint("name.example", 1), peer(1), now))
        .hasValue(now + Conduct.BAN.toNanos());
    assertThat(conduct.banEndsNanos(new Endpoint("name.example", 1), null, now)).isEmpty();
    conduct.ban(ban(peer(1).hex(), 2000), now);
    assertThat(conduct.banEndsNanos(ENDPOINT, peer(1), now))
        .hasValue(now + Duration.ofSeconds(2000).toNanos());
  }
}
