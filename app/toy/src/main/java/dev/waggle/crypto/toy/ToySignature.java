package dev.waggle.crypto.toy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A signature scheme with NO SECURITY, fast and deterministic, for simulations and unit tests: the
 * "private" key is the public one, so anyone can sign for anyone. It still notices every flipped
 * bit.
 *
 * <p>A signature is a salt, and a SHA-256 over salt, key and message; keys and signatures are
 * filled up with zeros to the lengths that are asked for. Safe for use by any thread.
 */
public final class ToySignature implements SignatureScheme {
  private static final int SEED_LENGTH = 32;
  private static final int SALT_LENGTH = 32;
  private static final int BODY_LENGTH = 32;

  private final int publicKeyLength;
  private final int signatureLength;

  private ToySignature(int publicKeyLength, int signatureLength) {
    this.publicKeyLength = publicKeyLength;
    this.signatureLength = signatureLength;
  }

  /** The shortest: keys of 32 bytes, signatures of 64. */
  public static ToySignature shortest() {
    return new ToySignature(SEED_LENGTH, SALT_LENGTH + BODY_LENGTH);
  }

  /**
   * One whose keys and signatures are as long as those of ML-DSA-65 (FIPS 204, table 2): whoever
   * counts bytes sees no difference.
   */
  public static ToySignature asLongAsMlDsa65() {
    return new ToySignature(1952, 3309);
  }

  @Override
  public String algorithm() {
    return "TOY-SIGNATURE";
  }

  @Override
  public int publicKeyLength() {
    return publicKeyLength;
  }

  @Override
  public int signatureLength() {
    return signatureLength;
  }

  @Override
  public int seedLength() {
    return SEED_LENGTH;
  }

  private record KeyPair(Bytes publicKey) implements SigningKeyPair {
    @Override
    public SecretBytes seed() {
      return SecretBytes.wrap(Arrays.copyOf(publicKey.borrowArray(), SEED_LENGTH));
    }
  }

  @Override
  public SigningKeyPair generate(RandomSource random) {
    return expand(random.bytes(SEED_LENGTH));
  }

  @Override
  public SigningKeyPair fromSeed(SecretBytes seed) throws InvalidKeyMaterial {
    if (seed.length() != SEED_LENGTH) {
      throw new InvalidKeyMaterial("a toy seed has " + SEED_LENGTH + " bytes");
    }
    return expand(seed.borrowArray());
  }

  private KeyPair expand(byte[] seed) {
    return new KeyPair(Bytes.wrap(Arrays.copyOf(seed, publicKeyLength)));
  }

  @Override
  public Bytes sign(SigningKeyPair own, byte[] message, RandomSource random) {
    if (!(own instanceof KeyPair)) {
      throw new IllegalArgumentException("a key pair of another implementation");
    }
    byte[] salt = random.bytes(SALT_LENGTH);
    return Bytes.wrap(signature(salt, own.publicKey(), message));
  }

  private byte[] signature(byte[] salt, Bytes publicKey, byte[] message) {
    byte[] signature = Arrays.copyOf(salt, signatureLength);
    MessageDigest digest = ToySuite.newSha256();
    digest.update(salt);
    publicKey.lendTo(digest::update);
    byte[] body = digest.digest(message);
    System.arraycopy(body, 0, signature, SALT_LENGTH, BODY_LENGTH);
    return signature;
  }

  @Override
  public boolean verify(Bytes publicKey, byte[] message, Bytes signature) {
    if (publicKey.length() != publicKeyLength || signature.length() != signatureLength) {
      return false;
    }
    byte[] raw = signature.borrowArray();
    byte[] salt = Arrays.copyOf(raw, SALT_LENGTH);
    return Arrays.equals(signature(salt, publicKey, message), raw);
  }
}
