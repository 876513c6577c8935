package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** In which order a node chooses whom it knows, and who leaves the list (PROTOCOL §9.1). */
class GuardsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Guards guards = new Guards();
  private long now = Long.MAX_VALUE - DAY.toNanos(); // Soon runs over.

  private static IpEndpoint at(String literal) {
    return Objects.requireNonNull(IpEndpoint.of(Endpoint.parse(literal + ":9000")));
  }

  private static IpEndpoint at(int number) {
    return at("40." + number + ".1.1");
  }

  private static PeerId peer(int number) {
    byte[] id = new byte[PeerId.LENGTH];
    id[0] = (byte) number;
    return new PeerId(Bytes.wrap(id));
  }

  private static PeerAddress address(int number) {
    return new PeerAddress(at(number).endpoint(), peer(number));
  }

  private void reached(int number) {
    guards.reached(at(number), peer(number), now);
  }

  private Guard guard(int number) {
    return Objects.requireNonNull(guards.find(at(number)));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** Dials in vain, of which each counts since another node is reached in between. */
  private void failsTimes(int number, int times) {
    for (int i = 0; i < times; i++) {
      guards.attempted(at(number), now);
      pass(Duration.ofHours(1));
      reached(200);
    }
  }

  @Test
  void orderIsThatOfTheFirstProof_whateverComesLater() {
    reached(1);
    reached(2);
    reached(3);
    reached(1);
    reached(3);
    assertThat(guards.addresses()).containsExactly(address(1), address(2), address(3));
    assertThat(guards.rank(peer(3))).isEqualTo(2);
    assertThat(guards.rank(peer(9))).isEqualTo(Guards.MAX);
    assertThat(guards.before(2)).extracting(Guard::peer).containsExactly(peer(1), peer(2));
    assertThat(guards.before(Guards.MAX)).hasSize(3);
  }

  @Test
  void ofANetworkGroup_thereIsOne() {
    reached(1);
    guards.reached(at("40.1.2.2"), peer(7), now);
    reached(2);
    assertThat(guards.addresses()).containsExactly(address(1), address(2));
  }

  @Test
  void moreThanSixtyFour_areNotTaken_andNobodyIsPushedOut() {
    for (int i = 0; i < 100; i++) {
      reached(i);
    }
    assertThat(guards.size()).isEqualTo(64);
    assertThat(guards.addresses().getFirst()).isEqualTo(address(0));
    assertThat(guards.rank(peer(64))).isEqualTo(Guards.MAX);
  }

  @Test
  void whoWasNotReachedForAWeek_inTenDials_makesRoomForOthers() {
    reached(1);
    pass(Duration.ofDays(8));
    failsTimes(1, 9);
    assertThat(guards.rank(peer(1))).isEqualTo(0);
    failsTimes(1, 1);
    assertThat(guards.rank(peer(1))).isEqualTo(Guards.MAX);
  }

  @Test
  void whoWasReachedInTheLastWeek_stays_howeverOftenItFails() {
    reached(1);
    failsTimes(1, 100);
    assertThat(guards.rank(peer(1))).isEqualTo(0);
    pass(Duration.ofDays(3));
    reached(2);
    assertThat(guards.rank(peer(1))).as("7 days").isEqualTo(Guards.MAX);
  }

  /** Whoever cuts a node off for weeks does not rid it of its guards. */
  @Test
  void dialsCountOnce_whileNobodyAtAllIsReached() {
    reached(1);
    reached(2);
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofHours(1));
      guards.attempted(at(1), now);
      guards.attempted(at(2), now);
    }
    reached(3);
    assertThat(guards.addresses()).containsExactly(address(1), address(2), address(3));
  }

  @Test
  void whereSomebodyElseAnswers_thereIsNoGuardAnyMore() {
    reached(1);
    reached(2);
    guards.reached(at(1), peer(8), now);
    assertThat(guards.addresses())
        .containsExactly(address(2), new PeerAddress(at(1).endpoint(), peer(8)));
    guards.disowned(at(2));
    assertThat(guards.rank(peer(2))).isEqualTo(Guards.MAX);
  }

  @Test
  void whoBehavesBadly_isNoGuardAnyMore() {
    reached(1);
    reached(2);
    guards.distrusted(peer(1));
    assertThat(guards.addresses()).containsExactly(address(2));
  }

  @Test
  void peerThatHasMoved_keepsItsRank_onceNobodyAnswersWhereItWas() {
    reached(1);
    reached(2);
    reached(3);
    guards.reached(at(51), peer(1), now);
    assertThat(guards.addresses()).as("it may have two").startsWith(address(1)).hasSize(3);
    guards.attempted(at(1), now);
    guards.reached(at("40.3.7.7"), peer(1), now);
    assertThat(guards.addresses()).as("a group that is taken").startsWith(address(1)).hasSize(3);
    guards.reached(at(51), peer(1), now);
    assertThat(guards.addresses())
        .containsExactly(new PeerAddress(at(51).endpoint(), peer(1)), address(2), address(3));
  }

  @Test
  void rest_doublesFromASecondToTenMinutes_untilALinkHasStoodForTenMinutes() {
    reached(1);
    assertThat(guard(1).hasRested(now)).isTrue();
    for (int i = 0; i < 12; i++) {
      guards.attempted(at(1), now);
      long restNanos = Duration.ofSeconds(Math.min(1L << i, 600)).toNanos();
      assertThat(guard(1).restsUntilNanos() - now).isEqualTo(restNanos);
      assertThat(guard(1).hasRested(now + restNanos - 1)).isFalse();
      assertThat(guard(1).hasRested(now + restNanos)).isTrue();
      pass(Duration.ofMinutes(11));
    }
    guard(1).lost(Duration.ofMinutes(10).toNanos() - 1, false, now);
    assertThat(guard(1).restsUntilNanos() - now).isEqualTo(Duration.ofMinutes(10).toNanos());
    guard(1).lost(Duration.ofMinutes(10).toNanos(), false, now);
    assertThat(guard(1).restsUntilNanos() - now).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void whomTheNodeDismissed_isNotBlamedForIt() {
    reached(1);
    guards.attempted(at(1), now);
    guards.attempted(at(1), now);
    guard(1).lost(0, true, now);
    assertThat(guard(1).restsUntilNanos() - now).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void whoHasNoPlace_isLeftAloneForHours() {
    reached(1);
    for (int hours : new int[] {1, 2, 4, 8, 16, 16}) {
      guard(1).refused(now);
      assertThat(guard(1).restsUntilNanos() - now).isEqualTo(Duration.ofHours(hours).toNanos());
    }
    guard(1).lost(Duration.ofHours(1).toNanos(), false, now);
    guard(1).refused(now);
    assertThat(guard(1).restsUntilNanos() - now).isEqualTo(Duration.ofHours(1).toNanos());
  }

  @Test
  void afterARestart_theOrderIsTheSame_andWhatIsNoGuardIsLeftOut() {
    List<PeerAddress> before =
        List.of(
            address(3),
            PeerAddress.parse("40.9.1.1:9000"),
            new PeerAddress(Endpoint.parse("name.example:9000"), peer(8)),
            address(1),
            new PeerAddress(at("40.1.2.2").endpoint(), peer(4)),
            new PeerAddress(at(77).endpoint(), peer(3)),
            address(2));
    long longAgo = now - Duration.ofDays(8).toNanos();
    guards.restore(before, endpoint -> endpoint.equals(at(3)) ? longAgo : now, now);
    assertThat(guards.addresses()).containsExactly(address(3), address(1), address(2));
    failsTimes(3, 10);
    failsTimes(1, 10);
    assertThat(guards.rank(peer(3))).isEqualTo(Guards.MAX);
    assertThat(guards.rank(peer(1))).isEqualTo(0);
  }
}
