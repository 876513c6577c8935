package dev.waggle.ports.crypto;

import dev.waggle.ports.Bytes;

/**
 * An ephemeral key pair of a {@link KeyEncapsulation}, as the provider that generated it holds it.
 *
 * <p>The private part never leaves the provider. {@link #close} drops it, which is where forward
 * secrecy begins. Owned by one thread at a time.
 */
public interface KemKeyPair extends AutoCloseable {
  /** The encapsulation key, encoded as FIPS 203 (and for hybrids the suite) defines. */
  Bytes publicKey();

  /** Forgets the private key; idempotent. */
  @Override
  void close();
}
