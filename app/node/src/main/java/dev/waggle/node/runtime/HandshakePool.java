package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads that do lattice arithmetic, so that signing never delays an established link and
 * a flood of handshakes takes no more than these. What we have dialled goes before what strangers
 * have, and strangers of each network group get as much of the threads' time as those of any other
 * that wants it (PROTOCOL §9.8). Safe from any thread.
 */
final class HandshakePool implements AutoCloseable {
  /** Whose handshakes there are; whose work waits goes in this order. */
  enum Lane {
    /** Those that we have dialled: few, and with peers whom we have chosen. */
    OURS,
    /** Those that anybody has begun with us. */
    THEIRS
  }

  /**
   * Computations of one lane that may wait. At about half a millisecond each this is a quarter of a
   * second of work: more would only be late.
   */
  static final int MAX_WAITING = 512;

  private static final Logger log = LoggerFactory.getLogger(HandshakePool.class);

  private final PriorityPool<Lane, Computation> pool;
  private final Consumer<Error> onError;
  private final AtomicInteger oursWaiting = new AtomicInteger();
  private final AtomicInteger theirsWaiting = new AtomicInteger();

  /**
   * A pool of {@code threads}.
   *
   * @param onError hears, on a thread of the pool, of an {@link Error} that work has ended in
   */
  HandshakePool(int threads, Consumer<Error> onError) {
    this.onError = onError;
    this.pool =
        new PriorityPool<>(
            threads, "waggle-handshake-", this::failed, computation -> computation.work.giveUp());
  }

  private void failed(Throwable why) {
    if (why instanceof Error error) {
      onError.accept(error);
    } else {
      log.error("a handshake's work failed, and its connection is closed", why);
    }
  }

  /** Work that counts as waiting until it is begun. */
  private final class Computation implements Runnable {
    private final PooledWork work;
    private final Lane lane;

    Computation(PooledWork work, Lane lane) {
      this.work = work;
      this.lane = lane;
    }

    @Override
    public void run() {
      waiting(lane).decrementAndGet();
      work.compute();
    }
  }

  /**
   * Has {@code work} computed on a thread of the pool.
   *
   * @param party whose handshake it is
   * @return false if too much of its lane waits already, or the pool is closed; the caller gives
   *     the work up then
   */
  boolean submit(Lane lane, Party party, PooledWork work) {
    AtomicInteger waitingHere = waiting(lane);
    if (waitingHere.incrementAndGet() > MAX_WAITING) {
      waitingHere.decrementAndGet();
      return false;
    }
    boolean submitted = pool.submit(lane, party, new Computation(work, lane));
    if (!submitted) {
      waitingHere.decrementAndGet();
    }
    return submitted;
  }

  private AtomicInteger waiting(Lane lane) {
    return switch (lane) {
      case OURS -> oursWaiting;
      case THEIRS -> theirsWaiting;
    };
  }

  /** Gives up all that waits; what is being computed ends by itself. */
  @Override
  public void close() {
    pool.close();
  }
}
