package dev.waggle.cli.logs;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where all lines of the log go: through {@link LimitingAppender} and a queue to stderr, as text,
 * until {@link #switchTo} says otherwise. Safe from any thread.
 */
public final class LogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /** ISO 8601, with the zone's offset. */
  static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

  /** What peers say must not look like further lines. */
  private static final String TEXT =
      "%d{\"" + TIME + "\"} %-5level %-13logger{0} %replace(%msg){'\\p{Cntrl}', '?'}%n";

  private static final int QUEUE_LINES = 1024;
  private static final int MAX_FLUSH_MILLIS = 1000;

  private volatile @Nullable Pipe pipe;

  /** Where the lines go and how they look. */
  private record End(LogFormat format, @Nullable Path file) {}

  /** A queue, and what limits what goes into it. */
  private record Pipe(End end, LimitingAppender limit, AsyncAppender queue) {
    private void stop() {
      limit.stop();
      queue.stop();
    }
  }

  @Override
  public void start() {
    pipe = pipe(new End(LogFormat.TEXT, null), console(encoder(LogFormat.TEXT)));
    super.start();
  }

  /**
   * Goes on elsewhere; what is queued is written where it was to go, for a second at most.
   *
   * @param file null for stderr
   * @param say takes a line for the operator about the file, who cannot see it in there
   * @throws IOException if the file cannot be opened; then nothing changes
   */
  public synchronized void switchTo(LogFormat format, @Nullable Path file, Consumer<String> say)
      throws IOException {
    End end = new End(format, file);
    Pipe before = pipe;
    if (before != null && before.end.equals(end)) {
      return;
    }
    Encoder<ILoggingEvent> encoder = encoder(format);
    pipe = pipe(end, file == null ? console(encoder) : file(encoder, file, say));
    if (before != null) {
      before.stop();
    }
  }

  private Encoder<ILoggingEvent> encoder(LogFormat format) {
    EncoderBase<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> text();
          case JSON -> new JsonLines(ZoneId.systemDefault());
        };
    encoder.setContext(getContext());
    encoder.start();
    return encoder;
  }

  private static PatternLayoutEncoder text() {
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setCharset(StandardCharsets.UTF_8);
    text.setPattern(TEXT);
    return text;
  }

  private static Appender<ILoggingEvent> console(Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget(ConsoleTarget.SystemErr.getName());
    console.setEncoder(encoder);
    return console;
  }

  private static Appender<ILoggingEvent> file(
      Encoder<ILoggingEvent> encoder, Path path, Consumer<String> say) throws IOException {
    OutputStream file = new RotatingFile(path, RotatingFile.MAX_BYTES, say, System::nanoTime);
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setEncoder(encoder);
    appender.setOutputStream(file);
    return appender;
  }

  private Pipe pipe(End end, Appender<ILoggingEvent> writer) {
    // A stalled reader of stderr loses lines of the log; it does not stop the node.
    AsyncAppender queue = new AsyncAppender();
    queue.setQueueSize(QUEUE_LINES);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.setMaxFlushTime(MAX_FLUSH_MILLIS);
    LimitingAppender limit = new LimitingAppender(queue, System::nanoTime, this::runLater);
    List<Appender<ILoggingEvent>> parts = List.of(writer, queue, limit);
    parts.forEach(part -> part.setContext(getContext()));
    queue.addAppender(writer);
    parts.forEach(Appender::start);
    return new Pipe(end, limit, queue);
  }

  private void runLater(Runnable task, long nanos) {
    var _ = getContext().getScheduledExecutorService().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  protected void append(ILoggingEvent event) {
    Pipe current = pipe;
    if (current != null) {
      current.limit.doAppend(event);
    }
  }

  @Override
  public void stop() {
    super.stop();
    Pipe last = pipe;
    pipe = null;
    if (last != null) {
      last.stop();
    }
  }
}
