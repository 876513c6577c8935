package dev.waggle.cli.attack;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Any number of links that a test drives message by message, over one selector and one thread, so
 * that an attacker takes one core at most and the attacked has the others.
 *
 * <p>Shares no code with the transports under attack. {@link #open}, {@link #execute} and {@link
 * #close} may be called by any thread; whatever is thrown on the loop's own thread is thrown again
 * by {@link #close}.
 */
final class RawLinks implements AutoCloseable {
  static final int TICK_MILLIS = 20;

  /** What one link may read in its turn. */
  private static final int READ_BYTES = 64 * 1024;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<RawLink> links = new LinkedHashSet<>();
  private final List<Runnable> tickers = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  // What all links share, the loop's own.
  private final RecordBuffers buffers = new RecordBuffers();
  private final ByteBuffer reading = ByteBuffer.allocate(READ_BYTES);

  RawLinks() throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().daemon().name("raw-links").start(this::run);
  }

  /** Dials; what becomes of it, the link tells. */
  RawLink open(Endpoint target, SessionSettings settings, Behaviour behaviour) {
    RawLink link = new RawLink(this, settings, behaviour);
    execute(
        () -> {
          links.add(link);
          link.dial(target);
        });
    return link;
  }

  /** Runs {@code task} on the loop's thread, in order. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Calls {@code ticker} on the loop's thread, about every {@link #TICK_MILLIS}. */
  void everyTick(Runnable ticker) {
    execute(() -> tickers.add(ticker));
  }

  Selector selector() {
    return selector;
  }

  RecordBuffers buffers() {
    return buffers;
  }

  /** Room for what one read brings, lent until the next call. */
  ByteBuffer reading(int limit) {
    return reading.clear().limit(Math.min(limit, READ_BYTES));
  }

  void forget(RawLink link) {
    links.remove(link);
  }

  private void run() {
    try (selector) {
      long tickNanos = System.nanoTime();
      while (!closed) {
        selector.select(RawLinks::serve, TICK_MILLIS);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        long now = System.nanoTime();
        if (now - tickNanos >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
          tickNanos = now;
          List.copyOf(links).forEach(RawLink::ticked);
          tickers.forEach(Runnable::run);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    } finally {
      List.copyOf(links).forEach(link -> link.end("the test is over"));
    }
  }

  private static void serve(SelectionKey key) {
    ((RawLink) key.attachment()).ready();
  }

  /** Closes every link without a word. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure;
    if (thrown instanceof IOException e) {
      throw new UncheckedIOException("the attacker failed", e);
    }
    if (thrown != null) {
      throw new IllegalStateException("the attacker failed", thrown);
    }
  }
}
