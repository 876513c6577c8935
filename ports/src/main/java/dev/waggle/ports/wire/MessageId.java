package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The name of a gossip message: SHA-256 of its kind and payload (PROTOCOL §8.1), 32 bytes.
 *
 * <p>Held as four big-endian words, so that the seen-cache compares without touching an array.
 */
public record MessageId(long first, long second, long third, long fourth)
    implements Comparable<MessageId> {
  public static final int LENGTH = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Reads 32 bytes of {@code source} from {@code offset} on.
   *
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public static MessageId read(byte[] source, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, source.length);
    return new MessageId(
        (long) LONGS.get(source, offset),
        (long) LONGS.get(source, offset + 8),
        (long) LONGS.get(source, offset + 16),
        (long) LONGS.get(source, offset + 24));
  }

  /**
   * Parses 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static MessageId ofHex(String hex) {
    byte[] raw = Bytes.ofHex(hex).borrowArray();
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("a message id has 32 bytes, not " + raw.length);
    }
    return read(raw, 0);
  }

  public void copyTo(byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, target.length);
    LONGS.set(target, offset, first);
    LONGS.set(target, offset + 8, second);
    LONGS.set(target, offset + 16, third);
    LONGS.set(target, offset + 24, fourth);
  }

  public byte[] toArray() {
    byte[] array = new byte[LENGTH];
    copyTo(array, 0);
    return array;
  }

  public String hex() {
    return Bytes.wrap(toArray()).hex();
  }

  /** The first word: the others add nothing, for this is a hash already. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public int compareTo(MessageId other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  @Override
  public String toString() {
    return hex();
  }
}
