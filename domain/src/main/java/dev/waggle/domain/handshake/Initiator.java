package dev.waggle.domain.handshake;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeState.AwaitingAcceptance;
import dev.waggle.domain.handshake.HandshakeState.CheckingAcceptance;
import dev.waggle.domain.handshake.HandshakeState.Established;
import dev.waggle.domain.handshake.HandshakeState.GeneratingKey;
import dev.waggle.domain.handshake.HandshakeState.InitiatorIdle;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.wire.MalformedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of the side that dialled: it offers, checks who answers, and only then says who
 * it is (PROTOCOL §4.1).
 *
 * @param keySuite the suite that the ephemeral key is for, one of the settings'
 * @param pinned who must answer, or null if anyone may
 */
record Initiator(HandshakeSettings settings, CipherSuite keySuite, @Nullable PeerId pinned) {
  Initiator {
    if (!settings.suiteIds().contains(keySuite.id())) {
      throw new IllegalArgumentException(keySuite + " is not one of the suites of this node");
    }
  }

  Transition start() {
    return Transition.compute(
        new InitiatorIdle(this),
        GeneratingKey::new,
        () -> {
          AwaitingAcceptance offered = offer();
          return Transition.send(offered, offered.offer());
        });
  }

  /** Work. Draws: random of the Offer, then the KEM's (PROTOCOL §11). */
  AwaitingAcceptance offer() {
    Bytes random = Bytes.wrap(settings.random().bytes(HandshakeOffer.RANDOM_LENGTH));
    KemKeyPair key = keySuite.kem().generate(settings.random());
    HandshakeOffer offer =
        new HandshakeOffer(
            HandshakeOffer.VERSIONS,
            settings.networkId(),
            settings.suiteIds(),
            settings.codecs(),
            settings.features(),
            random,
            keySuite.id(),
            key.publicKey());
    return new AwaitingAcceptance(this, key, offer.encode());
  }

  Transition receive(AwaitingAcceptance state, Bytes message) {
    HandshakeAnswer answer;
    try {
      answer = HandshakeAnswer.decode(message);
    } catch (MalformedMessage e) {
      return Transition.malformed(e);
    }
    return switch (answer) {
      case HandshakeRefusal refusal -> Transition.fail(refused(refusal));
      case HandshakeAcceptance acceptance -> accepted(state, acceptance);
    };
  }

  private HandshakeFailure refused(HandshakeRefusal refusal) {
    return switch (refusal.code()) {
      case VERSION_MISMATCH ->
          new HandshakeFailure(
              Kind.VERSION_MISMATCH,
              "the peer speaks the versions %s, this node %s"
                  .formatted(refusal.versions(), HandshakeOffer.VERSIONS));
      case NETWORK_MISMATCH ->
          new HandshakeFailure(Kind.NETWORK_MISMATCH, "the peer belongs to another network");
      case SUITE_MISMATCH -> {
        CipherSuite best = settings.preferredAmong(refusal.suites());
        // Were it the suite that we have just tried, trying again would lead here again.
        CipherSuite retry = best == null || best.id() == keySuite.id() ? null : best;
        yield new HandshakeFailure(
            Kind.SUITE_MISMATCH,
            "the peer refused a key for %s".formatted(keySuite.hexId()),
            retry);
      }
    };
  }

  private Transition accepted(AwaitingAcceptance state, HandshakeAcceptance acceptance) {
    HandshakeAcceptance.Clear clear = acceptance.clear();
    if (clear.suite() != keySuite.id()) {
      return Transition.fail(Kind.UNEXPECTED, "the peer chose a suite that the key is not for");
    }
    if (!settings.codecs().contains(clear.codec())) {
      return Transition.fail(Kind.UNEXPECTED, "the peer chose a codec that was not offered");
    }
    if (!settings.features().containsAll(clear.features())) {
      return Transition.fail(Kind.UNEXPECTED, "the peer chose a feature that was not offered");
    }
    if (clear.kemCiphertext().length() != keySuite.kem().ciphertextLength()
        || acceptance.sealedProof().length() != IdentityProof.sealedLength(keySuite)) {
      return Transition.fail(Kind.MALFORMED, "lengths that are not those of the suite");
    }
    return Transition.compute(state, CheckingAcceptance::new, () -> check(state, acceptance));
  }

  /** Work. Draws: the salt of the signature. */
  private Transition check(AwaitingAcceptance state, HandshakeAcceptance acceptance) {
    Transcript negotiated =
        Transcript.empty(keySuite.hash()).with(state.offer()).with(acceptance.clear().encode());
    try (KemKeyPair key = state.key();
        SecretBytes secret = keySuite.kem().decapsulate(key, acceptance.clear().kemCiphertext());
        KeySchedule keys = new KeySchedule(keySuite, secret, negotiated)) {
      IdentityProof.Checked checked =
          IdentityProof.check(Role.RESPONDER, settings, keys, negotiated, acceptance.sealedProof());
      return switch (checked) {
        case IdentityProof.Checked.Forged(String detail) -> Transition.fail(Kind.FORGED, detail);
        case IdentityProof.Checked.Proved(VerifiedPeer peer, Transcript transcript) ->
            confirm(keys, peer, transcript, acceptance.clear());
      };
    } catch (InvalidKeyMaterial e) {
      return Transition.malformed(e);
    }
  }

  /** The responder is proved; whether it is the right one is decided before we name ourselves. */
  private Transition confirm(
      KeySchedule keys,
      VerifiedPeer peer,
      Transcript transcript,
      HandshakeAcceptance.Clear chosen) {
    if (peer.id().equals(settings.identity().peerId())) {
      return Transition.fail(Kind.SELF, "this node reached itself");
    }
    if (pinned != null && !peer.id().equals(pinned)) {
      return Transition.wrongPeer(pinned, peer);
    }
    IdentityProof.Sealed proof = IdentityProof.seal(Role.INITIATOR, settings, keys, transcript);
    HandshakeResult result =
        new HandshakeResult(
            Role.INITIATOR,
            peer,
            keySuite,
            chosen.codec(),
            chosen.features(),
            keys.trafficSecret(Role.INITIATOR, proof.transcript()),
            keys.trafficSecret(Role.RESPONDER, proof.transcript()));
    Bytes confirmation = new HandshakeConfirmation(proof.bytes()).encode();
    return new Transition(new Established(), new HandshakeStep.Done(confirmation, result));
  }
}
