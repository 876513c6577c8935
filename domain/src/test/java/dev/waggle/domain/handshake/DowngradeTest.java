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
  void offerWithoutTheSuiteOfItsKey_isMalformed() throws MalformedMessage {
    HandshakeOffer offer = offer(Handshakes.initiator(alice));

    HandshakeStep end = receive(responder, withSuites(offer, List.of(WEAK.id())));

    assertThat(failure(end)).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void offerWhoseKeyIsForAWorseSuite_isRefused() throws MalformedMessage {
    HandshakeOffer offer = offer(Handshakes.initiator(alice));

    HandshakeStep end = receive(responder, withSuites(offer, List.of(WEAK.id(), STRONG.id())));

    assertThat(failure(end)).isEqualTo(Kind.SUITE_MISMATCH);
  }

  @Test
  void offerWithoutABetterVersion_failsAtTheInitiator() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(alice);
    HandshakeOffer offer = offer(initiator);

    Bytes edited = edited(offer, List.of(9, 1), offer.suites(), offer.codecs(), offer.features());
    Bytes acceptance = sent(receive(responder, edited));

    assertThat(failure(receive(initiator, acceptance))).isEqualTo(Kind.FORGED);
  }

  @Test
  void forgedRefusalOfTheVersion_leadsToNoOtherOne() {
    Handshake first = Handshakes.initiator(alice);
    start(first);
    Bytes refusal =
        new HandshakeRefusal(
                HandshakeRefusal.Code.VERSION_MISMATCH, List.of(2, 1), List.of(STRONG.id()))
            .encode();

    HandshakeFailure failure = failed(receive(first, refusal)).failure();

    assertThat(failure.kind()).isEqualTo(Kind.VERSION_MISMATCH);
    assertThat(failure.retryWith()).isNull();
  }

  @Test
  void offerWithoutAFeature_failsAtTheInitiator() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(Handshakes.withFeatures(alice, 7, 8));
    HandshakeOffer offer = offer(initiator);
    Handshake featured = Handshake.responder(Handshakes.withFeatures(bob, 7, 8));
    start(featured);

    Bytes edited = edited(offer, offer.versions(), offer.suites(), offer.codecs(), List.of(8));
    Bytes acceptance = sent(receive(featured, edited));

    assertThat(failure(receive(initiator, acceptance))).isEqualTo(Kind.FORGED);
  }

  @Test
  void acceptanceWithoutAFeature_failsAtTheInitiator() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(Handshakes.withFeatures(alice, 7, 8));
    Handshake featured = Handshake.responder(Handshakes.withFeatures(bob, 7, 8));
    start(featured);

    Bytes acceptance = sent(receive(featured, sent(start(initiator))));

    assertThat(failure(receive(initiator, withChoice(acceptance, STRONG.id(), "good", 7))))
        .isEqualTo(Kind.FORGED);
  }

  @Test
  void acceptanceWithAFeatureThatWasNotOffered_isUnexpected() throws MalformedMessage {
    Handshake initiator = Handshakes.initiator(Handshakes.withFeatures(alice, 7));

    Bytes acceptance = sent(receive(responder, sent(start(initiator))));

    assertThat(failure(receive(initiator, withChoice(acceptance, STRONG.id(), "good", 7, 8))))
        .isEqualTo(Kind.UNEXPECTED);
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
    return new HandshakeRefusal(
            HandshakeRefusal.Code.SUITE_MISMATCH, List.of(1), List.of(only.id()))
        .encode();
  }

  private static Bytes withSuites(HandshakeOffer offer, List<Integer> suites) {
    return edited(offer, offer.versions(), suites, offer.codecs(), offer.features());
  }

  private static Bytes withCodecs(HandshakeOffer offer, List<String> codecs) {
    return edited(offer, offer.versions(), offer.suites(), codecs, offer.features());
  }

  private static Bytes edited(
      HandshakeOffer offer,
      List<Integer> versions,
      List<Integer> suites,
      List<String> codecs,
      List<Integer> features) {
    return new HandshakeOffer(
            versions,
            offer.networkId(),
            suites,
            codecs,
            features,
            offer.random(),
            offer.keySuite(),
            offer.kemKey())
        .encode();
  }

  private static Bytes withChoice(Bytes acceptance, int suite, String codec, Integer... features)
      throws MalformedMessage {
    HandshakeAcceptance decoded = (HandshakeAcceptance) HandshakeAnswer.decode(acceptance);
    HandshakeAcceptance.Clear clear = decoded.clear();
    return new HandshakeAcceptance(
            new HandshakeAcceptance.Clear(
                suite, codec, List.of(features), clear.random(), clear.kemCiphertext()),
            decoded.sealedProof())
        .encode();
  }
}
