package dev.waggle.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.support.Heard;
import dev.waggle.nat.support.ScriptedClient;
import dev.waggle.ports.nat.Mapping;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingRoundsTest {
  private static final Gateway HOME = gateway("192.0.2.1");
  private static final Gateway CAFE = gateway("192.0.2.2");

  private static final Duration TWO_HOURS = Duration.ofHours(2);

  private final Heard heard = new Heard();
  private final Stop stop = new Stop();
  private final ScriptedClient pcp = new ScriptedClient(Mapping.Method.PCP);
  private final ScriptedClient natPmp = new ScriptedClient(Mapping.Method.NATPMP);
  private final ScriptedClient cafe = new ScriptedClient(Mapping.Method.PCP);
  private final Map<Gateway, List<RouterClient>> clients = new LinkedHashMap<>();
  private final List<Gateway> found = new ArrayList<>(List.of(HOME));
  private boolean blind;
  private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

  private final MappingRounds rounds;

  MappingRoundsTest() {
    clients.put(HOME, List.of(pcp, natPmp));
    clients.put(CAFE, List.of(cafe));
    rounds =
        new MappingRounds(
            () -> {
              if (blind) {
                throw new IOException("cannot read the routes");
              }
              return List.copyOf(found);
            },
            gateway -> clients.getOrDefault(gateway, List.of()),
            heard,
            () -> now,
            stop);
  }

  private static Gateway gateway(String literal) {
    return new Gateway(InetAddress.ofLiteral(literal), InetAddress.ofLiteral("192.0.2.99"));
  }

  /** Lets time pass, with every round that is due. */
  private void pass(Duration time) {
    long end = now + time.toNanos();
    long wait = rounds.round();
    while (end - (now + wait) > 0) {
      now += wait;
      wait = rounds.round();
    }
    now = end;
  }

  @Test
  void firstProtocolThatMaps_isTheOne() {
    pcp.answer = new Outcome.Refused("speaks NAT-PMP instead");
    natPmp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    rounds.round();
    assertThat(heard.take()).containsExactly("mapped NAT-PMP 203.0.113.7:40000 for 7200");
    assertThat(pcp.asked).isOne();
  }

  @Test
  void noProtocol_isAFailure_saidOnceForEachReason() {
    pass(Duration.ofMinutes(30));
    assertThat(heard.take())
        .containsExactly("failed: 192.0.2.1 does not answer (PCP), does not answer (NAT-PMP)");
    pcp.answer = new Outcome.Refused("does not map");
    pass(Duration.ofMinutes(30));
    assertThat(heard.take())
        .containsExactly("failed: 192.0.2.1 does not map (PCP), does not answer (NAT-PMP)");
  }

  @Test
  void failures_areAnsweredByLongerAndLongerPauses() {
    pass(Duration.ofMinutes(1));
    assertThat(pcp.asked).isEqualTo(1);
    pass(Duration.ofMinutes(2));
    assertThat(pcp.asked).isEqualTo(2);
    pass(Duration.ofMinutes(4));
    assertThat(pcp.asked).isEqualTo(3);
    pass(Duration.ofMinutes(8));
    assertThat(pcp.asked).isEqualTo(4);
    pass(Duration.ofMinutes(150));
    assertThat(pcp.asked).isEqualTo(14);
  }

  @Test
  void routersWord_whenToComeAgain_isKept_forHalfAnHour() {
    pcp.answer = new Outcome.Refused("has no room", Duration.ofMinutes(20));
    pass(Duration.ofMinutes(20));
    assertThat(pcp.asked).isOne();
    pcp.answer = new Outcome.Refused("has no room", Duration.ofSeconds(0xFFFF_FFFFL));
    pass(Duration.ofMinutes(30));
    assertThat(pcp.asked).isEqualTo(2);
    pass(Duration.ofMinutes(1));
    assertThat(pcp.asked).isEqualTo(3);
  }

  @Test
  void mapping_isRenewedAtHalfItsLifetime() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    pass(Duration.ofMinutes(60));
    assertThat(pcp.asked).isOne();
    pass(Duration.ofMinutes(60));
    assertThat(pcp.asked).isEqualTo(2);
    assertThat(heard.take())
        .containsExactly(
            "mapped PCP 203.0.113.7:40000 for 7200", "mapped PCP 203.0.113.7:40000 for 7200");
  }

  @Test
  void shortMapping_isRenewedEachHalfMinuteAtMost() {
    pcp.answer = ScriptedClient.grant(40000, Duration.ofMinutes(1));
    pass(Duration.ofMinutes(10));
    assertThat(pcp.asked).isBetween(19, 20);
  }

  @Test
  void restartedRouter_isMappedAnewAtOnce() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    pass(Duration.ofMinutes(2));
    pcp.unchanged = false;
    rounds.round();
    assertThat(pcp.asked).isEqualTo(2);
  }

  @Test
  void routerWhoseClockGoesBackAllTheTime_isAskedNoMoreThanEachTwoMinutes() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    pcp.unchanged = false;
    pass(Duration.ofMinutes(60));
    assertThat(pcp.asked).isBetween(29, 30);
    assertThat(pcp.checked).isBetween(29, 30);
  }

  @Test
  void anotherExternalPort_isAnotherMapping() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    rounds.round();
    pcp.answer = ScriptedClient.grant(40001, TWO_HOURS);
    now += Duration.ofHours(1).toNanos();
    rounds.round();
    assertThat(heard.take())
        .containsExactly(
            "mapped PCP 203.0.113.7:40000 for 7200",
            "lost PCP 203.0.113.7:40000: the router gives another one instead",
            "mapped PCP 203.0.113.7:40001 for 7200");
  }

  @Test
  void silentRouter_keepsItsMappingUntilItEnds() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    rounds.round();
    pcp.answer = new Outcome.Silent("does not answer");
    pcp.unchanged = false;
    pass(Duration.ofMinutes(119));
    assertThat(heard.take()).containsExactly("mapped PCP 203.0.113.7:40000 for 7200");
    assertThat(pcp.asked).isBetween(5, 15);
    natPmp.answer = ScriptedClient.grant(40002, TWO_HOURS);
    pass(Duration.ofMinutes(2));
    assertThat(heard.take())
        .containsExactly(
            "lost PCP 203.0.113.7:40000: it has not been renewed: the router does not answer",
            "mapped NAT-PMP 203.0.113.7:40002 for 7200");
  }

  @Test
  void refusedRenewal_endsTheMapping_andIsTriedAgain() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    rounds.round();
    now += Duration.ofHours(1).toNanos();
    pcp.answer = new Outcome.Refused("does not allow it");
    pass(Duration.ofMinutes(1));
    assertThat(heard.take())
        .containsExactly(
            "mapped PCP 203.0.113.7:40000 for 7200",
            "lost PCP 203.0.113.7:40000: the router does not allow it",
            "failed: 192.0.2.1 does not allow it (PCP)");
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    rounds.round();
    assertThat(heard.take()).containsExactly("mapped PCP 203.0.113.7:40000 for 7200");
  }

  @Test
  void failureAfterASuccess_isSaidAgain() {
    found.clear();
    rounds.round();
    found.add(HOME);
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    pass(Duration.ofMinutes(3));
    found.clear();
    pass(Duration.ofMinutes(3));
    String nobody = "failed: there is no router: this machine has no default route through one";
    assertThat(heard.take())
        .containsExactly(
            nobody,
            "mapped PCP 203.0.113.7:40000 for 7200",
            "lost PCP 203.0.113.7:40000: the router is none of ours any more",
            nobody);
  }

  @Test
  void movedMachine_isMappedByItsNewRouter_withinTwoMinutes() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    cafe.answer = ScriptedClient.grant(50000, TWO_HOURS);
    rounds.round();
    found.set(0, CAFE);
    pass(Duration.ofMinutes(2).plusSeconds(1));
    assertThat(heard.take())
        .containsExactly(
            "mapped PCP 203.0.113.7:40000 for 7200",
            "lost PCP 203.0.113.7:40000: the router is none of ours any more",
            "mapped PCP 203.0.113.7:50000 for 7200");
  }

  @Test
  void severalRouters_areAllAsked_andOneIsEnough() {
    found.add(CAFE);
    cafe.answer = ScriptedClient.grant(50000, TWO_HOURS);
    pass(Duration.ofMinutes(10));
    assertThat(heard.take()).containsExactly("mapped PCP 203.0.113.7:50000 for 7200");
    assertThat(pcp.asked).isPositive();
    rounds.remove(Duration.ofSeconds(1));
    assertThat(List.of(pcp.removed, natPmp.removed, cafe.removed)).containsOnly(1);
  }

  @Test
  void slowRouter_doesNotMakeRoundsFollowWithoutAPause() {
    found.add(CAFE);
    cafe.whenAsked = () -> now += Duration.ofHours(1).toNanos();
    assertThat(rounds.round()).isEqualTo(MappingRounds.MIN_PAUSE.toNanos());
  }

  @Test
  void manyRouters_areBounded() {
    found.clear();
    for (int i = 1; i <= 200; i++) {
      Gateway gateway = gateway("198.51.100." + i);
      found.add(gateway);
      clients.put(gateway, List.of(pcp));
    }
    rounds.round();
    assertThat(pcp.asked).isEqualTo(MappingRounds.MAX_ROUTERS);
  }

  @Test
  void routesThatCannotBeRead_takeNothingAway() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    rounds.round();
    blind = true;
    pass(Duration.ofMinutes(10));
    assertThat(heard.take()).containsExactly("mapped PCP 203.0.113.7:40000 for 7200");
  }

  @Test
  void routesThatCannotBeRead_areTheReason() {
    blind = true;
    rounds.round();
    assertThat(heard.take()).containsExactly("failed: cannot read the routes");
  }

  @Test
  void familyThatTheProtocolIsNotFor_isTheReason() {
    clients.put(HOME, List.of());
    rounds.round();
    assertThat(heard.take())
        .containsExactly("failed: no router of IPv4, which alone this protocol is for");
  }

  @Test
  void afterStop_nothingIsHeard() {
    pcp.answer = ScriptedClient.grant(40000, TWO_HOURS);
    stop.stop();
    rounds.round();
    assertThat(heard.take()).isEmpty();
    assertThat(pcp.asked).isZero();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void rounds_pauseForASecondAtLeast_andTwoMinutesAtMost(boolean mapped) {
    pcp.answer =
        mapped ? ScriptedClient.grant(40000, TWO_HOURS) : new Outcome.Silent("does not answer");
    for (int i = 0; i < 100; i++) {
      long wait = rounds.round();
      assertThat(wait)
          .isBetween(MappingRounds.MIN_PAUSE.toNanos(), MappingRounds.LOOK_EVERY.toNanos());
      now += wait;
    }
  }
}
