package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * An endless stream of bytes, each known by its place: random bytes that repeat after a prime
 * number, so that lost, doubled and exchanged chunks of any usual size are noticed.
 */
final class Pattern {
  static final int MAX_SLICE = 256 * 1024;

  private static final int PERIOD = 1_048_573;
  private static final byte[] BLOCK = block();

  private Pattern() {}

  private static byte[] block() {
    byte[] block = new byte[PERIOD + MAX_SLICE];
    new SplittableRandom(1).nextBytes(block);
    System.arraycopy(block, 0, block, PERIOD, MAX_SLICE);
    return block;
  }

  /** The bytes from {@code position} on, at most {@link #MAX_SLICE} of them. */
  static ByteBuffer at(long position, int length) {
    return ByteBuffer.wrap(BLOCK, (int) (position % PERIOD), length);
  }

  static byte[] bytes(long position, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int slice = Math.min(length - done, MAX_SLICE);
      at(position + done, slice).get(bytes, done, slice);
      done += slice;
    }
    return bytes;
  }

  /** Consumes {@code bytes}, which must be those from {@code position} on. */
  static void verify(long position, ByteBuffer bytes) {
    long next = position;
    while (bytes.hasRemaining()) {
      int length = Math.min(bytes.remaining(), MAX_SLICE);
      ByteBuffer actual = bytes.slice(bytes.position(), length);
      int mismatch = actual.mismatch(at(next, length));
      assertThat(mismatch).as("the first wrong byte after %d", next).isEqualTo(-1);
      bytes.position(bytes.position() + length);
      next += length;
    }
  }
}
