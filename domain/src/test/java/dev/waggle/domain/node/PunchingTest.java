package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.punch.Calls;
import dev.waggle.domain.punch.EndpointMapping;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.operator.ReachStatus.Punches;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Two nodes that nobody can dial, and a relay that both have dialled. */
final class PunchingTest {
  private static final Duration A_WHILE = Duration.ofMinutes(5);

  private final PunchNetwork network = new PunchNetwork();
  private final PunchNode relay = network.node(false);
  private final PunchNode one = network.node(true);
  private final PunchNode other = network.node(true);

  private void linkBoth() {
    network.link(one, relay);
    network.link(other, relay);
  }

  private static long meets(PunchNode by) {
    return by.sent.stream().filter(WireMessage.Meet.class::isInstance).count();
  }

  private static boolean isRelayed(WireMessage message, Predicate<Bytes> which) {
    return message instanceof WireMessage.Relayed(PeerId _, Bytes body) && which.test(body);
  }

  @Test
  void twoThatShareAPeer_getALinkWithEachOther() {
    linkBoth();
    network.run(A_WHILE);

    assertThat(one.peers()).containsExactlyInAnyOrder(relay.id(), other.id());
    assertThat(other.peers()).containsExactlyInAnyOrder(relay.id(), one.id());
    assertThat(one.observed).containsExactly("dials 82.2.0.1", "punched in 1");
    assertThat(other.observed).containsExactly("dials 82.1.0.1", "punched in 1");
    assertThat(one.service.punches()).isEqualTo(new Punches(1, 1, 0, 0));
    assertThat(other.service.punches()).isEqualTo(new Punches(1, 1, 0, 0));
    assertThat(relay.service.punches()).isEqualTo(new Punches(0, 0, 0, 3)); // and no more
    assertThat(one.service.peers(network.nowNanos()))
        .allSatisfy(
            peer -> assertThat(peer.punched()).isEqualTo(peer.info().id().equals(other.id())));
  }

  @Test
  void bothDial_atTheSameMoment() {
    List<Long> dialledAt = new ArrayList<>();
    network.onDial = dialledAt::add;
    linkBoth();
    network.run(A_WHILE);

    assertThat(dialledAt).hasSize(2);
    // The caller's measure holds the arithmetic of the other side.
    assertThat(dialledAt.getLast() - dialledAt.getFirst())
        .isBetween(0L, Duration.ofMillis(2).toNanos());
  }

  @Test
  void dialThatComesInAtTheListener_isALinkOfBothToo() {
    network.comesInAtListener = true;
    linkBoth();
    network.run(A_WHILE);

    assertThat(one.observed).containsExactly("dials 82.2.0.1", "punched in 1");
    assertThat(other.observed).containsExactly("dials 82.1.0.1", "punched in 1");
    assertThat(one.service.punches()).isEqualTo(new Punches(1, 1, 0, 0));
    assertThat(other.service.punches()).isEqualTo(new Punches(1, 1, 0, 0));
  }

  @Test
  void linkOfTwo_takesNoInboundPlace() {
    network.maxInbound = 0;
    for (boolean listens : new boolean[] {false, true}) {
      network.comesInAtListener = listens;
      PunchNode first = network.node(true);
      PunchNode second = network.node(true);
      PunchNode between = network.node(false, 117);
      network.link(first, between);
      network.link(second, between);
      network.run(A_WHILE);

      assertThat(first.peers()).contains(second.id());
      assertThat(second.peers()).contains(first.id());
    }
  }

  @Test
  void whoIsNotPrivate_asksNobody_andIsNotCalled() {
    one.isPrivate = false;
    linkBoth();
    network.run(A_WHILE);

    assertThat(meets(one)).isZero();
    assertThat(meets(other)).isGreaterThan(1);
    assertThat(other.peers()).containsExactly(relay.id());
  }

  @Test
  void whoBecomesPrivate_asksSoon() {
    one.isPrivate = false;
    linkBoth();
    network.run(A_WHILE);
    one.isPrivate = true;
    network.run(Duration.ofSeconds(10));

    assertThat(one.peers()).contains(other.id());
  }

