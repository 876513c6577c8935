package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.BINCODE;
import static dev.waggle.domain.handshake.Handshakes.OTHER_TOY;
import static dev.waggle.domain.handshake.Handshakes.TOY;
import static dev.waggle.domain.handshake.Handshakes.failed;
import static dev.waggle.domain.handshake.Handshakes.failure;
import static dev.waggle.domain.handshake.Handshakes.initiator;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeStep.Failed;
import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two honest sides reach, or refuse each other. */
final class HandshakeTest {
  private final HandshakeSettings alice = node(1);
  private final HandshakeSettings bob = node(2);

  @Test
  void bothSides_learnWhoTheOtherIs() {
    Run run = Run.of(alice, bob);

    assertThat(run.initiator().peer().id()).isEqualTo(bob.identity().peerId());
    assertThat(run.responder().peer().id()).isEqualTo(alice.identity().peerId());
    assertThat(run.initiator().peer().publicKey()).isEqualTo(bob.identity().keyPair().publicKey());
  }

  @Test
  void trafficSecrets_agreeCrosswise_andDifferByDirection() {
    Run run = Run.of(alice, bob);

    assertThat(run.initiator().sendSecret()).isEqualTo(run.responder().receiveSecret());
    assertThat(run.initiator().receiveSecret()).isEqualTo(run.responder().sendSecret());
    assertThat(run.initiator().sendSecret()).isNotEqualTo(run.initiator().receiveSecret());
  }

  @Test
  void secondHandshake_ofTheSamePeers_hasOtherSecrets() {
    Run first = Run.of(alice, bob);
    Run second = Run.of(alice, bob);

    assertThat(first.initiator().sendSecret()).isNotEqualTo(second.initiator().sendSecret());
    assertThat(first.initiator().receiveSecret()).isNotEqualTo(second.initiator().receiveSecret());
  }

  @Test
  void codec_isTheInitiatorsFirstThatTheResponderHas() {
    HandshakeSettings initiator = node(1, List.of(TOY), List.of("fast", "kryo", BINCODE));
    HandshakeSettings responder = node(2, List.of(TOY), List.of(BINCODE, "kryo"));

    Run run = Run.of(initiator, responder);

    assertThat(run.initiator().codec()).isEqualTo("kryo");
    assertThat(run.responder().codec()).isEqualTo("kryo");
  }

  @Test
  void suite_isTheInitiatorsFirstThatTheResponderHas() {
    HandshakeSettings initiator = node(1, List.of(TOY, OTHER_TOY), List.of(BINCODE));
    HandshakeSettings responder = node(2, List.of(OTHER_TOY, TOY), List.of(BINCODE));

    Run run = Run.of(initiator, responder);

    assertThat(run.initiator().suite().id()).isEqualTo(TOY.id());
    assertThat(run.responder().suite().id()).isEqualTo(TOY.id());
  }

  @Test
  void suiteMismatch_namesTheSuiteToRetryWith_andTheRetrySucceeds() {
    HandshakeSettings initiator = node(1, List.of(TOY, OTHER_TOY), List.of(BINCODE));
    HandshakeSettings responder = node(2, List.of(OTHER_TOY), List.of(BINCODE));

    Handshake first = initiator(initiator);
    Failed refused = refuse(responder, sent(start(first)));
    assertThat(refused.failure().kind()).isEqualTo(Kind.SUITE_MISMATCH);
    HandshakeFailure failure = failed(receive(first, refused.refusal())).failure();
    assertThat(failure.kind()).isEqualTo(Kind.SUITE_MISMATCH);
    assertThat(failure.retryWith()).isNotNull();

    Run run =
        Run.of(
            Handshake.initiator(initiator, failure.retryWith(), null),
            Handshake.responder(responder));
    assertThat(run.responder().suite().id()).isEqualTo(OTHER_TOY.id());
  }

  @Test
  void noSuiteInCommon_namesNoRetry() {
    HandshakeSettings initiator = node(1, List.of(TOY), List.of(BINCODE));
    HandshakeSettings responder = node(2, List.of(OTHER_TOY), List.of(BINCODE));

    Handshake first = initiator(initiator);
    Failed refused = refuse(responder, sent(start(first)));
    HandshakeFailure failure = failed(receive(first, refused.refusal())).failure();

    assertThat(failure.kind()).isEqualTo(Kind.SUITE_MISMATCH);
    assertThat(failure.retryWith()).isNull();
  }

