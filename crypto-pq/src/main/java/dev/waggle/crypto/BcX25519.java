package dev.waggle.crypto;

import dev.waggle.ports.crypto.InvalidKeyMaterial;

/** X25519 by Bouncy Castle's lightweight classes. */
final class BcX25519 implements X25519 {
  @Override
  public byte[] publicKey(byte[] scalar) {
    byte[] publicKey = new byte[LENGTH];
    org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(scalar, 0, publicKey, 0);
    return publicKey;
  }

  @Override
  public byte[] agree(byte[] scalar, byte[] peerPublicKey) throws InvalidKeyMaterial {
    byte[] secret = new byte[LENGTH];
    if (!org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
        scalar, 0, peerPublicKey, 0, secret, 0)) {
      throw X25519.smallOrder();
    }
    return secret;
  }
}
