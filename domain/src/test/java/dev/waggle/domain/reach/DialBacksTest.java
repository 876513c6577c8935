package dev.waggle.domain.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a node dials others that ask for it, and what it does not (PROTOCOL §9.9). */
class DialBacksTest extends ReachFixture {
  private static final Bytes NOTHING = Bytes.EMPTY;
  private static final Bytes PAYMENT = Bytes.wrap(new byte[DialBacks.PRICE_BYTES]);
  private long lastNonce;

  private WireMessage.DialRequest request(String endpoint, Bytes payment) {
    return new WireMessage.DialRequest(at(endpoint), ++lastNonce, payment);
  }

  /** Asks; returns what is dialled for it. */
  private List<PeerAddress> asks(LinkId link, String endpoint, Bytes payment) {
    reaching.requested(link, request(endpoint, payment), now);
    return links.takeDials();
  }

  private WireMessage refused() {
    return new WireMessage.DialResponse(lastNonce, DialOutcome.REFUSED);
  }

  private static PeerAddress pinned(String endpoint, long peer) {
    return new PeerAddress(at(endpoint).endpoint(), peerId(peer));
  }

  private LinkId established(PeerAddress dialled, List<Integer> features) {
    LinkId id = newLinkId();
    PeerInfo info =
        new PeerInfo(
            Objects.requireNonNull(dialled.pinned()),
            dialled.endpoint(),
            at("20.1.1.1:50000").endpoint(),
            Direction.OUTBOUND,
            "toy",
            "bincode",
            features);
    assertThat(takes(id, info, dialled)).isTrue();
    return id;
  }

  @Test
  void peerIsDialled_whereItIsSeen_atAnyPort_andIsToldThatItWasReached() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    List<PeerAddress> dials = asks(asker, "40.1.1.1:9000", NOTHING);
    assertThat(dials).containsExactly(pinned("40.1.1.1:9000", 1));
    assertThat(links.take(asker)).isEmpty();

