package dev.waggle.ports;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable string of public bytes: a key, a ciphertext, a payload.
 *
 * <p>Secrets belong in {@link dev.waggle.ports.crypto.SecretBytes}, which compares in constant time
 * and never prints itself. Safe for use by any thread.
 */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Wraps {@code owned} without copying it; the caller gives the array away. */
  public static Bytes wrap(byte[] owned) {
    return owned.length == 0 ? EMPTY : new Bytes(owned);
  }

  public static Bytes copyOf(byte[] source) {
    return wrap(source.clone());
  }

  /**
   * Copies {@code length} bytes of {@code source} from {@code offset} on.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside the array
   */
  public static Bytes copyOf(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    return wrap(Arrays.copyOfRange(source, offset, offset + length));
  }

  /**
   * Parses hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if {@code hex} is not an even number of hexadecimal digits
   */
  public static Bytes ofHex(String hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return array.length;
  }

  /** Copies all bytes into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(array, 0, target, offset, array.length);
  }

  public byte[] toArray() {
    return array.clone();
  }

  /**
   * The array behind this value, lent so that the hot path need not copy it. Whoever writes to it
   * breaks the promise of this class.
   */
  public byte[] borrowArray() {
    return array;
  }

  /** Lower-case hexadecimal digits, two a byte. */
  public String hex() {
    return HexFormat.of().formatHex(array);
  }

  /** Compares byte by byte, unsigned; a prefix comes before what it begins. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** The bytes in hexadecimal, or their number and the first eight where there are more than 40. */
  @Override
  public String toString() {
    return array.length <= 40
        ? hex()
        : HexFormat.of().formatHex(array, 0, 8) + "...(" + array.length + " bytes)";
  }
}
