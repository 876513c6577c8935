package dev.waggle.cli;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Lets a command end in good order, and in time: on Ctrl-C or SIGTERM with exit code 0, and with
 * one of its own when the node has failed.
 *
 * <p>By default a JVM that is told to end by a signal runs its shutdown hooks and exits with 128
 * and the signal's number. Here the hook wakes the command, waits until it has closed everything,
 * and then halts the JVM with 0. That needs no signal handler, for which there is no public API,
 * and works on all systems. It means that other hooks are not waited for; so nothing may rely on
 * them.
 *
 * <p>After a failure nothing can be relied on at all: the failed node may not let itself be closed,
 * and what was to be closed may have failed with it. So a thread of its own halts the JVM when the
 * time is over, whatever the others are doing.
 */
final class Shutdown implements AutoCloseable {
  /** A node must be down within 5 s; what is left of that is for the log and the JVM. */
  static final Duration DEADLINE = Duration.ofSeconds(4);

  private final Consumer<String> say;
  private final IntConsumer halt;
  private final Duration deadline;
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("waggle-shutdown").unstarted(this::end);
  private final Thread watchdog =
      Thread.ofPlatform().daemon().name("waggle-watchdog").unstarted(this::guard);
  private volatile int exitCode = ExitCode.OK;

  Shutdown(Consumer<String> say, IntConsumer halt, Duration deadline) {
    this.say = say;
    this.halt = halt;
    this.deadline = deadline;
  }

  /**
   * The one of this process.
   *
   * @param say takes a line for the operator
   */
  static Shutdown install(Consumer<String> say) {
    Shutdown shutdown = new Shutdown(say, Runtime.getRuntime()::halt, DEADLINE);
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** One that leaves signals to the JVM, and only watches. */
  static Shutdown afterFailures(Consumer<String> say) {
    return new Shutdown(say, Runtime.getRuntime()::halt, DEADLINE);
  }

  /**
   * Watches a node: when it has failed by itself, wakes the command, and ends the process with
   * {@link ExitCode#NODE_FAILED} even if the command does not. The first failure counts.
   *
   * @param failure completes with what the node failed on, by any thread
   * @param words says that to the operator
   */
  <T> void watch(CompletionStage<T> failure, Function<T, String> words) {
    watch(failure, ExitCode.NODE_FAILED, words);
  }

  /** Watches for another failure, likewise; the process ends with {@code failedCode}. */
  <T> void watch(CompletionStage<T> failure, int failedCode, Function<T, String> words) {
    var _ = failure.thenAccept(why -> failed(why, failedCode, words));
  }

  private synchronized <T> void failed(T why, int failedCode, Function<T, String> words) {
    if (exitCode != ExitCode.OK) {
      return;
    }
    exitCode = failedCode;
    watchdog.start(); // First, for the rest may fail as the node did.
    try {
      say.accept(words.apply(why));
    } finally {
      requested.countDown(); // Last, for the process may end once the command is awake.
    }
  }

  /** Ends the process in good order, as a signal does: somebody has asked for it. */
  void request() {
    requested.countDown();
  }

  /**
   * Returns when the process is to end.
   *
   * @return the exit code
   */
  int await() throws InterruptedException {
    requested.await();
    return exitCode;
  }

  private void end() {
    requested.countDown();
    boolean inTime = isDoneInTime();
    Logging.stop();
    halt.accept(inTime || exitCode != ExitCode.OK ? exitCode : ExitCode.FAILED);
  }

  private void guard() {
    try {
      isDoneInTime();
    } finally {
      halt.accept(exitCode); // Without a word to the log, which may be what hangs.
    }
  }

  private boolean isDoneInTime() {
    try {
      return done.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
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
