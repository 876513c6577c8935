package dev.waggle.ports.crypto;

import dev.waggle.ports.Bytes;

/**
 * A long-term key pair of a {@link SignatureScheme}, as the provider that made it holds it.
 *
 * <p>Safe for use by any thread.
 */
public interface SigningKeyPair {
  /** The raw public key (FIPS 204 §7.2, {@code pkEncode}). */
  Bytes publicKey();

  /**
   * The seed ξ that {@link SignatureScheme#fromSeed} expands, 32 bytes (FIPS 204 §5.1). A copy: the
   * caller closes it.
   */
  SecretBytes seed();
}
