package dev.waggle.crypto;

import dev.waggle.ports.crypto.HashFunction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;

/** A hash function by the JDK. */
final class JdkHash implements HashFunction {
  private final String algorithm;

  /** Found once: to search all providers for each digest takes longer than a short hash. */
  private final Provider provider;

  private final int length;

  JdkHash(String algorithm) {
    this.algorithm = algorithm;
    MessageDigest digest = newDigest(algorithm);
    this.provider = digest.getProvider();
    this.length = digest.getDigestLength();
  }

  static MessageDigest newDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks " + algorithm, e);
    }
  }

  @Override
  public String algorithm() {
    return algorithm;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public Digest digest() {
    try {
      return new JdkDigest(MessageDigest.getInstance(algorithm, provider));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(provider + " has lost " + algorithm, e);
    }
  }

  private record JdkDigest(MessageDigest digest) implements Digest {
    @Override
    public void update(byte[] source, int offset, int length) {
      digest.update(source, offset, length);
    }

    @Override
    public byte[] finish() {
      return digest.digest();
    }
  }
}
