package dev.waggle.crypto;

import dev.waggle.ports.crypto.HashFunction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash function by the JDK. */
final class JdkHash implements HashFunction {
  private final String algorithm;
  private final int length;

  JdkHash(String algorithm) {
    this.algorithm = algorithm;
    this.length = newDigest(algorithm).getDigestLength();
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
    return new JdkDigest(newDigest(algorithm));
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
