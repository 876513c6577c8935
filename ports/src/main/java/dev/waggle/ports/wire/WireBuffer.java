package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;

/**
 * Takes the bytes that a codec puts out. There is no random access: behind it may be a record that
 * is sealed as soon as it is full.
 */
public interface WireBuffer extends Bytes.Borrower {
  void putByte(int value);

  /** Copies {@code length} bytes of {@code source} from {@code offset} on. */
  void putBytes(byte[] source, int offset, int length);

  /** Four bytes, the least significant first. */
  void putIntLittleEndian(int value);

  /** Eight bytes, the least significant first. */
  void putLongLittleEndian(long value);

  default void putBytes(Bytes bytes) {
    bytes.lendTo(this); // which makes no object, as a reference to the method above would
  }

  @Override
  default void borrow(byte[] array, int offset, int length) {
    putBytes(array, offset, length);
  }
}
