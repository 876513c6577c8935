package dev.waggle.bench.machine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * The proof of the pudding: a thread for each processor spins, and counts how much of its time it
 * does not get. That sees whatever the system does not count: a hypervisor, or a container's quota.
 */
final class Spinning {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * Spins.
   *
   * @return how many of the processors were missing, on average; NaN if Java cannot tell
   */
  static double missing(int processors, Duration time) throws InterruptedException {
    if (!THREADS.isCurrentThreadCpuTimeSupported()) {
      return Double.NaN;
    }
    CyclicBarrier start = new CyclicBarrier(processors);
    DoubleAdder missing = new DoubleAdder();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < processors; i++) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("spin")
              .start(() -> missing.add(missingHere(start, time.toNanos()))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return missing.sum();
  }

  private static double missingHere(CyclicBarrier start, long nanos) {
    try {
      start.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    long begin = System.nanoTime();
    long beginCpu = THREADS.getCurrentThreadCpuTime();
    long passed = 0;
    while (passed < nanos) {
      Thread.onSpinWait();
      passed = System.nanoTime() - begin;
    }
    long cpu = THREADS.getCurrentThreadCpuTime() - beginCpu;
    return Math.max(0, 1 - (double) cpu / passed);
  }

  private Spinning() {}
}
