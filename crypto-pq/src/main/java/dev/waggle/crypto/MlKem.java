package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.Arrays;

/**
 * What ML-KEM (FIPS 203) is whoever computes it: lengths, their checks, and the randomness, which
 * is drawn here so that every provider gets the same bytes in the same order.
 */
abstract class MlKem implements KeyEncapsulation {
  final MlKemParameters parameters;

  MlKem(MlKemParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public final String algorithm() {
    return parameters.algorithm();
  }

  @Override
  public final int publicKeyLength() {
    return parameters.publicKeyLength();
  }

  @Override
  public final int ciphertextLength() {
    return parameters.ciphertextLength();
  }

  @Override
  public final int secretLength() {
    return MlKemParameters.SEED_LENGTH;
  }

  @Override
  public final KemKeyPair generate(RandomSource random) {
    byte[] d = random.bytes(MlKemParameters.SEED_LENGTH);
    byte[] z = random.bytes(MlKemParameters.SEED_LENGTH);
    byte[] seed = Arrays.copyOf(d, d.length + z.length);
    System.arraycopy(z, 0, seed, d.length, z.length);
    try {
      return expand(seed);
    } finally {
      Arrays.fill(d, (byte) 0);
      Arrays.fill(z, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  public final Encapsulation encapsulate(Bytes publicKey, RandomSource random)
      throws InvalidKeyMaterial {
    requireLength("public key", publicKey, parameters.publicKeyLength());
    byte[] m = random.bytes(MlKemParameters.SEED_LENGTH);
    try {
      return encapsulate(publicKey.borrowArray(), m);
    } finally {
      Arrays.fill(m, (byte) 0);
    }
  }

  @Override
  public final SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext) throws InvalidKeyMaterial {
    requireLength("ciphertext", ciphertext, parameters.ciphertextLength());
    return SecretBytes.wrap(decapsulate(own, ciphertext.borrowArray()));
  }

  /** ML-KEM.KeyGen_internal (FIPS 203 §6.1) from {@code d} and {@code z}, joined; lent. */
  abstract KemKeyPair expand(byte[] seed);

  /** ML-KEM.Encaps (FIPS 203 §7.2) with {@code m} given; all arguments are lent. */
  abstract Encapsulation encapsulate(byte[] publicKey, byte[] m) throws InvalidKeyMaterial;

  /** ML-KEM.Decaps (FIPS 203 §7.3) of a ciphertext of the right length. */
  abstract byte[] decapsulate(KemKeyPair own, byte[] ciphertext);

  static IllegalArgumentException foreignKeyPair() {
    return new IllegalArgumentException("a key pair of another implementation");
  }

  static IllegalStateException closedKeyPair() {
    return new IllegalStateException("this key pair was closed");
  }

  private void requireLength(String what, Bytes value, int length) throws InvalidKeyMaterial {
    if (value.length() != length) {
      throw new InvalidKeyMaterial(
          "%s %s has %d bytes, not %d".formatted(algorithm(), what, length, value.length()));
    }
  }
}
