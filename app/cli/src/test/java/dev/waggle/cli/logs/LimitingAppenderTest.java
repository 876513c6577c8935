package dev.waggle.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitingAppenderTest {
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final LimitingAppender appender =
      new LimitingAppender(written, () -> 0, (task, _) -> later.add(task));
  private final Logger log = context.getLogger("dev.waggle.Disk");

  @BeforeEach
  void start() {
    written.start();
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  @Test
  void repeatedLine_passesAFewTimes_andThenIsCounted() {
    for (int i = 0; i < 25; i++) {
      log.warn("block {} of {} is lost", i, "mine");
    }
    assertThat(written.list).hasSize(RepeatLimit.MAX_PROBLEMS);
    assertThat(written.list.getFirst().getFormattedMessage()).isEqualTo("block 0 of mine is lost");

    assertThat(later).hasSize(1);
    later.remove().run();
    ILoggingEvent last = written.list.getLast();
    assertThat(last.getFormattedMessage())
        .isEqualTo("15 more like this in the last minute: block … of … is lost");
    assertThat(last.getLevel().toString()).isEqualTo("WARN");
    assertThat(last.getLoggerName()).isEqualTo("dev.waggle.Disk");

    log.warn("block {} of {} is lost", 25, "mine");
    assertThat(written.list.getLast().getFormattedMessage()).isEqualTo("block 25 of mine is lost");
  }
}
