package dev.waggle.cli.line;

/** Counts bytes, and lets no more through than it was told to. Safe from any thread. */
final class Meter {
  private long bytes;
  private long limit = Long.MAX_VALUE;

  /** Counts bytes that are about to pass; waits while they are too many. */
  synchronized void pass(int count) throws InterruptedException {
    while (bytes + count > limit) {
      wait();
    }
    bytes += count;
  }

  synchronized void limit(long newLimit) {
    limit = newLimit;
    notifyAll();
  }

  synchronized long bytes() {
    return bytes;
  }
}
