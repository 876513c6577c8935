package dev.waggle.bench.workload;

import java.util.Random;

/** Payloads of one length that take turns: random, so that nothing can be compressed or guessed. */
public final class Payloads {
  /** So many that none stays in the nearest cache for its own sake. */
  private static final int COUNT = 64;

  private static final int MAX_TOTAL_BYTES = 16 * 1024 * 1024;

  private final byte[][] payloads;

  public Payloads(int length) {
    Random random = new Random(1);
    int fitting = MAX_TOTAL_BYTES / Math.max(1, length);
    payloads = new byte[Integer.highestOneBit(Math.clamp(fitting, 4, COUNT))][length];
    for (byte[] payload : payloads) {
      random.nextBytes(payload);
    }
  }

  public int length() {
    return payloads[0].length;
  }

  /** How many there are: a power of two. */
  public int count() {
    return payloads.length;
  }

  /** The payload of a message: they take turns. Lent. */
  public byte[] of(long messageNumber) {
    return payloads[(int) messageNumber & (payloads.length - 1)];
  }
}
