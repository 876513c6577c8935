package dev.waggle.bench;

import dev.waggle.bench.link.Application;
import dev.waggle.bench.link.LoopbackLink;
import dev.waggle.bench.workload.Flow;
import java.util.concurrent.CountDownLatch;

/** A thread that sends messages over a link, as many as its {@link Flow} admits, until closed. */
final class LinkLoad implements AutoCloseable {
  private final LoopbackLink link;
  private final Flow flow;
  private final Application told;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean over;
  private volatile long sent;
  private long sentBefore;

  /**
   * Begins, and returns when the first message is handed over: on a machine with more to do, a new
   * thread may wait for milliseconds.
   *
   * @param told hears of it when the load cannot go on
   */
  LinkLoad(LoopbackLink link, Flow flow, Application told) {
    this.link = link;
    this.flow = flow;
    this.told = told;
    thread = Thread.ofPlatform().daemon().name("load").start(this::run);
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long count = 1;
    try {
      while (!over) {
        flow.awaitRoom();
        link.send();
        sent = count++;
        begun.countDown();
      }
    } catch (RuntimeException e) {
      told.fail("the load has ended: " + e.getMessage());
      begun.countDown();
    }
  }

  /**
   * How many messages went out since the last time.
   *
   * @throws IllegalStateException if none did: the link was not busy at all
   */
  long progress() {
    long since = sent - sentBefore;
    sentBefore += since;
    if (since == 0) {
      throw new IllegalStateException("the load stands still");
    }
    return since;
  }

  /** Ends it; what was handed over may still be under way. */
  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