  @Test
  void withoutTheFeature_nothingIsSaid() {
    network.features = List.of();
    linkBoth();
    network.run(A_WHILE);

    assertThat(meets(one) + meets(other) + meets(relay)).isZero();
  }

  @Test
  void threeTriesInVain_endIt_forBoth() {
    network.opens = false;
    linkBoth();
    network.run(A_WHILE);

    String dials = "dials 82.2.0.1";
    assertThat(one.observed)
        .containsExactly(dials, dials, dials, "failed: no connection in 3 tries");
    assertThat(other.observed).hasSize(4).last().isEqualTo("failed: no connection in 3 tries");
    assertThat(one.service.punches()).isEqualTo(new Punches(1, 0, 1, 0));
  }

  @Test
  void whoWasTriedInVain_isLeftAlone_longerEachTime() {
    network.opens = false;
    linkBoth();
    List<Integer> dials = new ArrayList<>();
    for (int untilMinute : new int[] {9, 14, 30, 38, 70, 82}) {
      network.run(Duration.ofMinutes(untilMinute).minusNanos(network.nowNanos()));
      dials.add(network.dialled.getOrDefault(one.at, 0));
    }
    assertThat(dials).containsExactly(3, 6, 6, 9, 9, 12);
  }

  @Test
  void secondTry_mayDo() {
    network.opens = false;
    network.onDial = _ -> network.opens = network.dialled.values().stream().anyMatch(n -> n > 1);
    linkBoth();
    network.run(A_WHILE);

    assertThat(one.observed).last().isEqualTo("punched in 2");
    assertThat(other.observed).last().isEqualTo("punched in 2");
  }

  @Test
  void twoRoutersThatUseAnotherPortForEach_areNotTried() {
    one.mapping = EndpointMapping.DEPENDENT;
    other.mapping = EndpointMapping.DEPENDENT;
    linkBoth();
    network.run(A_WHILE);

    String why =
        "failed: both routers use another port for each destination, which nobody can know";
    assertThat(one.observed).containsExactly(why);
    assertThat(other.observed).containsExactly(why);
  }

  @Test
  void oneSuchRouter_isTried_andNamedIfThatIsInVain() {
    one.mapping = EndpointMapping.DEPENDENT;
    network.opens = false;
    linkBoth();
    network.run(A_WHILE);

    String vain = "failed: no connection in 3 tries; ";
    String why = " router uses another port for each destination";
    assertThat(one.observed).last().isEqualTo(vain + "this node's" + why);
    assertThat(other.observed).last().isEqualTo(vain + "the peer's" + why);
  }

  @Test
  void whoDoesNotAnswer_isLeftAloneFor10Minutes() {
    linkBoth();
    one.signs = false;
    network.run(Duration.ofSeconds(9));
    assertThat(other.observed).isEmpty();
    network.run(Duration.ofSeconds(2));
    assertThat(other.observed).containsExactly("failed: the peer did not answer the call");

    network.run(Duration.ofMinutes(9));
    assertThat(other.service.punches().begun()).isEqualTo(1);
    one.signs();
    network.run(Duration.ofMinutes(5));
    assertThat(other.peers()).contains(one.id());
  }

  @Test
  void calleeThatIsNotToldToGo_givesUp() {
    network.loses = message -> isRelayed(message, Calls::isGo);
    linkBoth();
    network.run(Duration.ofSeconds(50));

    assertThat(one.observed).containsExactly("failed: the peer has called, and not gone on");
    assertThat(other.observed).last().isEqualTo("failed: no connection in 3 tries");
  }

