package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * What X-Wing makes its secret of (PROTOCOL §3), computed from the receiver's draws with nothing of
 * ours.
 */
record IndependentXWing(Bytes latticeSecret, Bytes curveSecret, Bytes secret) {
  private static final int CURVE_BYTES = 32;

  /**
   * @param seed {@code d || z}
   * @param scalar the X25519 private key
   */
  static IndependentXWing decapsulate(
      byte[] seed, byte[] scalar, byte[] publicKey, byte[] ciphertext)
      throws GeneralSecurityException {
    byte[] latticeCiphertext = Arrays.copyOf(ciphertext, ciphertext.length - CURVE_BYTES);
    byte[] ephemeral = last(ciphertext);
    byte[] latticeSecret =
        new MLKEMExtractor(new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed))
            .extractSecret(latticeCiphertext);
    byte[] curveSecret = new byte[CURVE_BYTES];
    new X25519PrivateKeyParameters(scalar)
        .generateSecret(new X25519PublicKeyParameters(ephemeral), curveSecret, 0);
    MessageDigest sha3 = MessageDigest.getInstance("SHA3-256");
    sha3.update(latticeSecret);
    sha3.update(curveSecret);
    sha3.update(ephemeral);
    sha3.update(last(publicKey));
    byte[] secret = sha3.digest("\\.//^\\".getBytes(StandardCharsets.US_ASCII));
    return new IndependentXWing(
        Bytes.wrap(latticeSecret), Bytes.wrap(curveSecret), Bytes.wrap(secret));
  }

  HandshakeVector.XWing parts() {
    return new HandshakeVector.XWing(latticeSecret.hex(), curveSecret.hex());
  }

  private static byte[] last(byte[] bytes) {
    return Arrays.copyOfRange(bytes, bytes.length - CURVE_BYTES, bytes.length);
  }
}
