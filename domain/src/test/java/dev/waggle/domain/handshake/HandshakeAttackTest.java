package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.done;
import static dev.waggle.domain.handshake.Handshakes.failed;
import static dev.waggle.domain.handshake.Handshakes.initiator;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.domain.handshake.Insider.Proof;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks on who is at the other end, carried out, in each suite. */
@ParameterizedClass
@MethodSource("dev.waggle.domain.handshake.Suites#all")
final class HandshakeAttackTest {
  private final CipherSuite suite;
  private final HandshakeSettings alice;
  private final HandshakeSettings bob;
  private final HandshakeSettings eve;

  HandshakeAttackTest(CipherSuite suite) {
    this.suite = suite;
    this.alice = node(1, suite);
    this.bob = node(2, suite);
    this.eve = node(3, suite);
  }

  @Test
  void recordedOfferAndConfirmation_admitNobody() {
    Run recorded = Run.of(alice, bob);

    Handshake responder = responder(bob);
    Bytes acceptance = sent(receive(responder, recorded.offer()));

    assertThat(acceptance).isNotEqualTo(recorded.acceptance());
    assertForged(receive(responder, recorded.confirmation()), "does not open");
  }

  @Test
  void recordedAcceptance_foolsNoInitiator() {
    Run recorded = Run.of(alice, bob);
    Handshake initiator = initiator(alice);
    start(initiator);

    assertForged(receive(initiator, recorded.acceptance()), "does not open");
  }

