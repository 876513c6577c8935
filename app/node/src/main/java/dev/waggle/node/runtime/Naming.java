package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Has large messages named beside the I/O threads, which would read nothing else meanwhile: 64 KiB
 * take 40 microseconds to hash, and less to receive. Asked by the mailbox.
 *
 * <p>All that waits in a queue of the {@link Mailbox} is named in one go, up to a time, so that
 * whoever sends much costs few changes of threads; blocks go before the rest.
 */
final class Naming {
  /** For what one queue has in one go; one message more than that at most. */
  private static final long MAX_NANOS = Duration.ofMillis(1).toNanos();

  private final PriorityPool<Lane, Runnable> pool;
  private final Supplier<Intake> intake;

  /**
   * Names in {@code pool}.
   *
   * @param intake the calling thread's
   */
  Naming(PriorityPool<Lane, Runnable> pool, Supplier<Intake> intake) {
    this.pool = pool;
    this.intake = intake;
  }

  /** Has the next messages of a queue named that is held back, and then resumes it. */
  void name(Mailbox mailbox, Inbox.Queue queue, Lane lane) {
    MessageSource source = Objects.requireNonNull(queue.inbox().source(), "named already");
    boolean _ =
        pool.submit(
            lane,
            source.party(),
            () -> {
              nameSome(mailbox.takeInHand(queue));
              mailbox.resume(queue, lane);
            });
  }

  private void nameSome(Batch batch) {
    Intake mine = intake.get();
    long began = System.nanoTime();
    for (int i = 0; i < batch.waiting() && System.nanoTime() - began < MAX_NANOS; i++) {
      if (batch.peek(i) instanceof Prepared next && !next.isNamed()) {
        mine.name(next);
      }
    }
  }
}
