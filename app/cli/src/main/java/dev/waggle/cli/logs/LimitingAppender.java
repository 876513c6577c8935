package dev.waggle.cli.logs;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.waggle.cli.logs.RepeatLimit.Kind;
import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/**
 * Passes on as many lines as {@link RepeatLimit} allows, and says at the end of a minute how many
 * more of a kind there were. Safe from any thread.
 */
final class LimitingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final Appender<ILoggingEvent> target;
  private final LongSupplier nanoTime;
  private final RepeatLimit limit;

  /**
   * An appender that passes to {@code target}, which is the caller's to start and to stop.
   *
   * @param timer runs something later, on a thread of its own
   */
  LimitingAppender(Appender<ILoggingEvent> target, LongSupplier nanoTime, Timer timer) {
    this.target = target;
    this.nanoTime = nanoTime;
    this.limit = new RepeatLimit((kind, nanos) -> timer.run(() -> endMinute(kind), nanos));
  }

  /** Runs something after some nanoseconds. */
  interface Timer {
    void run(Runnable task, long nanos);
  }

  @Override
  protected void append(ILoggingEvent event) {
    Kind kind = new Kind(event.getLoggerName(), level(event), event.getMessage());
    boolean passes;
    synchronized (limit) {
      passes = limit.passes(kind, nanoTime.getAsLong());
    }
    if (passes) {
      target.doAppend(event);
    }
  }

  private static Level level(ILoggingEvent event) {
    return Level.intToLevel(
        ch.qos.logback.classic.Level.toLocationAwareLoggerInteger(event.getLevel()));
  }

  private void endMinute(Kind kind) {
    int held;
    synchronized (limit) {
      held = limit.end(kind);
    }
    if (held > 0 && getContext() instanceof LoggerContext context) {
      String words = kind.template().replace("{}", "…");
      Logger logger = context.getLogger(kind.logger());
      target.doAppend(
          new LoggingEvent(
              LimitingAppender.class.getName(),
              logger,
              ch.qos.logback.classic.Level.convertAnSLF4JLevel(kind.level()),
              held + " more like this in the last minute: " + words,
              null,
              null));
    }
  }
}
