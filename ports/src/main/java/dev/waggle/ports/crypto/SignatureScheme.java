package dev.waggle.ports.crypto;

import dev.waggle.ports.Bytes;

/**
 * A signature scheme (FIPS 204, hedged, with an empty context).
 *
 * <p>Stateless and safe for use by any thread. The same random bytes give the same keys and
 * signatures whichever provider computes them: {@link #generate} draws the seed ξ, 32 bytes, {@link
 * #sign} draws {@code rnd}, 32 bytes.
 */
public interface SignatureScheme {
  /** The standard's name, for example {@code ML-DSA-65}. */
  String algorithm();

  int publicKeyLength();

  int signatureLength();

  int seedLength();

  SigningKeyPair generate(RandomSource random);

  /**
   * Expands a seed into the key pair that {@link #generate} would have made from it.
   *
   * @param seed borrowed, not kept
   * @throws InvalidKeyMaterial if the seed has a wrong length
   */
  SigningKeyPair fromSeed(SecretBytes seed) throws InvalidKeyMaterial;

  /**
   * Signs {@code message}.
   *
   * @param own a pair that this very implementation made
   * @throws IllegalArgumentException if another implementation made it
   */
  Bytes sign(SigningKeyPair own, byte[] message, RandomSource random);

  /**
   * Whether the signature holds; false for keys and signatures of any wrong shape, never a throw.
   */
  boolean verify(Bytes publicKey, byte[] message, Bytes signature);
}
