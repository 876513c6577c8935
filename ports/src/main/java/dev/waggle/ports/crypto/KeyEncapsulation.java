package dev.waggle.ports.crypto;

import dev.waggle.ports.Bytes;

/**
 * A key encapsulation mechanism (FIPS 203, or a hybrid of it).
 *
 * <p>Stateless and safe for use by any thread. The same random bytes give the same keys and
 * ciphertexts whichever provider computes them: {@link #generate} draws {@code d}, then {@code z},
 * 32 bytes each (FIPS 203 §7.1), {@link #encapsulate} draws {@code m}, 32 bytes (§7.2); a hybrid
 * draws for its classical half after that.
 */
public interface KeyEncapsulation {
  /** The standard's name, for example {@code ML-KEM-768}. */
  String algorithm();

  int publicKeyLength();

  int ciphertextLength();

  int secretLength();

  KemKeyPair generate(RandomSource random);

  /**
   * Makes a fresh secret for whoever holds the private key to {@code publicKey}.
   *
   * @throws InvalidKeyMaterial if the key has a wrong length or fails the modulus check (FIPS 203
   *     §7.2)
   */
  Encapsulation encapsulate(Bytes publicKey, RandomSource random) throws InvalidKeyMaterial;

  /**
   * Recovers the secret. A ciphertext of the right length that was tampered with yields a secret
   * that nobody else has (implicit rejection, FIPS 203 §6.3), not an error.
   *
   * @param own a pair that this very implementation generated, not yet closed
   * @throws IllegalArgumentException if another implementation generated it
   * @throws IllegalStateException if it was closed
   * @throws InvalidKeyMaterial if the ciphertext has a wrong length
   */
  SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext) throws InvalidKeyMaterial;
}
