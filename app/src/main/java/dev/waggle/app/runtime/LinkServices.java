package dev.waggle.app.runtime;

import dev.waggle.ports.node.LinkId;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all links of a node share: mailbox, handshake threads, timer, clock, I/O threads' buffers.
 */
final class LinkServices implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LinkServices.class);

  private final AtomicLong lastLinkId = new AtomicLong();
  private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
  private final Mailbox mailbox;
  private final HandshakePool handshakePool;
  private final ScheduledThreadPoolExecutor timer;

  LinkServices(Mailbox mailbox, int handshakeThreads) {
    this.mailbox = mailbox;
    this.handshakePool = new HandshakePool(handshakeThreads, LinkServices::failed);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("waggle-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static void failed(Error error) {
    log.error("a thread that shakes hands has failed", error);
  }

  LinkId nextLinkId() {
    return new LinkId(lastLinkId.incrementAndGet());
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** What the links of the calling I/O thread share. */
  Workspace workspace() {
    return workspaces.get();
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
