package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.BINCODE;
import static dev.waggle.domain.handshake.Handshakes.OTHER_TOY;
import static dev.waggle.domain.handshake.Handshakes.TOY;
import static dev.waggle.domain.handshake.Handshakes.failed;
import static dev.waggle.domain.handshake.Handshakes.failure;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A man in the middle who wants two sides that prefer one suite and one codec to agree on others.
 */
final class DowngradeTest {
  private static final CipherSuite STRONG = TOY;
  private static final CipherSuite WEAK = OTHER_TOY;
  private static final List<CipherSuite> SUITES = List.of(STRONG, WEAK);
  private static final List<String> CODECS = List.of("good", BINCODE);

  private final HandshakeSettings alice = node(1, SUITES, CODECS);
  private final HandshakeSettings bob = node(2, SUITES, CODECS);
  private final Handshake responder = Handshake.responder(bob);

  @BeforeEach
  void startResponder() {
    start(responder);
  }

  @Test
  void offerWithoutTheBetterSuite_isRefused_sinceItsKeyIsForThat() throws MalformedMessage {
    HandshakeOffer offer = offer(Handshakes.initiator(alice));

    HandshakeStep end = receive(responder, withSuites(offer, List.of(WEAK.id())));

    assertThat(failure(end)).isEqualTo(Kind.SUITE_MISMATCH);
  }

  @Test
  void forgedRefusal_makesTheInitiatorRetry_butTheResponderRefusesTheWorseKey() {
    Handshake first = Handshakes.initiator(alice);
    start(first);
    CipherSuite retry = failed(receive(first, refusalFor(WEAK))).failure().retryWith();
    assertThat(retry).isEqualTo(WEAK);

    HandshakeStep end = receive(responder, sent(start(Handshake.initiator(alice, retry, null))));

    assertThat(failure(end)).isEqualTo(Kind.SUITE_MISMATCH);
  }

  @Test
  void forgedRefusalAndEditedList_failAtTheInitiator() throws MalformedMessage {
    Handshake second = Handshake.initiator(alice, WEAK, null);
    HandshakeOffer offer = offer(second);

    Bytes acceptance = sent(receive(responder, withSuites(offer, List.of(WEAK.id()))));

    assertThat(failure(receive(second, acceptance))).isEqualTo(Kind.FORGED);
  }

  @Test
  void forgedRefusal_thatNamesTheSuiteJustTried_leadsToNoRetry() {
    Handshake first = Handshakes.initiator(alice);
    start(first);

    HandshakeFailure failure = failed(receive(first, refusalFor(STRONG))).failure();

    assertThat(failure.kind()).isEqualTo(Kind.SUITE_MISMATCH);
    assertThat(failure.retryWith()).isNull();
  }

  @Test
  void offerWithoutTheBetterCodec_failsAtTheInitiator() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(alice);
    HandshakeOffer offer = offer(initiator);

    Bytes acceptance = sent(receive(responder, withCodecs(offer, List.of(BINCODE))));

    assertThat(failure(receive(initiator, acceptance))).isEqualTo(Kind.FORGED);
  }

  @Test
  void acceptanceWithTheWorseCodec_failsAtTheInitiator() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(alice);

    Bytes acceptance = sent(receive(responder, sent(start(initiator))));

    assertThat(failure(receive(initiator, withChoice(acceptance, STRONG.id(), BINCODE))))
        .isEqualTo(Kind.FORGED);
  }

  @Test
  void acceptanceWithACodecThatWasNotOffered_isUnexpected() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(alice);

    Bytes acceptance = sent(receive(responder, sent(start(initiator))));

    assertThat(failure(receive(initiator, withChoice(acceptance, STRONG.id(), "other"))))
        .isEqualTo(Kind.UNEXPECTED);
  }

  @Test
  void acceptanceWithAnotherSuite_isUnexpected() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(alice);

    Bytes acceptance = sent(receive(responder, sent(start(initiator))));

    assertThat(failure(receive(initiator, withChoice(acceptance, WEAK.id(), "good"))))
        .isEqualTo(Kind.UNEXPECTED);
  }

  private static HandshakeOffer offer(Handshake initiator) throws MalformedMessage {
    return HandshakeOffer.decode(sent(start(initiator)));
  }

  private static Bytes refusalFor(CipherSuite only) {
    return new HandshakeRefusal(HandshakeRefusal.Code.SUITE_MISMATCH, 1, List.of(only.id()))
        .encode();
  }

  private static Bytes withSuites(HandshakeOffer offer, List<Integer> suites) {
    return new HandshakeOffer(
            offer.networkId(),
            suites,
            offer.codecs(),
            offer.random(),
            offer.keySuite(),
            offer.kemKey())
        .encode();
  }

  private static Bytes withCodecs(HandshakeOffer offer, List<String> codecs) {
    return new HandshakeOffer(
            offer.networkId(),
            offer.suites(),
            codecs,
            offer.random(),
            offer.keySuite(),
            offer.kemKey())
        .encode();
  }

  private static Bytes withChoice(Bytes acceptance, int suite, String codec)
      throws MalformedMessage {
    HandshakeAcceptance decoded = (HandshakeAcceptance) HandshakeAnswer.decode(acceptance);
    HandshakeAcceptance.Clear clear = decoded.clear();
    return new HandshakeAcceptance(
            new HandshakeAcceptance.Clear(suite, codec, clear.random(), clear.kemCiphertext()),
            decoded.sealedProof())
        .encode();
  }
}
