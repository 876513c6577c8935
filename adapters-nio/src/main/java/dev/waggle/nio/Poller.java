package dev.waggle.nio;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.function.Consumer;

/**
 * The selector of one event loop, which is replaced when it fails to wait.
 *
 * <p>Selectors of some systems have returned at once, time and again, with nothing to report: a
 * processor is burnt and nobody notices. A fresh selector with the same channels has always cured
 * that. A pending interrupt of the thread has the same effect, and is simply taken back.
 *
 * <p>{@link #wakeup} is safe from any thread, the rest belongs to the loop's.
 */
final class Poller implements AutoCloseable {
  /** The way to wait: {@link Selector#select(Consumer, long)}, or something stranger in tests. */
  interface Waiting {
    int select(Selector selector, Consumer<SelectionKey> dispatch, long timeoutMillis)
        throws IOException;
  }

  /**
   * So many turns in a row without any reason make a selector suspect. A late wakeup, or a clock
   * that is coarser than a deadline, makes no more than a few.
   */
  static final int MAX_IDLE_TURNS = 512;

  /** Stands for no limit. */
  static final long FOREVER = Long.MAX_VALUE;

  private static final System.Logger LOG = System.getLogger(Poller.class.getName());

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Waiting waiting;
  private final Consumer<SelectionKey> dispatch = Poller::dispatch;
  private volatile Selector selector;
  private int idleTurns;

  Poller(Waiting waiting) throws IOException {
    this.waiting = waiting;
    this.selector = Selector.open();
  }

  /** The implementation in use, for the operator. */
  String implementation() {
    return selector.getClass().getName();
  }

  void register(SelectableChannel channel, int operations, Handler handler) throws IOException {
    handler.registered(channel.register(selector, operations, handler));
  }

  /** Lets handlers know what is ready, without waiting. Returns the number of channels. */
  int poll() throws IOException {
    return selector.selectNow(dispatch);
  }

  /**
   * Waits until a channel is ready, somebody calls {@link #wakeup}, or the time is over, and lets
   * handlers know what is ready. Returns the number of channels.
   *
   * @param nanos more than zero
   */
  int await(long nanos) throws IOException {
    return waiting.select(selector, dispatch, millis(nanos));
  }

  /**
   * In the selector's words, where 0 is for ever; rounded up, lest the last moment is spun away.
   */
  private static long millis(long nanos) {
    return nanos == FOREVER ? 0 : (nanos - 1) / NANOS_PER_MILLI + 1;
  }

  void wakeup() {
    selector.wakeup();
  }

  private static void dispatch(SelectionKey key) {
    if (!key.isValid()) {
      return; // closed by a handler that was called before, in the same turn
    }
    Handler handler = (Handler) key.attachment();
    try {
      handler.ready(key.readyOps());
    } catch (Throwable thrown) {
      handler.failed(thrown);
    }
  }

  /**
   * A turn of the loop is over.
   *
   * @param idle nothing was ready, due, or to do
   */
  void turned(boolean idle) {
    if (!idle) {
      idleTurns = 0;
    } else if (!Thread.interrupted() && ++idleTurns == MAX_IDLE_TURNS) {
      LOG.log(System.Logger.Level.WARNING, "a selector does not wait; it is replaced");
      rebuild();
    }
  }

  /** Moves all channels to a new selector; if there is none to be had, the old one stays. */
  void rebuild() {
    idleTurns = 0;
    Selector fresh;
    try {
      fresh = Selector.open();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "no new selector", e);
      return;
    }
    Selector stale = selector;
    selector = fresh;
    for (SelectionKey key : List.copyOf(stale.keys())) {
      if (key.isValid()) {
        move(key);
      }
    }
    close(stale);
  }

  private void move(SelectionKey key) {
    Handler handler = (Handler) key.attachment();
    try {
      register(key.channel(), key.interestOps(), handler);
    } catch (IOException | RuntimeException e) {
      handler.failed(e);
    }
  }

  /** Forgets all channels; those that were closed before are released. */
  @Override
  public void close() {
    close(selector);
  }

  private static void close(Selector selector) {
    try {
      selector.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a selector was not closed", e);
    }
  }
}
