package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.transport.Connection;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * One direction of a long stream: writes the {@link Pattern} in chunks of random sizes for as long
 * as the connection takes them, and checks it at the other end. The two sides may run on two
 * threads.
 */
final class Pump {
  private final long first;
  private final long end;
  private final SplittableRandom sizes;
  private long written;
  private long verified;

  Pump(long first, long length, long seed) {
    this.first = first;
    this.end = first + length;
    this.sizes = new SplittableRandom(seed);
    this.written = first;
    this.verified = first;
  }

  long length() {
    return end - first;
  }

  /** Writes until the connection says false, or all is written. */
  void write(Connection connection) {
    boolean more = true;
    while (more && written < end) {
      // As many chunks of 1 to 10 bytes as of 10,000 to 100,000.
      int chunk = 1 + sizes.nextInt(1 << sizes.nextInt(1, 18));
      int length = (int) Math.min(chunk, end - written);
      ByteBuffer bytes = Pattern.at(written, length);
      written += length;
      more = connection.write(bytes);
    }
  }

  void verify(ByteBuffer bytes) {
    int length = bytes.remaining();
    Pattern.verify(verified, bytes);
    verified += length;
  }
}
