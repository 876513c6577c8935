package dev.waggle.cli.events;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events as lines of JSON, each flushed, by a thread of its own.
 *
 * <p>Whoever reads the stream cannot hold the node up: {@link #accept} never blocks. When a reader
 * stalls for so long that the queue is full, the newest events are dropped and counted; once the
 * reader has caught up, an {@link Event.EventsDropped} tells it how many are missing. When the
 * reader is gone, the stream ends and the node goes on; the log says so.
 */
public final class EventStream implements Consumer<Event>, AutoCloseable {
  /** About 3 MB of lines: hours of a quiet network, seconds of a flood of transactions. */
  static final int MAX_QUEUED = 8192;

  /** How long {@link #close} waits for a reader to take what is left. */
  private static final Duration MAX_LINGER = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  /** An event and its time, or the end of the stream. */
  private sealed interface Entry {
    record At(Event event, long millis) implements Entry {}

    record End() implements Entry {}
  }

  private final OutputStream out;
  private final InstantSource clock;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;

  private EventStream(OutputStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.writer = Thread.ofPlatform().daemon().name("waggle-events").unstarted(this::write);
  }

  /**
   * Starts a stream into {@code out}, which it does not close.
   *
   * @param out must report its failures: a {@link java.io.PrintStream} does not
   */
  public static EventStream start(OutputStream out, InstantSource clock) {
    EventStream stream = new EventStream(out, clock);
    stream.writer.start();
    return stream;
  }

  /** Takes an event, stamped with the time of this call. Safe from any thread; never blocks. */
  @Override
  public void accept(Event event) {
    if (!queue.offer(new Entry.At(event, clock.millis()))
        && writer.isAlive()
        && dropped.getAndIncrement() == 0) {
      log.warn("the reader of the events is too slow: dropping events until it goes on");
    }
  }

  /** Writes what is queued, for a second at most, and ends. Idempotent. */
  @Override
  public void close() {
    long deadlineNanos = System.nanoTime() + MAX_LINGER.toNanos();
    try {
      if (writer.isAlive()
          && queue.offer(new Entry.End(), MAX_LINGER.toNanos(), TimeUnit.NANOSECONDS)) {
        writer.join(Duration.ofNanos(deadlineNanos - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      while (queue.take() instanceof Entry.At(Event event, long millis)) {
        writeLine(event, millis);
        if (queue.isEmpty()) {
          reportDropped();
        }
      }
      reportDropped();
    } catch (IOException e) {
      log.warn("nobody reads the events any more ({}): going on without", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reportDropped() throws IOException {
    long count = dropped.getAndSet(0);
    if (count > 0) {
      log.warn("the reader of the events goes on; {} were dropped", count);
      writeLine(new Event.EventsDropped(count), clock.millis());
    }
  }

  private void writeLine(Event event, long millis) throws IOException {
    out.write((EventJson.line(event, millis) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
