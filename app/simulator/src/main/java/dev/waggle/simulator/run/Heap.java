package dev.waggle.simulator.run;

/** How much memory is in use. */
final class Heap {
  private Heap() {}

  /** Bytes in use once what nobody needs is collected. */
  static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
