package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.Arrays;

/**
 * What proves who a side is: its public key, a signature and a MAC, sealed (PROTOCOL §4.5).
 *
 * <p>The signature proves that the holder of the key takes part in this very handshake. The MAC
 * proves that it is the one who shares the keys, so that nobody can claim another's signature for a
 * link of his own (SIGMA's "identity under the MAC").
 */
final class IdentityProof {

  /**
   * A proof as it goes over the wire.
   *
   * @param transcript with the three elements of the proof
   */
  record Sealed(Bytes bytes, Transcript transcript) {}

  /** What a check found. */
  sealed interface Checked {
    /** Everything holds. */
    record Proved(VerifiedPeer peer, Transcript transcript) implements Checked {}

    /** Something does not. */
    record Forged(String detail) implements Checked {}
  }

  private IdentityProof() {}

  /** How many bytes a sealed proof has. */
  static int sealedLength(CipherSuite suite) {
    return suite.signature().publicKeyLength()
        + suite.signature().signatureLength()
        + suite.kdf().hashLength()
        + suite.aead().tagLength();
  }

  /** Proves our identity in {@code own} role. */
  static Sealed seal(
      Role own, HandshakeSettings settings, KeySchedule keys, Transcript transcript) {
    CipherSuite suite = keys.suite();
    Bytes publicKey = settings.identity().keyPair().publicKey();
    Transcript named = transcript.with(publicKey);
    Bytes signature =
        suite
            .signature()
            .sign(
                settings.identity().keyPair(),
                Labels.join(own.signatureLabel(), named.hash()),
                settings.random());
    Transcript signed = named.with(signature);
    Bytes mac = mac(own, keys, signed);

    byte[] buffer = new byte[sealedLength(suite)];
    publicKey.copyTo(buffer, 0);
    signature.copyTo(buffer, publicKey.length());
    mac.copyTo(buffer, publicKey.length() + signature.length());
    Aead aead = suite.aead();
    try (SecretBytes key = keys.sealingKey(own)) {
      aead.sealer(key)
          .seal(new byte[aead.nonceLength()], buffer, 0, 0, 0, buffer.length - aead.tagLength());
    }
    return new Sealed(Bytes.wrap(buffer), signed.with(mac));
  }

  /**
   * Checks the proof of the side in {@code peer} role.
   *
   * @param sealed of {@link #sealedLength}
   */
  static Checked check(
      Role peer,
      HandshakeSettings settings,
      KeySchedule keys,
      Transcript transcript,
      Bytes sealed) {
    CipherSuite suite = keys.suite();
    Aead aead = suite.aead();
    byte[] buffer = new byte[sealed.length() - aead.tagLength()];
    try (SecretBytes key = keys.sealingKey(peer)) {
      byte[] nonce = new byte[aead.nonceLength()];
      int length =
          aead.opener(key).open(nonce, sealed.borrowArray(), 0, 0, 0, sealed.length(), buffer);
      if (length == Aead.Opener.FORGED) {
        return new Checked.Forged("the sealed part does not open");
      }
    }
    int keyEnd = suite.signature().publicKeyLength();
    int signatureEnd = keyEnd + suite.signature().signatureLength();
    int macEnd = signatureEnd + suite.kdf().hashLength();
    Bytes publicKey = Bytes.wrap(Arrays.copyOfRange(buffer, 0, keyEnd));
    Bytes signature = Bytes.wrap(Arrays.copyOfRange(buffer, keyEnd, signatureEnd));
    Bytes mac = Bytes.wrap(Arrays.copyOfRange(buffer, signatureEnd, macEnd));

    Transcript named = transcript.with(publicKey);
    Transcript signed = named.with(signature);
    if (!equalInConstantTime(mac(peer, keys, signed), mac)) {
      return new Checked.Forged("the MAC does not hold");
    }
    byte[] message = Labels.join(peer.signatureLabel(), named.hash());
    if (!suite.signature().verify(publicKey, message, signature)) {
      return new Checked.Forged("the signature does not hold");
    }
    return new Checked.Proved(
        new VerifiedPeer(settings.peerId(publicKey), publicKey), signed.with(mac));
  }

  private static Bytes mac(Role role, KeySchedule keys, Transcript signed) {
    try (SecretBytes key = keys.macKey(role)) {
      return Bytes.wrap(keys.suite().kdf().mac(key, signed.hash().borrowArray()));
    }
  }

  private static boolean equalInConstantTime(Bytes one, Bytes other) {
    try (SecretBytes a = SecretBytes.wrap(one.toArray());
        SecretBytes b = SecretBytes.wrap(other.toArray())) {
      return a.equals(b);
    }
  }
}
