package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.Arrays;
import java.util.List;

/**
 * An attacker who takes part in a handshake: it shares all keys with its victim, and keeps no rule.
 *
 * @param keys of its handshake with the victim
 * @param transcript T2 if the victim has yet to see a proof of it, else T5
 */
record Insider(HandshakeSettings settings, KeySchedule keys, Transcript transcript, Proof victim) {

  /** A proof of identity, opened. */
  record Proof(Bytes publicKey, Bytes signature, Bytes mac) {}

  /** Plays the initiator against {@code responder}, up to the Confirmation. */
  static Insider dialling(HandshakeSettings own, Handshake responder) {
    CipherSuite suite = own.suites().getFirst();
    try (KemKeyPair key = suite.kem().generate(own.random())) {
      Bytes offer =
          new HandshakeOffer(
                  HandshakeOffer.VERSIONS,
                  own.networkId(),
                  own.suiteIds(),
                  own.codecs(),
                  own.features(),
                  Bytes.wrap(own.random().bytes(32)),
                  suite.id(),
                  key.publicKey())
              .encode();
      start(responder);
      HandshakeAcceptance acceptance =
          (HandshakeAcceptance) HandshakeAnswer.decode(sent(receive(responder, offer)));
      Transcript negotiated =
          Transcript.empty(suite.hash()).with(offer).with(acceptance.clear().encode());
      SecretBytes secret = suite.kem().decapsulate(key, acceptance.clear().kemCiphertext());
      KeySchedule keys = new KeySchedule(suite, secret, negotiated);
      Proof proof = open(keys, Role.RESPONDER, acceptance.sealedProof());
      return new Insider(own, keys, with(negotiated, proof), proof);
    } catch (InvalidKeyMaterial | MalformedMessage e) {
      throw new AssertionError(e);
    }
  }

  /** What a proof under the keys of {@code keys} says. */
  static Proof open(KeySchedule keys, Role sender, Bytes sealed) {
    CipherSuite suite = keys.suite();
    byte[] buffer = new byte[sealed.length()];
    int length =
        suite
            .aead()
            .opener(keys.sealingKey(sender))
            .open(nonce(suite), sealed.borrowArray(), 0, 0, 0, sealed.length(), buffer);
    int keyEnd = suite.signature().publicKeyLength();
    int signatureEnd = keyEnd + suite.signature().signatureLength();
    return new Proof(
        Bytes.wrap(Arrays.copyOf(buffer, keyEnd)),
        Bytes.wrap(Arrays.copyOfRange(buffer, keyEnd, signatureEnd)),
        Bytes.wrap(Arrays.copyOfRange(buffer, signatureEnd, length)));
  }

  /** A transcript with the elements of {@code proof}. */
  static Transcript with(Transcript transcript, Proof proof) {
    return transcript.with(proof.publicKey()).with(proof.signature()).with(proof.mac());
  }

  /** A proof whose MAC holds, whatever the signature is. */
  Proof proof(Role role, Bytes publicKey, Bytes signature) {
    Transcript signed = transcript.with(publicKey).with(signature);
    byte[] mac = keys.suite().kdf().mac(keys.macKey(role), signed.hash().borrowArray());
    return new Proof(publicKey, signature, Bytes.wrap(mac));
  }

  /** Our own signature over the transcript so far and our key, under any label. */
  Bytes sign(String label) {
    Transcript named = transcript.with(publicKey());
    return keys.suite()
        .signature()
        .sign(settings.identity().keyPair(), Labels.join(label, named.hash()), settings.random());
  }

  Bytes publicKey() {
    return settings.identity().keyPair().publicKey();
  }

  /** Seals a proof as {@code sender} would. */
  Bytes seal(Role sender, Proof proof) {
    CipherSuite suite = keys.suite();
    byte[] buffer = new byte[IdentityProof.sealedLength(suite)];
    proof.publicKey().copyTo(buffer, 0);
    proof.signature().copyTo(buffer, proof.publicKey().length());
    proof.mac().copyTo(buffer, proof.publicKey().length() + proof.signature().length());
    suite
        .aead()
        .sealer(keys.sealingKey(sender))
        .seal(nonce(suite), buffer, 0, 0, 0, buffer.length - suite.aead().tagLength());
    return Bytes.wrap(buffer);
  }

  Bytes confirmation(Proof proof) {
    return new HandshakeConfirmation(seal(Role.INITIATOR, proof)).encode();
  }

  /** What we answer to an Offer, with keys that we share with whoever sent it. */
  record Answer(HandshakeAcceptance.Clear clear, Insider insider) {
    static Answer to(Bytes offer, HandshakeSettings own) {
      CipherSuite suite = own.suites().getFirst();
      try {
        HandshakeOffer decoded = HandshakeOffer.decode(offer);
        Encapsulation shared = suite.kem().encapsulate(decoded.kemKey(), own.random());
        HandshakeAcceptance.Clear clear =
            new HandshakeAcceptance.Clear(
                suite.id(),
                decoded.codecs().getFirst(),
                List.of(),
                Bytes.wrap(own.random().bytes(32)),
                shared.ciphertext());
        Transcript negotiated = Transcript.empty(suite.hash()).with(offer).with(clear.encode());
        KeySchedule keys = new KeySchedule(suite, shared.secret(), negotiated);
        return new Answer(clear, new Insider(own, keys, negotiated, null));
      } catch (InvalidKeyMaterial | MalformedMessage e) {
        throw new AssertionError(e);
      }
    }

    Bytes acceptance(Proof proof) {
      return new HandshakeAcceptance(clear, insider.seal(Role.RESPONDER, proof)).encode();
    }
  }

  private static byte[] nonce(CipherSuite suite) {
    return new byte[suite.aead().nonceLength()];
  }
}
