package dev.waggle.ports;

import java.nio.ByteBuffer;
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
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Wraps {@code owned} without copying it; the caller gives the array away. */
  public static Bytes wrap(byte[] owned) {
    return owned.length == 0 ? EMPTY : new Bytes(owned, 0, owned.length);
  }

  /**
   * Wraps {@code length} bytes of {@code owned} from {@code offset} on without copying them; the
   * caller gives the array away, all of which stays in memory as long as this value does.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside the array
   */
  public static Bytes wrap(byte[] owned, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, owned.length);
    return length == 0 ? EMPTY : new Bytes(owned, offset, length);
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
    return length;
  }

  /** Copies all bytes into {@code target} from {@code targetOffset} on. */
  public void copyTo(byte[] target, int targetOffset) {
    System.arraycopy(array, offset, target, targetOffset, length);
  }

  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** What looks at bytes where they lie. */
  @FunctionalInterface
  public interface Borrower {
    /** Takes {@code length} bytes of {@code array} from {@code offset} on; none may be changed. */
    void borrow(byte[] array, int offset, int length);
  }

  /**
   * Lends these bytes, where they lie, so that the hot path need not copy them. Whoever writes to
   * the array breaks the promise of this class.
   */
  public void lendTo(Borrower borrower) {
    borrower.borrow(array, offset, length);
  }

  /**
   * An array of just these bytes: the one behind this value, lent, or a copy where they are a part
   * of that. So it is for keys and the like; long payloads are {@link #lendTo lent}. Whoever writes
   * to it breaks the promise of this class.
   */
  public byte[] borrowArray() {
    return length == array.length ? array : toArray();
  }

  /** Lower-case hexadecimal digits, two a byte. */
  public String hex() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }

  /** Compares byte by byte, unsigned; a prefix comes before what it begins. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes
        && Arrays.equals(
            array, offset, offset + length, bytes.array, bytes.offset, bytes.offset + bytes.length);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(array, offset, length).hashCode();
  }

  /** The bytes in hexadecimal, or their number and the first eight where there are more than 40. */
  @Override
  public String toString() {
    return length <= 40
        ? hex()
        : HexFormat.of().formatHex(array, offset, offset + 8) + "...(" + length + " bytes)";
  }
}
