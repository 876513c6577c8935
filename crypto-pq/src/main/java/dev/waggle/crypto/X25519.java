package dev.waggle.crypto;

import dev.waggle.ports.crypto.InvalidKeyMaterial;

/**
 * The Diffie-Hellman function X25519 (RFC 7748 §5), the classical half of {@link XWing}.
 *
 * <p>Stateless and safe for use by any thread. Scalars and keys are 32 bytes, raw, lent.
 */
interface X25519 {
  int LENGTH = 32;

  /** The public key that belongs to a scalar: any 32 bytes, which the function clamps itself. */
  byte[] publicKey(byte[] scalar);

  /**
   * The secret shared with the holder of {@code peerPublicKey}.
   *
   * @throws InvalidKeyMaterial if it would be all zero, which only a point of small order yields
   *     (RFC 7748 §6.1)
   */
  byte[] agree(byte[] scalar, byte[] peerPublicKey) throws InvalidKeyMaterial;

  static InvalidKeyMaterial smallOrder() {
    return new InvalidKeyMaterial("X25519 public key is a point of small order");
  }
}
