package dev.waggle.bench.workload;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Payloads that are new each time, without the making of each: random bytes made beforehand, whose
 * first eight are changed before they go out again.
 *
 * <p>There are twice as many as a node keeps of recent messages, and whatever is on its way fits
 * into the rest. So none is changed while anybody can still look at it. Owned by one thread.
 */
public final class FreshPayloads {
  private static final int TOTAL_BYTES = 128 * 1024 * 1024;

  private final byte[][] payloads;
  private long number;

  /** Payloads of a length of at least eight. */
  public FreshPayloads(int length) {
    Random random = new Random(1);
    payloads = new byte[TOTAL_BYTES / length][length];
    for (byte[] payload : payloads) {
      random.nextBytes(payload);
    }
  }

  /** The next one; nobody's own. */
  public byte[] next() {
    byte[] payload = payloads[(int) (number % payloads.length)];
    ByteBuffer.wrap(payload).putLong(number++);
    return payload;
  }
}
