package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.punch.Calls;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.operator.ReachStatus.Punches;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a relay that lies can have a node do that cannot be dialled. */
final class PunchSiegeTest {
  private static final IpEndpoint TARGET = new IpEndpoint(IpAddress.ofIpv4(0x55000001), 443);

  private final PunchNetwork network = new PunchNetwork();
  private final PunchNode liar = network.node(false);
  private final PunchNode node = network.node(true);

  private LinkId link() {
    network.opens = false;
    LinkId link = network.link(node, liar);
    network.run(Duration.ofSeconds(1)); // It has asked.
    return node.linkWith(liar).equals(link) ? liar.linkWith(node) : link;
  }

  /** The liar says that this is from somebody. */
  private void says(LinkId link, PeerId from, Bytes body) {
    assertThat(network.send(liar, link, new WireMessage.Relayed(from, body))).isTrue();
    network.run(Duration.ofMillis(200));
  }

  private void calls(LinkId link, HandshakeSettings caller, long nonce, IpEndpoint at) {
    PeerId from = caller.identity().peerId();
    says(link, from, Calls.call(caller, node.id(), nonce, at));
    says(link, from, Calls.go(nonce, 1));
  }

  private int dials(IpEndpoint at) {
    return network.dialled.getOrDefault(at, 0);
  }

  private int dials() {
    return network.dialled.values().stream().mapToInt(each -> each).sum();
  }

  @Test
  void callsByStrangers_leadToFewDialsOfOneMachine_howeverManyTheyAre() {
    LinkId link = link();
    for (long nonce = 0; nonce < 3600; nonce++) {
      int port = 1 + (int) nonce;
      HandshakeSettings caller = network.stranger();
      calls(link, caller, nonce, new IpEndpoint(TARGET.address(), port));
      says(link, caller.identity().peerId(), Calls.go(nonce, 2));
      says(link, caller.identity().peerId(), Calls.go(nonce, 3));
      network.run(Duration.ofMillis(200));
    }
    assertThat(network.nowNanos()).isGreaterThan(Duration.ofHours(1).toNanos());
    assertThat(dials()).isBetween(3, 9);
  }

  @Test
  void machineThatOneCallIsAbout_isNotThatOfAnother() {
    LinkId link = link();
    calls(link, network.stranger(), 1, TARGET);
    calls(link, network.stranger(), 2, new IpEndpoint(TARGET.address(), 444));
    assertThat(node.answers()).isEqualTo(1);
  }

  @Test
  void callsByStrangers_leadToFewDialsInAll() {
    LinkId link = link();
    for (int nonce = 0; nonce < 3600; nonce++) {
      HandshakeSettings caller = network.stranger();
      calls(link, caller, nonce, new IpEndpoint(IpAddress.ofIpv4(0x56000000 + nonce), 443));
      says(link, caller.identity().peerId(), Calls.go(nonce, 2));
      says(link, caller.identity().peerId(), Calls.go(nonce, 3));
      network.run(Duration.ofMillis(200));
    }
    // Four at once, and 1 in 30 s, three times each.
    assertThat(dials()).isBetween(100, 372);
    assertThat(node.answers()).isBetween(100L, 124L);
  }

  @Test
  void callsOfManyRelays_areLimitedInAll() {
    List<PunchNode> liars = new ArrayList<>();
    network.opens = false;
    for (int i = 0; i < 8; i++) {
      PunchNode another = network.node(false);
      network.link(node, another);
      liars.add(another);
    }
    network.run(Duration.ofSeconds(1));
    for (int round = 0; round < 120; round++) {
      for (PunchNode each : liars) {
        IpEndpoint at = new IpEndpoint(IpAddress.ofIpv4(0x56000000 + (int) network.next()), 443);
        HandshakeSettings caller = network.stranger();
        Bytes call = Calls.call(caller, node.id(), network.next(), at);
        network.send(
            each, each.linkWith(node), new WireMessage.Relayed(caller.identity().peerId(), call));
      }
      network.run(Duration.ofSeconds(1));
    }
    assertThat(node.answers()).isBetween(20L, 8L + 120 / 5);
  }

