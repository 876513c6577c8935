package dev.waggle.crypto;

import dev.waggle.ports.crypto.InvalidKeyMaterial;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import javax.crypto.KeyAgreement;

/** X25519 by the JDK's own provider. */
final class JdkX25519 implements X25519 {
  private static final String PROVIDER = "SunEC";
  private static final String ALGORITHM = "X25519";
  private static final PublicKeyInfo PUBLIC_KEY_INFO =
      PublicKeyInfo.withPrefix("302a300506032b656e032100", LENGTH);

  private final PublicKey basePoint;

  /**
   * @throws GeneralSecurityException if this Java lacks the algorithm
   */
  JdkX25519() throws GeneralSecurityException {
    byte[] nine = new byte[LENGTH];
    nine[0] = 9;
    this.basePoint = parse(nine);
    KeyAgreement.getInstance(ALGORITHM, PROVIDER);
  }

  private static PublicKey parse(byte[] publicKey) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM, PROVIDER)
        .generatePublic(PUBLIC_KEY_INFO.wrap(publicKey));
  }

  @Override
  public byte[] publicKey(byte[] scalar) {
    try {
      return multiply(scalar, basePoint);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot derive an X25519 key", e);
    }
  }

  @Override
  public byte[] agree(byte[] scalar, byte[] peerPublicKey) throws InvalidKeyMaterial {
    try {
      return multiply(scalar, parse(peerPublicKey));
    } catch (InvalidKeyException e) {
      throw X25519.smallOrder();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot agree on an X25519 secret", e);
    }
  }

  private static byte[] multiply(byte[] scalar, PublicKey point) throws GeneralSecurityException {
    XECPrivateKeySpec spec = new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar);
    KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM, PROVIDER);
    agreement.init(KeyFactory.getInstance(ALGORITHM, PROVIDER).generatePrivate(spec));
    agreement.doPhase(point, true);
    return agreement.generateSecret();
  }
}
