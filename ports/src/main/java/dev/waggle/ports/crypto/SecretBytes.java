package dev.waggle.ports.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that nobody may see: compared in constant time, never printed, wiped by {@link #close}.
 *
 * <p>Owned by one thread at a time. After {@code close} every use but {@code close} throws {@link
 * IllegalStateException}.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] array;
  private boolean closed;

  private SecretBytes(byte[] array) {
    this.array = array;
  }

  /** Takes {@code owned} over; the caller keeps no copy. */
  public static SecretBytes wrap(byte[] owned) {
    return new SecretBytes(owned);
  }

  public static SecretBytes copyOf(byte[] source, int offset, int length) {
    return new SecretBytes(Arrays.copyOfRange(source, offset, offset + length));
  }

  public int length() {
    return array.length;
  }

  /** The array behind this secret, lent for the duration of one computation. */
  public byte[] borrowArray() {
    if (closed) {
      throw new IllegalStateException("this secret was wiped");
    }
    return array;
  }

  /** Overwrites the secret with zeros. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(array, (byte) 0);
  }

  /** Equal content, in time that depends on the lengths only. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes secret
        && MessageDigest.isEqual(borrowArray(), secret.borrowArray());
  }

  /** The length: a hash of the content would leak it. */
  @Override
  public int hashCode() {
    return array.length;
  }

  @Override
  public String toString() {
    return "SecretBytes(" + array.length + ")";
  }
}
