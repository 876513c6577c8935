package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;

/** The files that this process has open, sockets among them. */
public final class OpenFiles {
  private OpenFiles() {}

  /** Their number, or 0 where the system does not tell. */
  public static int count() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }

  /** Files may be closed a moment after {@code onClosed}: io_uring does so in the background. */
  public static void awaitAtMost(int limit) {
    long deadlineNanos = System.nanoTime() + Harness.SAFETY.toNanos();
    while (count() > limit && System.nanoTime() - deadlineNanos < 0) {
      Thread.onSpinWait();
    }
    assertThat(count()).as("open files").isLessThanOrEqualTo(limit);
  }
}
