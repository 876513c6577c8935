package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.RandomSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The random bytes of the test vectors: SHA-256 in counter mode, which any language has (PROTOCOL
 * §11). Remembers what was drawn. Owned by one thread.
 */
final class VectorStream implements RandomSource {
  private final byte[] name;
  private final List<Bytes> draws = new ArrayList<>();
  private byte[] block = new byte[0];
  private int used;
  private long counter;

  VectorStream(String name) {
    this.name = name.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void fill(byte[] target) {
    for (int i = 0; i < target.length; i++) {
      if (used == block.length) {
        block = nextBlock();
        used = 0;
      }
      target[i] = block[used++];
    }
    draws.add(Bytes.copyOf(target));
  }

  private byte[] nextBlock() {
    return Handshakes.SHA256.hash(
        ByteBuffer.allocate(name.length + Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(name)
            .putLong(counter++)
            .array());
  }

  /** What was drawn so far, in order. */
  List<Bytes> draws() {
    return List.copyOf(draws);
  }
}