  @Test
  void relayThatGoes_takesTheCallWithIt_butNobodyIsLeftAloneForIt() {
    network.loses = message -> isRelayed(message, Calls::isAnswer);
    linkBoth();
    network.run(Duration.ofSeconds(1));
    network.cut(one.linkWith(relay));
    network.cut(other.linkWith(relay));
    network.run(Duration.ofSeconds(1));
    assertThat(one.observed).containsExactly("failed: the relay is gone");
    assertThat(other.observed).containsExactly("failed: the relay is gone");

    network.loses = _ -> false;
    linkBoth();
    network.run(Duration.ofSeconds(10));
    assertThat(one.peers()).contains(other.id());
  }

  @Test
  void relayThatGoes_whenBothGo_isNotNeeded() {
    network.onDial =
        _ -> {
          network.onDial = _ -> {};
          network.cut(one.linkWith(relay));
          network.cut(other.linkWith(relay));
        };
    linkBoth();
    network.run(Duration.ofSeconds(1));

    assertThat(one.peers()).containsExactly(other.id());
    assertThat(other.peers()).containsExactly(one.id());
  }

  @Test
  void twoWhoCallEachOther_throughTwoRelays_areLinkedOnce() {
    PunchNode second = network.node(false);
    linkBoth();
    network.link(one, second);
    network.link(other, second);
    network.loses = message -> message instanceof WireMessage.Meet meet && !meet.peers().isEmpty();
    network.run(Duration.ofSeconds(1));
    one.isPrivate = false;
    other.isPrivate = false;
    network.run(Duration.ofSeconds(6));
    // Now both ask at once, and each relay tells one of them of the other.
    network.loses =
        message ->
            message instanceof WireMessage.Meet(List<PeerId> peers)
                && ((network.sender == relay && peers.contains(one.id()))
                    || (network.sender == second && peers.contains(other.id())));
    one.isPrivate = true;
    other.isPrivate = true;
    network.run(A_WHILE);

    assertThat(one.calls()).isEqualTo(1);
    assertThat(other.calls()).isEqualTo(1);
    assertThat(one.observed).containsExactly("dials 82.2.0.1", "punched in 1");
    assertThat(other.observed).containsExactly("dials 82.1.0.1", "punched in 1");
    // The call of the smaller PeerId went on.
    PunchNode smaller = one.id().compareTo(other.id()) < 0 ? one : other;
    PunchNode larger = smaller == one ? other : one;
    assertThat(smaller.answers()).isZero();
    assertThat(larger.answers()).isEqualTo(1);
  }

  @Test
  void linkThatEndsSoon_isFollowedByARest_andOneThatStoodIsNot() {
    linkBoth();
    network.run(Duration.ofMinutes(1));
    network.cut(one.linkWith(other));
    network.run(Duration.ofMinutes(9));
    assertThat(one.peers()).doesNotContain(other.id());
    network.run(Duration.ofMinutes(5));
    assertThat(one.peers()).contains(other.id());

    network.run(Duration.ofMinutes(10));
    network.cut(one.linkWith(other));
    network.run(Duration.ofMinutes(4));
    assertThat(one.peers()).contains(other.id());
  }

  @Test
  void nodeThatStops_callsNobodyAnyMore_andSaysNothingOfIt() {
    network.onDial =
        _ -> {
          network.onDial = _ -> {};
          network.after(Duration.ZERO, () -> one.service.stop(network.nowNanos()));
          network.after(Duration.ZERO, () -> other.service.stop(network.nowNanos()));
        };
    linkBoth();
    network.run(A_WHILE);

    assertThat(one.peers()).isEmpty();
    assertThat(one.observed).allMatch(each -> each.startsWith("dials"));
    assertThat(other.observed).allMatch(each -> each.startsWith("dials"));
  }

  @Test
  void manyWhoCannotBeDialled_areLinkedWithEachOther_fourEachWay() {
    List<PunchNode> all = new ArrayList<>(List.of(one, other));
    while (all.size() < 20) {
      all.add(network.node(true));
    }
    PunchNode second = network.node(false);
    for (PunchNode each : all) {
      network.link(each, relay);
      network.link(each, second);
    }
    network.run(Duration.ofMinutes(40));

    for (PunchNode each : all) {
      assertThat(each.peers().size() - 2).isBetween(4, 8);
    }
  }
}
