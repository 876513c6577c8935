package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Crossings.GREATEST;
import static dev.waggle.domain.handshake.Crossings.LEAST;
import static dev.waggle.domain.handshake.Crossings.crossing;
import static dev.waggle.domain.handshake.Crossings.drawing;
import static dev.waggle.domain.handshake.Crossings.id;
import static dev.waggle.domain.handshake.Crossings.offer;
import static dev.waggle.domain.handshake.Crossings.randomOf;
import static dev.waggle.domain.handshake.Handshakes.BINCODE;
import static dev.waggle.domain.handshake.Handshakes.OTHER_TOY;
import static dev.waggle.domain.handshake.Handshakes.TOY;
import static dev.waggle.domain.handshake.Handshakes.done;
import static dev.waggle.domain.handshake.Handshakes.failed;
import static dev.waggle.domain.handshake.Handshakes.failure;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.domain.handshake.Crossings.Crossed;
import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeStep.Await;
import dev.waggle.domain.handshake.HandshakeStep.Compute;
import dev.waggle.domain.handshake.HandshakeStep.Failed;
import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.ports.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two honest sides that have both dialled, and what they refuse (PROTOCOL §4.8). */
final class CrossingTest {
  private final HandshakeSettings alice = node(1);
  private final HandshakeSettings bob = node(2);
  private final Handshake crossing = crossing(drawing(alice, "7f" + "00".repeat(31)), bob);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sideWithTheGreaterRandomString_isTheInitiator_andBothHaveTheSameKeys(long seed) {
    HandshakeSettings one = node(seed);
    HandshakeSettings other = node(seed + 100);
    boolean oneIsGreater = nextRandom(node(seed)).compareTo(nextRandom(node(seed + 100))) > 0;
    HandshakeSettings greater = oneIsGreater ? one : other;
    HandshakeSettings lesser = oneIsGreater ? other : one;

    Run run = Crossed.of(crossing(greater, lesser), crossing(lesser, greater)).run();

    assertThat(run.initiator().role()).isEqualTo(Role.INITIATOR);
    assertThat(run.responder().role()).isEqualTo(Role.RESPONDER);
    assertThat(run.initiator().peer().id()).isEqualTo(id(lesser));
    assertThat(run.responder().peer().id()).isEqualTo(id(greater));
    assertThat(run.initiator().sendSecret()).isEqualTo(run.responder().receiveSecret());
    assertThat(run.initiator().receiveSecret()).isEqualTo(run.responder().sendSecret());
  }

  private static Bytes nextRandom(HandshakeSettings node) {
    return randomOf(sent(start(Handshakes.initiator(node))));
  }

  @ParameterizedTest
  @CsvSource({"80, false", "7f, false", "01, true", "00, true"})
  void randomStrings_areComparedAsUnsignedBytes_theFirstOneFirst(String first, boolean stays) {
    start(crossing);

    HandshakeStep step = crossing.receive(offer(bob, first + "ff".repeat(31)));

    assertThat(step).isInstanceOf(stays ? Await.class : Compute.class);
  }

  @Test
  void lostOffer_leavesNoTrace() {
    // Without the crossing: who stays and who yields draw the same, the latter an Offer more.
    Run crossed =
        Crossed.of(crossing(drawing(alice, GREATEST), bob), crossing(drawing(bob, LEAST), alice))
            .run();
    HandshakeSettings responder = drawing(bob, LEAST);
    Bytes unsent = sent(start(Handshakes.initiator(responder)));

    Run plain =
        Run.of(Handshakes.initiator(drawing(alice, GREATEST)), Handshake.responder(responder));

    assertThat(randomOf(unsent).hex()).isEqualTo(LEAST);
    assertThat(plain.offer()).isEqualTo(crossed.offer());
    assertThat(plain.acceptance()).isEqualTo(crossed.acceptance());
    assertThat(plain.confirmation()).isEqualTo(crossed.confirmation());
    assertThat(plain.responder().sendSecret()).isEqualTo(crossed.responder().sendSecret());
  }

  @Test
  void sideThatIsAnswered_isAnOrdinaryInitiator() {
    Run run = Run.of(crossing, Handshake.responder(bob));

    assertThat(run.initiator().role()).isEqualTo(Role.INITIATOR);
    assertThat(run.responder().role()).isEqualTo(Role.RESPONDER);
    assertThat(run.initiator().sendSecret()).isEqualTo(run.responder().receiveSecret());
  }

