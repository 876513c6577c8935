package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.Arrays;

/**
 * What ML-DSA (FIPS 204, pure, hedged, with an empty context) is whoever computes it: lengths,
 * their checks, and the randomness, which is drawn here so that every provider gets the same bytes.
 *
 * @param <K> the provider's private key, expanded
 */
abstract class MlDsa<K> implements SignatureScheme {
  final MlDsaParameters parameters;

  MlDsa(MlDsaParameters parameters) {
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
  public final int signatureLength() {
    return parameters.signatureLength();
  }

  @Override
  public final int seedLength() {
    return MlDsaParameters.SEED_LENGTH;
  }

  @Override
  public final SigningKeyPair generate(RandomSource random) {
    return keyPair(random.bytes(MlDsaParameters.SEED_LENGTH));
  }

  @Override
  public final SigningKeyPair fromSeed(SecretBytes seed) throws InvalidKeyMaterial {
    if (seed.length() != MlDsaParameters.SEED_LENGTH) {
      throw new InvalidKeyMaterial(
          "the seed of a key has %d bytes, not %d"
              .formatted(MlDsaParameters.SEED_LENGTH, seed.length()));
    }
    return keyPair(seed.borrowArray().clone());
  }

  private SigningKeyPair keyPair(byte[] ownedSeed) {
    Expanded<K> expanded = expand(ownedSeed.clone());
    return new KeyPair<>(this, SecretBytes.wrap(ownedSeed), expanded);
  }

  @Override
  public final Bytes sign(SigningKeyPair own, byte[] message, RandomSource random) {
    K privateKey = privateKey(own);
    byte[] rnd = random.bytes(MlDsaParameters.SEED_LENGTH);
    try {
      return Bytes.wrap(sign(privateKey, message, rnd));
    } finally {
      Arrays.fill(rnd, (byte) 0);
    }
  }

  private K privateKey(SigningKeyPair own) {
    if (own instanceof KeyPair<?> pair
        && pair.scheme.getClass() == getClass()
        && pair.scheme.parameters.equals(parameters)) {
      // The class of the scheme decides which keys its pairs hold.
      @SuppressWarnings("unchecked")
      K privateKey = (K) pair.expanded.privateKey();
      return privateKey;
    }
    throw new IllegalArgumentException("a key pair of another implementation");
  }

  @Override
  public final boolean verify(Bytes publicKey, byte[] message, Bytes signature) {
    return publicKey.length() == parameters.publicKeyLength()
        && signature.length() == parameters.signatureLength()
        && verify(publicKey.borrowArray(), message, signature.borrowArray());
  }

  /** ML-DSA.KeyGen_internal (FIPS 204 §6.1); the seed is given away, and may be wiped. */
  abstract Expanded<K> expand(byte[] seed);

  /** ML-DSA.Sign (FIPS 204 §5.2) with {@code rnd} given; all arguments are lent. */
  abstract byte[] sign(K privateKey, byte[] message, byte[] rnd);

  /** ML-DSA.Verify (FIPS 204 §5.3) of a key and a signature of the right lengths; all lent. */
  abstract boolean verify(byte[] publicKey, byte[] message, byte[] signature);

  /** What a seed expands to. */
  record Expanded<K>(Bytes publicKey, K privateKey) {}

  /** Immutable: the seed is never closed, and so may be read by many threads. */
  private static final class KeyPair<K> implements SigningKeyPair {
    private final MlDsa<K> scheme;
    private final SecretBytes seed;
    private final Expanded<K> expanded;

    KeyPair(MlDsa<K> scheme, SecretBytes seed, Expanded<K> expanded) {
      this.scheme = scheme;
      this.seed = seed;
      this.expanded = expanded;
    }

    @Override
    public Bytes publicKey() {
      return expanded.publicKey();
    }

    @Override
    public SecretBytes seed() {
      return SecretBytes.wrap(seed.borrowArray().clone());
    }
  }
}
