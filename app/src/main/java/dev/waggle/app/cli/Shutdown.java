package dev.waggle.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C or SIGTERM end a command in good order, with exit code 0.
 *
 * <p>By default a JVM that is told to end by a signal runs its shutdown hooks and exits with 128
 * and the signal's number. Here the hook wakes the command, waits until it has closed everything,
 * and then halts the JVM with 0. That needs no signal handler, for which there is no public API,
 * and works on all systems. It means that other hooks are not waited for; so nothing may rely on
 * them.
 */
final class Shutdown implements AutoCloseable {
  /** A node must be down within 5 s; what is left of that is for the log and the JVM. */
  static final Duration DEADLINE = Duration.ofSeconds(4);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("waggle-shutdown").unstarted(this::end);

  private Shutdown() {}

  static Shutdown install() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** Returns when the process is told to end. */
  void await() throws InterruptedException {
    requested.await();
  }

  private void end() {
    requested.countDown();
    int exitCode = isDoneInTime() ? ExitCode.OK : ExitCode.FAILED;
    Logging.stop();
    Runtime.getRuntime().halt(exitCode);
  }

  private boolean isDoneInTime() {
    try {
      return done.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Everything is closed. If no signal has come, the command's own exit code counts from here. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The hook runs already, and waits for this:
      done.countDown();
    }
  }
}