  @Test
  void sideThatHasNotPunched_takesNoOffer() {
    for (String random : List.of(LEAST, GREATEST)) {
      Handshake initiator = Handshake.initiator(alice, TOY, id(bob));
      start(initiator);

      Failed end = failed(receive(initiator, offer(bob, random)));

      assertThat(end.failure().kind()).isEqualTo(Kind.MALFORMED);
      assertThat(end.refusal()).isNull();
    }
  }

  @Test
  void ownOffer_thatComesBack_isOfThisNode() {
    Bytes offer = sent(start(crossing));

    Failed end = failed(receive(crossing, offer));

    assertThat(end.failure().kind()).isEqualTo(Kind.SELF);
    assertThat(end.refusal()).isNull();
  }

  @Test
  void nodeThatReachesItself_notices_onWhicheverSide() {
    Handshake staying = crossing(drawing(alice, GREATEST), alice);
    Handshake yielding = crossing(drawing(alice, LEAST), alice);
    Bytes offer = sent(start(staying));
    receive(staying, sent(start(yielding)));
    assertThat(failure(receive(staying, sent(receive(yielding, offer))))).isEqualTo(Kind.SELF);

    Handshake yielded = crossing(drawing(alice, LEAST), bob);
    Insider itself = Insider.dialling(Handshakes.withRandom(alice, 4), yielded);
    Insider.Proof honest =
        itself.proof(
            Role.INITIATOR, itself.publicKey(), itself.sign(Role.INITIATOR.signatureLabel()));
    assertThat(failure(receive(yielded, itself.confirmation(honest)))).isEqualTo(Kind.SELF);
  }

  @Test
  void secondOffer_isNoAnswer() {
    start(crossing);
    assertThat(receive(crossing, offer(bob, LEAST))).isInstanceOf(Await.class);

    Failed end = failed(receive(crossing, offer(bob, LEAST)));

    assertThat(end.failure().kind()).isEqualTo(Kind.MALFORMED);
    assertThat(end.refusal()).isNull();
  }

