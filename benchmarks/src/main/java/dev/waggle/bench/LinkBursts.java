package dev.waggle.bench;

import dev.waggle.bench.link.Application;
import dev.waggle.bench.link.Contender;
import dev.waggle.bench.link.LoopbackLink;
import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.Payloads;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A link that carries one burst of messages after the other, and tells how long the middle of each
 * took to arrive.
 *
 * <p>A burst has an eighth of that before it and an eighth behind it, a message at least, which are
 * not timed: the first wakes sleeping threads, fills the window and the caches, which others have
 * used meanwhile; the last keeps all threads busy until the time is taken.
 */
final class LinkBursts implements Application, AutoCloseable {
  private static final int TIMED_PER_MARGIN = 8;
  private static final long STALLED_SECONDS = 20;

  private final int margin;
  private final int timed;
  private final Flow flow;
  private final Arrivals arrivals;
  private final LoopbackLink link;
  private final Semaphore over = new Semaphore(0);
  private volatile @Nullable String failure;

  // The receiver's, until a burst is over.
  private int arrived;
  private long startNanos;
  private long tookNanos;

  /**
   * Connects.
   *
   * @param timed how many messages the middle has
   */
  LinkBursts(Contender contender, Payloads payloads, int timed) {
    this(payloads, timed, ends -> contender.connect(payloads, ends));
  }

  /** The same over a link that is made in another way. */
  LinkBursts(Payloads payloads, int timed, Function<LoopbackLink.Ends, LoopbackLink> connect) {
    this.timed = timed;
    margin = Math.max(1, timed / TIMED_PER_MARGIN);
    flow = new Flow(payloads.length());
    arrivals = new Arrivals(payloads, flow);
    link = connect.apply(new LoopbackLink.Ends(this, this));
    System.out.println("# " + link.describe());
  }

  /**
   * Sends a burst; returns when all of it has arrived, with the nanoseconds of its middle.
   *
   * @throws IllegalStateException if the link breaks or stalls; it says which link
   */
  long carry() {
    try {
      send();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "%s: %s, after %s".formatted(link.describe(), e.getMessage(), arrivals), e);
    }
    return tookNanos;
  }

  private void send() {
    int all = margin + timed + margin;
    for (int i = 0; i < all; i++) {
      flow.awaitRoom();
      link.send();
    }
    try {
      if (!over.tryAcquire(STALLED_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing arrives any more");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void arrived(byte[] array, int offset, int length) {
    arrivals.arrived(array, offset, length);
    arrived++;
    if (arrived == margin) {
      startNanos = System.nanoTime();
    } else if (arrived == margin + timed) {
      tookNanos = System.nanoTime() - startNanos;
    } else if (arrived == margin + timed + margin) {
      arrived = 0;
      over.release();
    }
  }

  @Override
  public void answered(long nonce) {
    arrivals.answered(nonce);
  }

  @Override
  public void fail(String why) {
    failure = why;
    flow.fail(why);
    over.release();
  }

  @Override
  public void close() {
    link.close();
  }
}