  @Test
  void callOfARelay_thatDoesNotKnowThatOneIsWilling_isNotAnswered() {
    node.isPrivate = false;
    LinkId link = link();
    node.isPrivate = true; // It has not asked yet.
    calls(link, network.stranger(), 1, TARGET);
    assertThat(node.answers()).isZero();

    network.run(Duration.ofSeconds(6));
    calls(link, network.stranger(), 2, TARGET);
    assertThat(node.answers()).isEqualTo(1);
  }

  @Test
  void callOfANode_thatIsNotPrivateAnyMore_isNotAnswered() {
    LinkId link = link();
    node.isPrivate = false;
    calls(link, network.stranger(), 1, TARGET);
    assertThat(node.answers()).isZero();
  }

  @Test
  void callThatTheCallerHasNotMade_isNotAnswered_andLeavesNoTrace() {
    LinkId link = link();
    HandshakeSettings honest = network.stranger();
    PeerId from = honest.identity().peerId();
    says(link, from, Calls.call(network.stranger(), from, node.id(), 1, TARGET));
    says(link, from, Calls.call(honest, liar.id(), 1, TARGET)); // for somebody else
    says(link, liar.id(), Calls.call(honest, node.id(), 1, TARGET)); // from somebody else
    says(link, from, Calls.answer(honest, node.id(), 1, TARGET)); // of an answer
    says(link, from, Bytes.ofHex("00"));
    says(link, from, Bytes.ofHex("07000000"));
    assertThat(node.answers()).isZero();
    assertThat(node.observed).isEmpty();
    assertThat(node.service.punches()).isEqualTo(Punches.NONE);

    calls(link, honest, 1, TARGET);
    assertThat(node.answers()).isEqualTo(1);
    assertThat(dials(TARGET)).isEqualTo(1);
  }

  @Test
  void callThatIsSaidAgain_isPassedOver() {
    LinkId link = link();
    HandshakeSettings caller = network.stranger();
    calls(link, caller, 1, TARGET);
    assertThat(node.answers()).isEqualTo(1);
    calls(link, caller, 1, TARGET);
    network.run(Duration.ofHours(3));
    calls(link, caller, 1, TARGET);
    assertThat(node.answers()).isEqualTo(1);

    calls(link, caller, 2, TARGET);
    assertThat(node.answers()).isEqualTo(2);
  }

  @Test
  void wordToGo_withoutACall_orTooOften_orOfAnotherCall_isPassedOver() {
    LinkId link = link();
    HandshakeSettings caller = network.stranger();
    PeerId from = caller.identity().peerId();
    says(link, from, Calls.go(1, 1));
    assertThat(dials()).isZero();

    says(link, from, Calls.call(caller, node.id(), 1, TARGET));
    says(link, from, Calls.go(2, 1));
    says(link, liar.id(), Calls.go(1, 1));
    assertThat(dials()).isZero();
    for (int i = 0; i < 300; i++) {
      says(link, from, Calls.go(1, 1 + i % 3));
    }
    network.run(Duration.ofMinutes(2));
    assertThat(dials(TARGET)).isBetween(1, 3);
    assertThat(node.observed).last().asString().startsWith("failed: no connection in 3 tries");
  }

  @Test
  void wordToGo_ofAnotherRelay_isPassedOver() {
    LinkId link = link();
    PunchNode second = network.node(false);
    network.link(node, second);
    network.run(Duration.ofSeconds(1));
    HandshakeSettings caller = network.stranger();
    PeerId from = caller.identity().peerId();
    says(link, from, Calls.call(caller, node.id(), 1, TARGET));
    says(second.linkWith(node), from, Calls.go(1, 1));
    assertThat(dials()).isZero();
    says(link, from, Calls.go(1, 1));
    assertThat(dials()).isEqualTo(1);
  }

