package dev.waggle.bench;

/** A thread that sends messages over a link, as many as its {@link Flow} admits, until closed. */
final class LinkLoad implements AutoCloseable {
  private final LoopbackLink link;
  private final Flow flow;
  private final Application told;
  private final Thread thread;
  private volatile boolean over;

  /**
   * Begins.
   *
   * @param told hears of it when the load cannot go on
   */
  LinkLoad(LoopbackLink link, Flow flow, Application told) {
    this.link = link;
    this.flow = flow;
    this.told = told;
    thread = Thread.ofPlatform().daemon().name("load").start(this::run);
  }

  private void run() {
    try {
      while (!over) {
        flow.awaitRoom();
        link.send();
      }
    } catch (RuntimeException e) {
      told.fail("the load has ended: " + e.getMessage());
    }
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
