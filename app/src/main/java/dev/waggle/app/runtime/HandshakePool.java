package dev.waggle.app.runtime;

import dev.waggle.domain.handshake.HandshakeWork;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads that do lattice arithmetic, so that signing never delays an established link and
 * a flood of handshakes takes no more than these.
 */
final class HandshakePool implements AutoCloseable {
  /**
   * Computations that may wait. At about half a millisecond each this is a quarter of a second of
   * work: more would only be late.
   */
  static final int MAX_WAITING = 512;

  private static final Logger log = LoggerFactory.getLogger(HandshakePool.class);

  private final ThreadPoolExecutor executor;

  HandshakePool(int threads) {
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("waggle-handshake-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Computes {@code work} on a thread of the pool and hands its outcome to {@code then} there.
   *
   * @return false if too much waits already; {@code then} is not called
   */
  boolean submit(HandshakeWork work, Consumer<HandshakeWork.Outcome> then) {
    try {
      executor.execute(() -> compute(work, then));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void compute(HandshakeWork work, Consumer<HandshakeWork.Outcome> then) {
    try {
      then.accept(work.compute());
    } catch (RuntimeException e) {
      log.error("a handshake's work failed; its deadline will close the connection", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
