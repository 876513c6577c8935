package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;

/** A KEM that does what another one does, for subclasses that change one thing. */
class ForwardingKem implements KeyEncapsulation {
  private final KeyEncapsulation kem;

  ForwardingKem(KeyEncapsulation kem) {
    this.kem = kem;
  }

  /** {@code suite} with another KEM. */
  static CipherSuite in(CipherSuite suite, KeyEncapsulation kem) {
    return new CipherSuite(
        suite.id(), suite.name(), kem, suite.signature(), suite.aead(), suite.hash(), suite.kdf());
  }

  /**
   * {@code suite}, but it refuses keys and ciphertexts of zeros only, as real KEMs refuse keys
   * beyond the modulus and points of small order.
   */
  static CipherSuite refusingZeros(CipherSuite suite) {
    return in(
        suite,
        new ForwardingKem(suite.kem()) {
          @Override
          public Encapsulation encapsulate(Bytes publicKey, RandomSource random)
              throws InvalidKeyMaterial {
            requireNotZero(publicKey);
            return super.encapsulate(publicKey, random);
          }

          @Override
          public SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext)
              throws InvalidKeyMaterial {
            requireNotZero(ciphertext);
            return super.decapsulate(own, ciphertext);
          }
        });
  }

  private static void requireNotZero(Bytes bytes) throws InvalidKeyMaterial {
    if (bytes.equals(Bytes.wrap(new byte[bytes.length()]))) {
      throw new InvalidKeyMaterial("nothing but zeros");
    }
  }

  @Override
  public String algorithm() {
    return kem.algorithm();
  }

  @Override
  public int publicKeyLength() {
    return kem.publicKeyLength();
  }

  @Override
  public int ciphertextLength() {
    return kem.ciphertextLength();
  }

  @Override
  public int secretLength() {
    return kem.secretLength();
  }

  @Override
  public KemKeyPair generate(RandomSource random) {
    return kem.generate(random);
  }

  @Override
  public Encapsulation encapsulate(Bytes publicKey, RandomSource random) throws InvalidKeyMaterial {
    return kem.encapsulate(publicKey, random);
  }

  @Override
  public SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext) throws InvalidKeyMaterial {
    return kem.decapsulate(own, ciphertext);
  }
}