    LinkId connection = established(dials.getFirst(), FEATURES);
    assertThat(links.take(connection))
        .containsExactly(
            new WireMessage.DialBack(lastNonce), new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED));
    assertThat(links.take(asker))
        .containsExactly(new WireMessage.DialResponse(lastNonce, DialOutcome.REACHED));
    assertThat(links.closed).isEmpty(); // The peer closes, having read all.
    reaching.received(connection, new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED), now);
    assertThat(links.closed).containsExactly(connection);
    reaching.closed(connection);
  }

  @Test
  void connectionThatThePeerDoesNotClose_isClosedAfterAWhile() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    LinkId connection = established(asks(asker, "40.1.1.1:9000", NOTHING).getFirst(), FEATURES);
    pass(Duration.ofMillis(4_999));
    assertThat(links.closed).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(links.closed).containsExactly(connection);
  }

  @ParameterizedTest
  @CsvSource({
    // Where it asks to be dialled, what it pays, whether it is dialled.
    "40.1.1.1:9000, 0, true",
    "40.1.1.1:22, 0, true",
    "40.1.1.2:9000, 0, false",
    "40.1.1.2:9000, 29999, false",
    "40.1.1.2:9000, 30000, true",
    "10.0.0.1:9000, 30000, false",
    "127.0.0.1:9000, 30000, false",
    "0.0.0.0:9000, 30000, false",
    "255.255.255.255:9000, 30000, false",
    "224.0.0.1:9000, 30000, false",
    "169.254.169.254:80, 30000, false",
    "'[::]:9000', 30000, false",
    "'[::1]:9000', 30000, false",
    "'[fe80::1]:9000', 30000, false",
    "50.1.1.1:9000, 30000, false", // It is banned, or linked.
    "20.1.1.1:9000, 30000, false", // This node's own.
    "'[2a00:1::1]:9000', 30000, false", // This node seems to have no IPv6.
  })
  void whatIsDialled(String endpoint, int payment, boolean dialled) {
    own = new OwnAddress(at("20.1.1.1:9000"));
    reaching = reaching(ReachSettings.ANYWHERE);
    start();
    undialled.add(at("50.1.1.1:9000"));
    LinkId asker = inbound(1, "40.1.1.1:50000");
    List<PeerAddress> dials = asks(asker, endpoint, Bytes.wrap(new byte[payment]));
    if (dialled) {
      assertThat(dials).containsExactly(pinned(endpoint, 1));
      assertThat(links.take(asker)).isEmpty();
    } else {
      assertThat(dials).isEmpty();
      assertThat(links.take(asker)).containsExactly(refused());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'[2a00:1:2:3::7]:9000', true",
    "'[2a00:1:2:3:4:5:6:7]:9000', true",
    "'[2a00:1:2:4::7]:9000', false"
  })
  void addressOfTheSame64Bits_isThePeersOwn(String endpoint, boolean dialled) {
    LinkId asker = inbound(1, "[2a00:1:2:3::1]:50000");
    assertThat(asks(asker, endpoint, NOTHING)).hasSize(dialled ? 1 : 0);
  }

  @Test
  void peerWithoutTheFeature_orWithoutALink_isNotHeard() {
    LinkId old = link(1, Direction.INBOUND, "40.1.1.1:50000", "20.1.1.1:9000", List.of());
    assertThat(asks(old, "40.1.1.1:9000", NOTHING)).isEmpty();
    assertThat(asks(newLinkId(), "40.1.1.1:9000", NOTHING)).isEmpty();
    assertThat(links.take(old)).isEmpty();
  }

  // ---- finding out what is elsewhere

  @Test
  void dialInVain_isToldAfterTheSameTime_howeverItFailed() {
    LinkId refuses = inbound(1, "40.1.1.1:50000");
    LinkId answersWrongly = inbound(2, "41.1.1.1:50000");
    PeerAddress first = asks(refuses, "40.1.1.1:22", NOTHING).getFirst();
    long firstNonce = lastNonce;
    PeerAddress second = asks(answersWrongly, "41.1.1.1:80", NOTHING).getFirst();
    assertThat(reaching.dialFailed(first, now)).isTrue();
    pass(Duration.ofSeconds(8));
    assertThat(reaching.dialFailed(second, now)).isTrue();
    pass(DialBacks.IN_VAIN_AFTER.minusSeconds(8).minusNanos(1));
    assertThat(links.take(refuses)).isEmpty();
    assertThat(links.take(answersWrongly)).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(links.take(refuses))
        .containsExactly(new WireMessage.DialResponse(firstNonce, DialOutcome.NOT_REACHED));
    assertThat(links.take(answersWrongly))
        .containsExactly(new WireMessage.DialResponse(lastNonce, DialOutcome.NOT_REACHED));
    assertThat(reaching.dialFailed(first, now)).isFalse();
  }

  @Test
  void dialThatTakesVeryLong_isToldAtItsEnd() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    PeerAddress dialled = asks(asker, "40.1.1.1:22", NOTHING).getFirst();
    pass(Duration.ofSeconds(35));
    assertThat(links.take(asker)).isEmpty();
    assertThat(reaching.dialFailed(dialled, now)).isTrue();
    assertThat(links.take(asker))
        .containsExactly(new WireMessage.DialResponse(lastNonce, DialOutcome.NOT_REACHED));
  }

  @Test
  void scanOfOnesOwnAddress_isAPortInHalfAMinute() {
    int dialled = 0;
    for (int port = 1; port <= 3600; port++) {
      // A new name each second, from the same machine.
      LinkId asker = inbound(port, "40.1.1.1:" + (10_000 + port));
      for (PeerAddress dial : asks(asker, "40.1.1.1:" + port, NOTHING)) {
        dialled++;
        assertThat(reaching.dialFailed(dial, now)).isTrue();
      }
      pass(Duration.ofSeconds(1));
      unlink(asker);
    }
    assertThat(dialled).isBetween(100, 4 + 3600 / 30);
  }

  // ---- flooding others

  @Test
  void victimOfAThousandAskers_isDialledNoMoreThanItsGroupMayBe() {
    List<LinkId> askers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      askers.add(inbound(i, (40 + i / 250) + "." + i % 250 + ".1.1:50000"));
    }
    int dialled = 0;
    for (int second = 0; second < 3600; second++) {
      for (int i = 0; i < 20; i++) {
        LinkId asker = askers.get((second * 20 + i) % askers.size());
        String victim = "60.1." + i + ".1:" + (1 + second);
        for (PeerAddress dial : asks(asker, victim, PAYMENT)) {
          dialled++;
          assertThat(reaching.dialFailed(dial, now)).isTrue();
        }
      }
      pass(Duration.ofSeconds(1));
    }
    assertThat(dialled).isBetween(300, 4 + 3600 / 10);
  }

  @Test
  void allAskersTogether_haveADialInTwoSeconds_andFourUnderWay() {
    int dialled = 0;
    List<PeerAddress> underWay = new ArrayList<>();
    List<Long> endNanos = new ArrayList<>();
    for (int i = 0; i < 36_000; i++) {
      String address = (40 + i % 100) + "." + i / 100 % 250 + "." + i / 25_000 + ".1";
      LinkId asker = inbound(i, address + ":50000");
      List<PeerAddress> dials = asks(asker, address + ":9000", NOTHING);
      dialled += dials.size();
      for (PeerAddress dial : dials) {
        underWay.add(dial);
        endNanos.add(now + Duration.ofSeconds(10).toNanos());
      }
      assertThat(underWay.size()).isLessThanOrEqualTo(DialBacks.MAX_UNDER_WAY);
      pass(Duration.ofMillis(100));
      while (!underWay.isEmpty() && endNanos.getFirst() - now <= 0) {
        endNanos.removeFirst();
        assertThat(reaching.dialFailed(underWay.removeFirst(), now)).isTrue();
      }
      unlink(asker);
    }
    assertThat(dialled).isBetween(1_000, 16 + 3600 / 2);
  }

  @Test
  void oneAtATime_forALink() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    PeerAddress dial = asks(asker, "40.1.1.1:9000", NOTHING).getFirst();
    assertThat(asks(asker, "40.1.1.1:9001", NOTHING)).isEmpty();
    assertThat(links.take(asker)).containsExactly(refused());
    assertThat(reaching.dialFailed(dial, now)).isTrue();
    assertThat(asks(asker, "40.1.1.1:9001", NOTHING)).isEmpty(); // It waits for its answer.
    pass(DialBacks.IN_VAIN_AFTER);
    assertThat(asks(asker, "40.1.1.1:9001", NOTHING)).hasSize(1);
  }

  @Test
  void requestsWithoutEnd_areNotEvenAnswered() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    for (int i = 0; i < 10_000; i++) {
      asks(asker, "10.0.0.1:9000", NOTHING);
    }
    assertThat(links.take(asker)).hasSize(16);
    pass(Duration.ofSeconds(10));
    for (int i = 0; i < 10_000; i++) {
      asks(asker, "10.0.0.1:9000", NOTHING);
    }
    assertThat(links.take(asker)).hasSize(10);
  }

  // ---- starving others

  @Test
  void whoPays_keepsNobodyFromAskingForItsOwnAddress() {
    int paid = 0;
    Map<PeerAddress, Long> endNanos = new LinkedHashMap<>();
    for (int i = 0; i < 600; i++) {
      LinkId attacker = inbound(i, (40 + i / 250) + "." + i % 250 + ".1.1:50000");
      for (PeerAddress dial : asks(attacker, "70." + i % 250 + ".1.1:9000", PAYMENT)) {
        paid++;
        endNanos.put(dial, now + Duration.ofSeconds(10).toNanos());
      }
      if (i % 50 == 49) { // The owner of an address in a group that the attackers pay for.
        int victim = i % 250;
        LinkId honest = inbound(100_000 + i, "70." + victim + ".1.1:50000");
        List<PeerAddress> dials = asks(honest, "70." + victim + ".1.1:9001", NOTHING);
        assertThat(dials).hasSize(1);
        LinkId connection = established(dials.getFirst(), FEATURES);
        reaching.closed(connection);
      }
      pass(Duration.ofMillis(200));
      for (PeerAddress dial : new ArrayList<>(endNanos.keySet())) {
        if (Objects.requireNonNull(endNanos.get(dial)) - now <= 0) {
          endNanos.remove(dial);
          assertThat(reaching.dialFailed(dial, now)).isTrue();
        }
      }
    }
    assertThat(paid).isGreaterThan(10);
  }

  /** One that pays for the address of another, where nobody answers. Returns how many dials. */
  private int pays(int payer, String endpoint) {
    LinkId link = inbound(payer, (40 + payer) + ".1.1.1:50000");
    List<PeerAddress> dials = asks(link, endpoint, PAYMENT);
    dials.forEach(dial -> assertThat(reaching.dialFailed(dial, now)).isTrue());
    return dials.size();
  }

  @Test
  void whatIsPaidForInAGroup_leavesItsOwnersTheirTurns() {
    int paid = 0;
    for (int i = 0; i < 6; i++) {
      paid += pays(i, "70.1.1.1:" + (1 + i));
    }
    assertThat(paid).isEqualTo(4);
    assertThat(asks(inbound(100, "70.1.1.1:50000"), "70.1.1.1:9000", NOTHING)).hasSize(1);
  }

  @Test
  void whatIsPaidFor_leavesTheOthersHalfOfAll() {
    int paid = 0;
    for (int i = 0; i < 20; i++) {
      paid += pays(i, (80 + i) + ".1.1.1:9000");
    }
    assertThat(paid).isEqualTo(8);
    int others = 0;
    for (int i = 0; i < 20; i++) {
      String address = (110 + i) + ".1.1.1";
      LinkId link = inbound(100 + i, address + ":50000");
      for (PeerAddress dial : asks(link, address + ":9000", NOTHING)) {
        assertThat(reaching.dialFailed(dial, now)).isTrue();
        others++;
      }
    }
    assertThat(others).isEqualTo(8);
  }

  @Test
  void oneMachine_doesNotUseUpWhatIsThereForAll() {
    for (int i = 0; i < 100; i++) {
      LinkId attacker = inbound(i, "40.1.1.1:" + (50_000 + i));
      for (PeerAddress dial : asks(attacker, "40.1.1.1:" + (1 + i), NOTHING)) {
        assertThat(reaching.dialFailed(dial, now)).isTrue();
      }
    }
    LinkId honest = inbound(1_000, "41.1.1.1:50000");
    assertThat(asks(honest, "41.1.1.1:9000", NOTHING)).hasSize(1);
  }

  @Test
  void refusals_useUpNothing() {
    LinkId attacker = inbound(1, "41.1.1.2:50000");
    for (int i = 0; i < 10_000; i++) {
      reaching.requested(attacker, request("41.1.1.1:9000", NOTHING), now);
    }
    LinkId honest = inbound(2, "41.1.1.1:50000");
    assertThat(asks(honest, "41.1.1.1:9000", NOTHING)).hasSize(1);
  }

  // ---- links that end

  @Test
  void linkThatEndsMeanwhile_isNotAnswered_andNothingIsSaidOnTheNewOne() {
    LinkId first = inbound(1, "40.1.1.1:50000");
    LinkId second = inbound(2, "41.1.1.1:50000");
    PeerAddress reached = asks(first, "40.1.1.1:9000", NOTHING).getFirst();
    PeerAddress failed = asks(second, "41.1.1.1:9000", NOTHING).getFirst();
    unlink(first);
    unlink(second);
    LinkId connection = established(reached, FEATURES);
    assertThat(links.take(connection))
        .containsExactly(new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED));
    assertThat(links.closed).containsExactly(connection);
    assertThat(reaching.dialFailed(failed, now)).isTrue();
    pass(Duration.ofMinutes(1));
    assertThat(links.take(first)).isEmpty();
    assertThat(links.take(second)).isEmpty();
  }

  @Test
  void connectionWithoutTheFeature_cannotProveAnything() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    LinkId connection = established(asks(asker, "40.1.1.1:9000", NOTHING).getFirst(), List.of());
    assertThat(links.take(connection))
        .containsExactly(new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED));
    assertThat(links.take(asker)).containsExactly(refused());
  }

  @Test
  void dialsOfTheNodesOwn_areNotTakenForDialBacks() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    IpEndpoint own = at("40.1.1.1:9000");
    asks(asker, own.toString(), NOTHING);
    assertThat(reaching.dialFailed(new PeerAddress(own.endpoint(), null), now)).isFalse();
    assertThat(reaching.dialFailed(pinned(own.toString(), 2), now)).isFalse();
    assertThat(reaching.dialFailed(pinned(own.toString(), 1), now)).isTrue();
  }

  @Test
  void stoppedNode_dialsNobody_andClosesWhatWasDialledBack() {
    LinkId asker = inbound(1, "40.1.1.1:50000");
    LinkId connection = established(asks(asker, "40.1.1.1:9000", NOTHING).getFirst(), FEATURES);
    reaching.stop();
    assertThat(links.closed).containsExactly(connection);
    assertThat(asks(asker, "40.1.1.1:9000", NOTHING)).isEmpty();
  }
}