  @Test
  void noCodecInCommon_failsWithoutExplanation() {
    HandshakeSettings initiator = node(1, List.of(TOY), List.of("kryo"));

    Failed refused = refuse(bob, sent(start(initiator(initiator))));

    assertThat(refused.failure().kind()).isEqualTo(Kind.CODEC_MISMATCH);
    assertThat(refused.refusal()).isNull();
  }

  @Test
  void otherNetwork_isRefused() {
    HandshakeSettings stranger =
        new HandshakeSettings(
            alice.identity(),
            NetworkId.of("elsewhere", Handshakes.SHA256),
            alice.suites(),
            alice.codecs(),
            alice.features(),
            alice.sha256(),
            alice.random());
    Handshake initiator = initiator(stranger);

    Failed refused = refuse(bob, sent(start(initiator)));

    assertThat(refused.failure().kind()).isEqualTo(Kind.NETWORK_MISMATCH);
    assertThat(failure(receive(initiator, refused.refusal()))).isEqualTo(Kind.NETWORK_MISMATCH);
  }

  @Test
  void otherVersion_isRefused_whateverFollowsTheVersion() {
    Bytes offerOfVersion2 = Bytes.ofHex("0200" + "ff".repeat(40));
    Handshake initiator = initiator(alice);
    start(initiator);

    Failed refused = refuse(bob, offerOfVersion2);

    assertThat(refused.failure().kind()).isEqualTo(Kind.VERSION_MISMATCH);
    assertThat(refused.failure().detail()).contains("version 2");
    assertThat(failure(receive(initiator, refused.refusal()))).isEqualTo(Kind.VERSION_MISMATCH);
  }

  @Test
  void pinnedResponder_isAcceptedWhenItIsTheOne() {
    Run run =
        Run.of(Handshake.initiator(alice, TOY, bob.identity().peerId()), Handshake.responder(bob));

    assertThat(run.initiator().peer().id()).isEqualTo(bob.identity().peerId());
  }

  @Test
  void pinnedResponder_thatIsAnother_neverLearnsWhoCalls() {
    PeerId expected = node(3).identity().peerId();
    Handshake initiator = Handshake.initiator(alice, TOY, expected);
    Handshake responder = Handshake.responder(bob);
    start(responder);

    HandshakeStep end = receive(initiator, sent(receive(responder, sent(start(initiator)))));

    // Failed carries nothing to send: no Confirmation, hence no identity, leaves this side.
    assertThat(failed(end).refusal()).isNull();
    assertThat(failure(end)).isEqualTo(Kind.WRONG_PEER);
  }

  @Test
  void nodeThatReachesItself_noticesBeforeConfirming() {
    Handshake initiator = initiator(alice);
    Handshake responder = Handshake.responder(alice);
    start(responder);

    HandshakeStep end = receive(initiator, sent(receive(responder, sent(start(initiator)))));

    assertThat(failure(end)).isEqualTo(Kind.SELF);
  }

  @Test
  void outcomeOfAnotherHandshakesWork_isAMistakeOfTheCaller() {
    Handshake handshake = initiator(node(1));
    Handshake another = initiator(node(3));
    HandshakeWork work = ((HandshakeStep.Compute) handshake.start()).work();
    HandshakeWork foreign = ((HandshakeStep.Compute) another.start()).work();

    assertThatIllegalStateException().isThrownBy(() -> handshake.resume(foreign.compute()));
    assertThat(handshake.resume(work.compute())).isInstanceOf(HandshakeStep.Send.class);
  }

  @Test
  void suiteThatTheSettingsDoNotList_isAMistakeOfTheCaller() {
    assertThatThrownBy(() -> Handshake.initiator(alice, OTHER_TOY, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Failed refuse(HandshakeSettings responder, Bytes offer) {
    Handshake handshake = Handshake.responder(responder);
    start(handshake);
    return failed(receive(handshake, offer));
  }
}
