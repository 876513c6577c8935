package dev.waggle.node.runtime;

import dev.waggle.domain.handshake.HandshakeWork;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The work of one handshake, on its way through the {@link HandshakePool} and back to its link.
 *
 * <p>Whoever gives it up, at whatever moment, has its secrets wiped (PROTOCOL §4.4): those that the
 * work holds if it has not begun, and else those of its outcome as soon as there is one. Safe from
 * any thread.
 */
final class PooledWork {
  private enum State {
    WAITING,
    RUNNING,
    /** The outcome is on its way to the link. */
    DONE,
    /** Taken or given up. */
    OVER
  }

  private final HandshakeWork work;
  private final Executor ioThread;
  private final Consumer<HandshakeWork.Outcome> then;
  private final Runnable failed;
  private State state = State.WAITING;
  private HandshakeWork.@Nullable Outcome outcome;

  /**
   * Work that is to be done.
   *
   * @param ioThread the link's; it may drop what it is given once the connection is closed
   * @param then takes the outcome there
   * @param failed what happens if the work throws, on the pool's thread
   */
  PooledWork(
      HandshakeWork work,
      Executor ioThread,
      Consumer<HandshakeWork.Outcome> then,
      Runnable failed) {
    this.work = work;
    this.ioThread = ioThread;
    this.then = then;
    this.failed = failed;
  }

  /**
   * Computes the work, unless it was given up, and sends the outcome home. What the work throws
   * comes through, after the link has heard that it failed.
   */
  void compute() {
    if (!begin()) {
      return;
    }
    try {
      HandshakeWork.Outcome computed = work.compute();
      if (isAwaited(computed)) {
        ioThread.execute(this::handOver);
      } else {
        computed.wipe();
      }
    } catch (RuntimeException | Error e) {
      giveUp();
      failed.run();
      throw e;
    }
  }

  private synchronized boolean begin() {
    if (state != State.WAITING) {
      return false;
    }
    state = State.RUNNING;
    return true;
  }

  private synchronized boolean isAwaited(HandshakeWork.Outcome computed) {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.DONE;
    outcome = computed;
    return true;
  }

  private void handOver() {
    HandshakeWork.Outcome taken = take();
    if (taken != null) {
      then.accept(taken);
    }
  }

  private synchronized HandshakeWork.@Nullable Outcome take() {
    HandshakeWork.Outcome taken = outcome;
    outcome = null;
    state = State.OVER;
    return taken;
  }

  /** Nobody awaits the outcome any more; idempotent, and without effect once it was taken. */
  synchronized void giveUp() {
    switch (state) {
      case WAITING -> work.abandon();
      case DONE -> wipeOutcome();
      case RUNNING, OVER -> {}
    }
    state = State.OVER;
  }

  private void wipeOutcome() {
    if (outcome != null) {
      outcome.wipe();
      outcome = null;
    }
  }
}
