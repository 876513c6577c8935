package dev.waggle.bench;

import com.sun.management.ThreadMXBean;
import dev.waggle.bench.workload.Messages;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates on the heap, to the byte. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int SAMPLES = 100;

  /** Some of them load classes, or meet what the JVM does on the side; not all of them. */
  private static final int PROBES = 10;

  private Allocation() {}

  /** Bytes that this thread has allocated since it began; asking allocates nothing. */
  static long bytesSoFar() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * Bytes of what an application is handed for one message: payload, {@code Bytes}, and the two
   * objects around it. Measured, since their size is the JVM's choice.
   */
  static long ofMessage(int payloadBytes) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < PROBES; i++) {
      least = Math.min(least, ofMessages(payloadBytes));
    }
    return least / SAMPLES;
  }

  private static long ofMessages(int payloadBytes) {
    Object[] kept = new Object[SAMPLES];
    long before = bytesSoFar();
    for (int i = 0; i < SAMPLES; i++) {
      kept[i] = Messages.gossip(new byte[payloadBytes]);
    }
    long allocated = bytesSoFar() - before;
    if (kept[SAMPLES - 1] == null) {
      throw new IllegalStateException("the messages must not be optimized away");
    }
    return allocated;
  }
}
