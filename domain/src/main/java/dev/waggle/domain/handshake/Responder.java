package dev.waggle.domain.handshake;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeState.AcceptingOffer;
import dev.waggle.domain.handshake.HandshakeState.AwaitingConfirmation;
import dev.waggle.domain.handshake.HandshakeState.AwaitingOffer;
import dev.waggle.domain.handshake.HandshakeState.CheckingConfirmation;
import dev.waggle.domain.handshake.HandshakeState.Established;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.wire.MalformedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of the side that was dialled: it chooses from the Offer, says who it is, and
 * admits whoever then proves to be someone (PROTOCOL §4.1).
 *
 * @param pinned whom alone it admits, or null if anyone: it has dialled as well (PROTOCOL §4.8)
 */
record Responder(HandshakeSettings settings, @Nullable PeerId pinned) {

  Transition start() {
    return new Transition(new AwaitingOffer(this), new HandshakeStep.Await());
  }

  Transition receiveOffer(Bytes message) {
    HandshakeOffer offer;
    try {
      int version = HandshakeOffer.version(message);
      if (version != HandshakeOffer.VERSION) {
        return refuse(
            Kind.VERSION_MISMATCH,
            HandshakeRefusal.Code.VERSION_MISMATCH,
            "the peer offers version " + version);
      }
      offer = HandshakeOffer.decode(message);
    } catch (MalformedMessage e) {
      return Transition.malformed(e);
    }
    if (!offer.networkId().equals(settings.networkId())) {
      return refuse(
          Kind.NETWORK_MISMATCH,
          HandshakeRefusal.Code.NETWORK_MISMATCH,
          "the peer belongs to another network");
    }
    return negotiate(offer, message);
  }

  /** Takes the Offer only as PROTOCOL §4.3 says, so that nobody can talk both sides down. */
  private Transition negotiate(HandshakeOffer offer, Bytes message) {
    CipherSuite suite = settings.firstSupported(offer.suites());
    if (suite == null || suite.id() != offer.keySuite()) {
      return refuse(
          Kind.SUITE_MISMATCH,
          HandshakeRefusal.Code.SUITE_MISMATCH,
          suite == null ? "no suite in common" : "the key is not for " + suite.hexId());
    }
    String codec = settings.firstSupportedCodec(offer.codecs());
    if (codec == null) {
      return Transition.fail(Kind.CODEC_MISMATCH, "no codec in common");
    }
    if (offer.kemKey().length() != suite.kem().publicKeyLength()) {
      return Transition.fail(Kind.MALFORMED, "a key whose length is not that of the suite");
    }
    Agreed agreed = new Agreed(suite, codec, settings.commonFeatures(offer.features()));
    return Transition.compute(
        new AwaitingOffer(this), AcceptingOffer::new, () -> accept(agreed, offer, message));
  }

  /** Work. Draws: random of the Acceptance, the KEM's, the salt of the signature. */
  private Transition accept(Agreed agreed, HandshakeOffer offer, Bytes message) {
    CipherSuite suite = agreed.suite();
    Bytes random = Bytes.wrap(settings.random().bytes(HandshakeOffer.RANDOM_LENGTH));
    Encapsulation encapsulation;
    try {
      encapsulation = suite.kem().encapsulate(offer.kemKey(), settings.random());
    } catch (InvalidKeyMaterial e) {
      return Transition.malformed(e);
    }
    HandshakeAcceptance.Clear clear =
        new HandshakeAcceptance.Clear(
            suite.id(), agreed.codec(), agreed.features(), random, encapsulation.ciphertext());
    Transcript negotiated = Transcript.empty(suite.hash()).with(message).with(clear.encode());
    KeySchedule keys;
    try (SecretBytes secret = encapsulation.secret()) {
      keys = new KeySchedule(suite, secret, negotiated);
    }
    try {
      IdentityProof.Sealed proof = IdentityProof.seal(Role.RESPONDER, settings, keys, negotiated);
      return Transition.send(
          new AwaitingConfirmation(this, agreed, keys, proof.transcript()),
          new HandshakeAcceptance(clear, proof.bytes()).encode());
    } catch (RuntimeException | Error e) {
      keys.close();
      throw e;
    }
  }

  Transition receiveConfirmation(AwaitingConfirmation state, Bytes message) {
    HandshakeConfirmation confirmation;
    try {
      confirmation = HandshakeConfirmation.decode(message);
    } catch (MalformedMessage e) {
      return Transition.malformed(e);
    }
    if (confirmation.sealedProof().length() != IdentityProof.sealedLength(state.agreed().suite())) {
      return Transition.fail(Kind.MALFORMED, "a length that is not that of the suite");
    }
    return Transition.compute(
        state, CheckingConfirmation::new, () -> check(state, confirmation.sealedProof()));
  }

  /** Work. Draws nothing. */
  private Transition check(AwaitingConfirmation state, Bytes sealedProof) {
    try (KeySchedule keys = state.keys()) {
      IdentityProof.Checked checked =
          IdentityProof.check(Role.INITIATOR, settings, keys, state.transcript(), sealedProof);
      return switch (checked) {
        case IdentityProof.Checked.Forged(String detail) -> Transition.fail(Kind.FORGED, detail);
        case IdentityProof.Checked.Proved(VerifiedPeer peer, Transcript transcript) ->
            admit(state, peer, transcript);
      };
    }
  }

  private Transition admit(AwaitingConfirmation state, VerifiedPeer peer, Transcript transcript) {
    if (peer.id().equals(settings.identity().peerId())) {
      return Transition.fail(Kind.SELF, "this node reached itself");
    }
    if (pinned != null && !peer.id().equals(pinned)) {
      return Transition.wrongPeer(pinned, peer);
    }
    HandshakeResult result =
        new HandshakeResult(
            Role.RESPONDER,
            peer,
            state.agreed().suite(),
            state.agreed().codec(),
            state.agreed().features(),
            state.keys().trafficSecret(Role.RESPONDER, transcript),
            state.keys().trafficSecret(Role.INITIATOR, transcript));
    return new Transition(new Established(), new HandshakeStep.Done(null, result));
  }

  private Transition refuse(Kind kind, HandshakeRefusal.Code code, String detail) {
    return Transition.refuse(
        kind, detail, new HandshakeRefusal(code, HandshakeOffer.VERSIONS, settings.suiteIds()));
  }
}