  @Test
  void secondOffer_isNoConfirmation() {
    start(crossing);
    sent(receive(crossing, offer(bob, GREATEST)));

    assertThat(failure(receive(crossing, offer(bob, GREATEST)))).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void sideThatYields_takesNobodyButWhomItHasDialled() {
    HandshakeSettings carol = node(3);
    Handshake yielding = crossing(drawing(alice, LEAST), carol);
    start(yielding);
    Handshake stranger = crossing(drawing(bob, GREATEST), alice);

    Bytes acceptance = sent(receive(yielding, sent(start(stranger))));
    Bytes confirmation = done(receive(stranger, acceptance)).lastMessage();
    Failed end = failed(receive(yielding, confirmation));

    assertThat(end.failure().kind()).isEqualTo(Kind.WRONG_PEER);
    assertThat(end.failure().detail()).contains(id(carol).hex()).contains(id(bob).hex());
    assertThat(end.refusal()).isNull();
  }

  @Test
  void sideThatStays_namesItselfToNobodyButWhomItHasDialled() {
    HandshakeSettings carol = node(3);
    Handshake staying = crossing(drawing(alice, GREATEST), carol);
    Bytes offer = sent(start(staying));
    Handshake stranger = crossing(drawing(bob, LEAST), alice);

    receive(staying, sent(start(stranger)));
    Failed end = failed(receive(staying, sent(receive(stranger, offer))));

    assertThat(end.failure().kind()).isEqualTo(Kind.WRONG_PEER);
    assertThat(end.refusal()).isNull();
  }

  @Test
  void sideThatYields_refusesAsAnyResponder_andTheOtherHearsWithWhichSuiteToTryAgain() {
    HandshakeSettings both = node(1, List.of(TOY, OTHER_TOY), List.of(BINCODE));
    HandshakeSettings fewer = node(2, List.of(OTHER_TOY), List.of(BINCODE));
    Handshake staying = crossing(drawing(both, GREATEST), fewer);
    Handshake yielding = crossing(drawing(fewer, LEAST), both);
    Bytes offer = sent(start(staying));
    assertThat(receive(staying, sent(start(yielding)))).isInstanceOf(Await.class);

    Failed refused = failed(receive(yielding, offer));
    HandshakeFailure heard = failed(receive(staying, refused.refusal())).failure();

    assertThat(refused.failure().kind()).isEqualTo(Kind.SUITE_MISMATCH);
    assertThat(heard.kind()).isEqualTo(Kind.SUITE_MISMATCH);
    assertThat(heard.retryWith()).isNotNull();
    Run again =
        Crossed.of(
                Handshake.crossing(drawing(both, GREATEST), heard.retryWith(), id(fewer)),
                crossing(drawing(fewer, LEAST), both))
            .run();
    assertThat(again.responder().suite().id()).isEqualTo(OTHER_TOY.id());
  }

  @Test
  void otherNetwork_isRefusedByTheSideThatYields_andByThatAlone() {
    HandshakeSettings stranger = inNetwork("elsewhere", bob);
    Handshake staying = crossing(drawing(alice, GREATEST), bob);
    Handshake yielding = crossing(drawing(stranger, LEAST), alice);
    Bytes offer = sent(start(staying));
    assertThat(receive(staying, sent(start(yielding)))).isInstanceOf(Await.class);

    Failed refused = failed(receive(yielding, offer));

    assertThat(refused.failure().kind()).isEqualTo(Kind.NETWORK_MISMATCH);
    assertThat(failure(receive(staying, refused.refusal()))).isEqualTo(Kind.NETWORK_MISMATCH);
  }

  private static HandshakeSettings inNetwork(String name, HandshakeSettings node) {
    return new HandshakeSettings(
        node.identity(),
        NetworkId.of(name, Handshakes.SHA256),
        node.suites(),
        node.codecs(),
        node.features(),
        node.sha256(),
        node.random());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0200", "0001", "ffff", "02000000"})
  void offerOfAnotherVersion_isRefused_whateverFollowsTheVersion(String beginning) {
    start(crossing);

    Failed refused = failed(receive(crossing, Bytes.ofHex(beginning + "ab".repeat(40))));

    assertThat(refused.failure().kind()).isEqualTo(Kind.VERSION_MISMATCH);
    assertThat(refused.refusal()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "0100", "010001", "00000000", "01000000", "01000100", "0000"})
  void otherBytes_areMalformed(String bytes) {
    start(crossing);

    Failed end = failed(receive(crossing, Bytes.ofHex(bytes)));

    assertThat(end.failure().kind()).isEqualTo(Kind.MALFORMED);
    assertThat(end.refusal()).isNull();
  }

  /** Neither a byte more nor a byte less, whichever of the two would win. */
  @Test
  void offerThatIsNone_isMalformed() {
    for (String random : List.of(LEAST, GREATEST)) {
      Bytes other = offer(bob, random);
      for (String hex : List.of(other.hex() + "00", other.hex().substring(2 * 3))) {
        Handshake side = crossing(alice, bob);
        start(side);

        assertThat(failed(receive(side, Bytes.ofHex(hex))).refusal()).isNull();
      }
      Handshake side = crossing(alice, bob);
      start(side);
      Bytes cut = Bytes.copyOf(other.toArray(), 0, other.length() - 1);
      assertThat(failure(receive(side, cut))).isEqualTo(Kind.MALFORMED);
    }
  }

  @Test
  void offersAndAnswers_areToldApartByTheirFirstFourBytes() throws Exception {
    Run run = Run.of(alice, bob);
    HandshakeOffer offer = HandshakeOffer.decode(run.offer());
    for (int count = 1; count <= HandshakeLimits.MAX_VERSIONS; count++) {
      List<Integer> versions = IntStream.rangeClosed(1, count).boxed().toList();
      assertThat(HandshakeOffer.isAtHeadOf(firstFour(inVersions(offer, versions)))).isTrue();
    }
    for (int version = 2; version <= 0xFFFF; version++) {
      byte[] bytes = {(byte) version, (byte) (version >> 8), 0, 0};
      assertThat(HandshakeOffer.isAtHeadOf(Bytes.wrap(bytes))).isTrue();
    }
    for (HandshakeRefusal.Code code : HandshakeRefusal.Code.values()) {
      Bytes refusal = new HandshakeRefusal(code, List.of(1), List.of(1)).encode();
      assertThat(HandshakeOffer.isAtHeadOf(firstFour(refusal))).isFalse();
    }
    assertThat(HandshakeOffer.isAtHeadOf(firstFour(run.acceptance()))).isFalse();
  }

  private static Bytes firstFour(Bytes message) {
    return Bytes.copyOf(message.toArray(), 0, 4);
  }

  private static Bytes inVersions(HandshakeOffer offer, List<Integer> versions) {
    return new HandshakeOffer(
            versions,
            offer.networkId(),
            offer.suites(),
            offer.codecs(),
            offer.features(),
            offer.random(),
            offer.keySuite(),
            offer.kemKey())
        .encode();
  }

  @Test
  void suiteThatTheSettingsDoNotList_isAMistakeOfTheCaller() {
    assertThatThrownBy(() -> Handshake.crossing(alice, OTHER_TOY, id(bob)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