  @Test
  void reflectedOffer_isNoAnswer() {
    Handshake initiator = initiator(alice);
    Bytes offer = sent(start(initiator));

    assertThat(Handshakes.failure(receive(initiator, offer))).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void reflectedProof_doesNotOpen() throws Exception {
    Handshake responder = responder(bob);
    Bytes acceptance = sent(receive(responder, sent(start(initiator(alice)))));
    Bytes proof = ((HandshakeAcceptance) HandshakeAnswer.decode(acceptance)).sealedProof();

    HandshakeStep end = receive(responder, new HandshakeConfirmation(proof).encode());

    assertForged(end, "does not open");
  }

  @Test
  void reflectedSignature_ofOneWhoSharesTheKeys_doesNotHold() {
    Handshake responder = Handshake.responder(bob);
    Insider insider = Insider.dialling(eve, responder);
    Proof bobs = insider.victim();

    Proof reflected = insider.proof(Role.INITIATOR, bobs.publicKey(), bobs.signature());

    assertForged(receive(responder, insider.confirmation(reflected)), "signature");
  }

  @Test
  void insider_whoKeepsTheRules_isAdmittedAsItself() {
    // Shows that what fails in the tests around this one fails for the reason that they name.
    Handshake responder = Handshake.responder(bob);
    Insider insider = Insider.dialling(eve, responder);
    Bytes signature = insider.sign(Role.INITIATOR.signatureLabel());

    Proof honest = insider.proof(Role.INITIATOR, insider.publicKey(), signature);

    assertThat(done(receive(responder, insider.confirmation(honest))).result().peer().id())
        .isEqualTo(eve.identity().peerId());
  }

  @Test
  void nodeThatReachesItself_isNotAdmitted_evenIfItDoesNotNotice() {
    Handshake responder = Handshake.responder(bob);
    Insider itself = Insider.dialling(Handshakes.withRandom(bob, 4), responder);
    Bytes signature = itself.sign(Role.INITIATOR.signatureLabel());

    Proof honest = itself.proof(Role.INITIATOR, itself.publicKey(), signature);

    assertThat(failed(receive(responder, itself.confirmation(honest))))
        .isEqualTo(
            new HandshakeStep.Failed(
                new HandshakeFailure(Kind.SELF, "this node reached itself"), null));
  }

  @Test
  void signatureMadeInTheOtherRole_doesNotHold() {
    Handshake responder = Handshake.responder(bob);
    Insider insider = Insider.dialling(eve, responder);
    Bytes signature = insider.sign(Role.RESPONDER.signatureLabel());

    Proof proof = insider.proof(Role.INITIATOR, insider.publicKey(), signature);

    assertForged(receive(responder, insider.confirmation(proof)), "signature");
  }

  @Test
  void macUnderTheOtherDirectionsKey_doesNotHold() {
    Handshake responder = Handshake.responder(bob);
    Insider insider = Insider.dialling(eve, responder);
    Bytes signature = insider.sign(Role.INITIATOR.signatureLabel());

    Proof proof = insider.proof(Role.RESPONDER, insider.publicKey(), signature);

    assertForged(receive(responder, insider.confirmation(proof)), "MAC");
  }

  @Test
  void signatureOfAnotherHandshake_admitsNobodyUnderItsSignersName() {
    // Alice dials Eve, honestly. Eve then dials Bob and shows what Alice has signed.
    Handshake toEve = initiator(alice);
    Insider.Answer answer = Insider.Answer.to(sent(start(toEve)), eve);
    Proof alices = confirmationOf(toEve, answer);
    Handshake responder = Handshake.responder(bob);
    Insider insider = Insider.dialling(eve, responder);

    Proof stolen = insider.proof(Role.INITIATOR, alices.publicKey(), alices.signature());

    assertForged(receive(responder, insider.confirmation(stolen)), "signature");
  }

  @Test
  void identityWithoutItsKey_isForged() {
    Handshake responder = Handshake.responder(bob);
    Insider insider = Insider.dialling(eve, responder);
    Bytes signature = insider.sign(Role.INITIATOR.signatureLabel());

    Proof proof = insider.proof(Role.INITIATOR, alice.identity().keyPair().publicKey(), signature);

    assertForged(receive(responder, insider.confirmation(proof)), "signature");
  }

  @Test
  void oneWhoDoesNotShareTheKeys_cannotPutItsNameOnTheLink() {
    // Unknown key share: Eve passes on what Alice and Bob say, but wants Bob to believe that the
    // keys are hers. She can sign all that was said; she cannot make the MAC.
    Handshake responder = responder(bob);
    Bytes offer = sent(start(initiator(alice)));
    HandshakeAcceptance acceptance = decoded(sent(receive(responder, offer)));
    Transcript negotiated =
        Transcript.empty(suite.hash()).with(offer).with(acceptance.clear().encode());
    SecretBytes guess = SecretBytes.wrap(eve.random().bytes(suite.kem().secretLength()));
    KeySchedule guessed = new KeySchedule(suite, guess, negotiated);
    Insider outsider = new Insider(eve, guessed, negotiated, null);
    Bytes signature = outsider.sign(Role.INITIATOR.signatureLabel());

    Proof proof = outsider.proof(Role.INITIATOR, outsider.publicKey(), signature);

    assertForged(receive(responder, outsider.confirmation(proof)), "does not open");
  }

  @Test
  void middlemanInTheKeyExchange_cannotPassOnTheRespondersSignature() {
    // Eve exchanges keys of her own with both. Bob's signature names her key, not Alice's.
    Handshake initiator = initiator(alice);
    Bytes offer = sent(start(initiator));
    Insider towardsBob = Insider.dialling(eve, Handshake.responder(bob));
    Proof bobs = towardsBob.victim();
    Insider.Answer answer = Insider.Answer.to(offer, eve);

    Proof passedOn = answer.insider().proof(Role.RESPONDER, bobs.publicKey(), bobs.signature());

    assertForged(receive(initiator, answer.acceptance(passedOn)), "signature");
  }

  @Test
  void wrongResponder_whoIsPinned_isNotEvenNamedIfItsProofIsForged() {
    // What a forged proof claims is no news: it must not reach the operator as another's name.
    Handshake initiator = Handshake.initiator(alice, suite, bob.identity().peerId());
    Insider.Answer answer = Insider.Answer.to(sent(start(initiator)), eve);
    Bytes notASignature = Bytes.wrap(new byte[suite.signature().signatureLength()]);

    Proof proof =
        answer
            .insider()
            .proof(Role.RESPONDER, alice.identity().keyPair().publicKey(), notASignature);

    assertForged(receive(initiator, answer.acceptance(proof)), "signature");
  }

  @Test
  void everyKeyOfAHandshake_isAnother() {
    Transcript negotiated = Transcript.empty(suite.hash());
    SecretBytes secret = SecretBytes.wrap(alice.random().bytes(suite.kem().secretLength()));
    KeySchedule keys = new KeySchedule(suite, secret, negotiated);
    List<Bytes> all = new ArrayList<>();
    for (Role role : Role.values()) {
      all.add(first32(keys.sealingKey(role)));
      all.add(first32(keys.macKey(role)));
      all.add(first32(keys.trafficSecret(role, negotiated)));
    }

    assertThat(all).doesNotHaveDuplicates();
  }

  private static Handshake responder(HandshakeSettings settings) {
    Handshake responder = Handshake.responder(settings);
    start(responder);
    return responder;
  }

  /** What {@code initiator} confirms to an insider who answers it by the rules. */
  private static Proof confirmationOf(Handshake initiator, Insider.Answer answer) {
    Insider insider = answer.insider();
    Bytes signature = insider.sign(Role.RESPONDER.signatureLabel());
    Proof proof = insider.proof(Role.RESPONDER, insider.publicKey(), signature);
    Bytes confirmation = done(receive(initiator, answer.acceptance(proof))).lastMessage();
    try {
      Bytes sealed = HandshakeConfirmation.decode(confirmation).sealedProof();
      return Insider.open(insider.keys(), Role.INITIATOR, sealed);
    } catch (MalformedMessage e) {
      throw new AssertionError(e);
    }
  }

  private static HandshakeAcceptance decoded(Bytes acceptance) {
    try {
      return (HandshakeAcceptance) HandshakeAnswer.decode(acceptance);
    } catch (MalformedMessage e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes first32(SecretBytes secret) {
    return Bytes.copyOf(secret.borrowArray(), 0, 32);
  }

  private static void assertForged(HandshakeStep end, String detail) {
    assertThat(failed(end).failure().kind()).isEqualTo(Kind.FORGED);
    assertThat(failed(end).failure().detail()).contains(detail);
    assertThat(failed(end).refusal()).isNull();
  }
}
