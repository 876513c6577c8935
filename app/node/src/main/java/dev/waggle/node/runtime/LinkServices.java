package dev.waggle.node.runtime;

import dev.waggle.ports.node.LinkId;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all links of a node share: mailbox, memory, handshake threads, timer, clock, I/O threads'
 * buffers.
 */
final class LinkServices implements AutoCloseable {
  private final AtomicLong lastLinkId = new AtomicLong();
  private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
  private final Supplier<Intake> intake;
  private final Mailbox mailbox;
  private final MemoryBudget budget;
  private final SharedMemory incoming;
  private final SharedMemory outgoing;
  private final HandshakePool handshakePool;
  private final ScheduledThreadPoolExecutor timer;

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
    this.incoming = new SharedMemory(budget.incomingBytes(), this::nanoTime);
    this.outgoing = new SharedMemory(budget.outgoingBytes(), this::nanoTime);
    this.handshakePool = new HandshakePool(handshakeThreads, onError);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("waggle-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
  boolean compute(HandshakePool.Lane lane, PooledWork work) {
    return handshakePool.submit(lane, work);
  }

  /**
   * Runs {@code task}, which must not block, after {@code delayNanos}.
   *
   * @return cancels it
   */
  Runnable schedule(long delayNanos, Runnable task) {
    if (timer.isShutdown()) {
      return () -> {};
    }
    ScheduledFuture<?> future = timer.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    handshakePool.close();
  }
}
