package dev.waggle.nat;

import dev.waggle.nat.router.Stop;
import dev.waggle.ports.nat.PortMapping;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that makes the {@link MappingRounds} of one port, until it is closed. */
final class RouterLease implements PortMapping.Lease {
  /** How long routers have to forget; the rest of the second is for what the thread does. */
  private static final Duration REMOVAL = Duration.ofMillis(800);

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger(RouterLease.class.getName());

  private final MappingRounds rounds;
  private final Stop stop;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param stop which also ends what {@code rounds} wait for
   */
  RouterLease(MappingRounds rounds, Stop stop, int port) {
    this.rounds = rounds;
    this.stop = stop;
    this.thread =
        Thread.ofPlatform().daemon().name("waggle-port-mapping-" + port).unstarted(this::run);
  }

  RouterLease start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!stop.isStopped()) {
        stop.pause(round());
      }
      rounds.remove(REMOVAL);
    } catch (Error e) {
      // No memory, for example. The node is whole without this, and its mapping ends by itself.
      LOG.log(Level.ERROR, "Routers are asked no more for " + thread.getName(), e);
    } finally {
      ended.countDown();
    }
  }

  private long round() {
    try {
      return rounds.round();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A round of asking routers failed, which is a bug; it goes on", e);
      return MappingRounds.LOOK_EVERY.toNanos();
    }
  }

  @Override
  public void close() {
    stop.stop();
    if (Thread.currentThread() == thread) {
      return; // The observer closes; the routers are told when it returns.
    }
    try {
      if (!ended.await(CLOSE.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.log(Level.DEBUG, "The routers do not forget in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