  @Test
  void addressThatIsNotDialledOfOnesOwnAccord_isNotAnswered() {
    LinkId link = link();
    for (String host : List.of("127.0.0.1", "10.1.2.3", "192.168.0.1", "224.0.0.1", "0.0.0.0")) {
      IpAddress address = IpAddress.ofLiteral(host);
      assertThat(address).isNotNull();
      calls(link, network.stranger(), 1, new IpEndpoint(address, 443));
    }
    calls(link, network.stranger(), 1, node.at);
    assertThat(node.answers()).isZero();
    assertThat(dials()).isZero();
  }

  @Test
  void whoIsLinkedAlready_orOneself_isNotCalled_norAnswered() {
    LinkId link = link();
    calls(link, liar.settings, 1, TARGET);
    calls(link, node.settings, 1, TARGET);
    assertThat(node.answers()).isZero();

    network.send(liar, link, new WireMessage.Meet(List.of(liar.id(), node.id())));
    network.run(Duration.ofSeconds(5));
    assertThat(node.calls()).isZero();
  }

  @Test
  void peersToMeet_thatNobodyHasAskedFor_areNotCalled() {
    LinkId link = link(); // The answer has come.
    for (int i = 0; i < 100; i++) {
      PeerId stranger = network.stranger().identity().peerId();
      network.send(liar, link, new WireMessage.Meet(List.of(stranger)));
    }
    network.run(Duration.ofSeconds(5));
    assertThat(node.calls()).isZero();
  }

  @Test
  void answerWithAnotherNonce_orByAnother_orUnasked_leadsNowhere() {
    LinkId link = link();
    HandshakeSettings stranger = network.stranger();
    PeerId from = stranger.identity().peerId();
    says(link, from, Calls.answer(stranger, node.id(), 1, TARGET));
    assertThat(dials()).isZero();

    long nonce = calledOf(link, from);
    says(link, from, Calls.answer(stranger, node.id(), nonce + 1, TARGET));
    says(link, liar.id(), Calls.answer(stranger, node.id(), nonce, TARGET));
    assertThat(dials()).isZero();
    says(link, from, Calls.answer(stranger, node.id(), nonce, TARGET));
    network.run(Duration.ofSeconds(1)); // Half of what seemed to be the round trip.
    assertThat(dials(TARGET)).isEqualTo(1);
  }

  @Test
  void answerThatThePeerHasNotSigned_endsTheCall() {
    LinkId link = link();
    PeerId from = network.stranger().identity().peerId();
    long nonce = calledOf(link, from);
    says(link, from, Calls.answer(network.stranger(), node.id(), nonce, TARGET));
    assertThat(node.observed).containsExactly("failed: the answer was not the peer's");
    assertThat(dials()).isZero();
  }

  @Test
  void answerThatLeadsToThisSite_isNotDialled() {
    LinkId link = link();
    HandshakeSettings stranger = network.stranger();
    PeerId from = stranger.identity().peerId();
    long nonce = calledOf(link, from);
    IpEndpoint inside = new IpEndpoint(IpAddress.ofIpv4(0x0A000001), 443);
    says(link, from, Calls.answer(stranger, node.id(), nonce, inside));
    assertThat(node.observed)
        .containsExactly("failed: the peer is at an address that this node does not dial");
    assertThat(dials()).isZero();
  }

  /** The liar tells of somebody, and the node calls: returns with which nonce. */
  private long calledOf(LinkId link, PeerId stranger) {
    network.loses =
        message ->
            message instanceof WireMessage.Meet(List<PeerId> peers)
                && network.sender == liar
                && peers.isEmpty();
    node.isPrivate = false;
    network.run(Duration.ofSeconds(6));
    node.isPrivate = true;
    network.run(Duration.ofSeconds(6)); // It asks, and hears nothing.
    assertThat(network.send(liar, link, new WireMessage.Meet(List.of(stranger)))).isTrue();
    network.run(Duration.ofMillis(200));
    assertThat(node.calls()).isEqualTo(1);
    return node.sent.stream()
        .filter(WireMessage.Relayed.class::isInstance)
        .map(each -> Calls.nonce(((WireMessage.Relayed) each).body()))
        .reduce((_, last) -> last)
        .orElseThrow();
  }
}
