package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.ports.node.LinkId;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all links of a node share: mailbox, memory, handshake threads, timer, clock, I/O threads'
 * buffers.
 */
final class LinkServices implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LinkServices.class);

  private final AtomicLong lastLinkId = new AtomicLong();
  private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
  private final Supplier<Intake> intake;
  private final Mailbox mailbox;
  private final MemoryBudget budget;
  private final SharedMemory incoming;
  private final SharedMemory outgoing;
  private final HandshakePool handshakePool;
  private final ScheduledThreadPoolExecutor timer;
  private final Consumer<Error> onError;

  /**
   * Services of a node.
   *
   * @param intake the calling thread's
   * @param onError hears of an {@link Error} on one of the threads here
   */
  LinkServices(
      Mailbox mailbox,
      Supplier<Intake> intake,
      MemoryBudget budget,
      int handshakeThreads,
      Consumer<Error> onError) {
    this.intake = intake;
    this.mailbox = mailbox;
    this.budget = budget;
    this.onError = onError;
    this.incoming = new SharedMemory(budget.incomingBytes(), this::nanoTime);
    this.outgoing = new SharedMemory(budget.outgoingBytes(), this::nanoTime);
    this.handshakePool = new HandshakePool(handshakeThreads, onError);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("waggle-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  LinkId nextLinkId() {
    return new LinkId(lastLinkId.incrementAndGet());
  }

  Mailbox mailbox() {
    return mailbox;
  }

  MemoryBudget budget() {
    return budget;
  }

  /** For messages that span records, from their first record until the node has handled them. */
  SharedMemory incoming() {
    return incoming;
  }

  /** For what waits to be sent. */
  SharedMemory outgoing() {
    return outgoing;
  }

  /** What the links of the calling I/O thread share. */
  Workspace workspace() {
    return workspaces.get();
  }

  /** What the calling I/O thread does with messages before the node hears of them. */
  Intake intake() {
    return intake.get();
  }

  /** The clock of the node, for differences only. */
  long nanoTime() {
    return System.nanoTime();
  }

  /** See {@link HandshakePool#submit}. */
  boolean compute(HandshakePool.Lane lane, Party party, PooledWork work) {
    return handshakePool.submit(lane, party, work);
  }

  /**
   * Runs {@code task}, which must not block, after {@code delayNanos}; never, once this is closed.
   *
   * @return cancels it
   */
  Runnable schedule(long delayNanos, Runnable task) {
    ScheduledFuture<?> future =
        timer.schedule(() -> guarded(task), delayNanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      caught(thrown);
    }
  }

  /** Something was thrown where nobody can answer for it: an error ends the node. */
  void caught(Throwable thrown) {
    if (thrown instanceof Error error) {
      onError.accept(error);
    } else {
      log.error("a mistake of ours; the node goes on", thrown);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    handshakePool.close();
  }
}
