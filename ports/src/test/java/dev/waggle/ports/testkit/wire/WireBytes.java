package dev.waggle.ports.testkit.wire;

import dev.waggle.ports.wire.WireBuffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A buffer that collects what is put into it: the plainest one there is. */
public final class WireBytes implements WireBuffer {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void putByte(int value) {
    bytes.write(value);
  }

  @Override
  public void putBytes(byte[] source, int offset, int length) {
    bytes.write(source, offset, length);
  }

  @Override
  public void putIntLittleEndian(int value) {
    bytes.writeBytes(littleEndian(4).putInt(value).array());
  }

  @Override
  public void putLongLittleEndian(long value) {
    bytes.writeBytes(littleEndian(8).putLong(value).array());
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  public byte[] toArray() {
    return bytes.toByteArray();
  }
}
