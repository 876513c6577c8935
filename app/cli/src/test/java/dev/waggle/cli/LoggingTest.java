package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static final String NAME = LoggingTest.class.getName();

  /** The transport {@code nio} has no other one. */
  @Test
  void whatTheLoggerOfTheJdkIsTold_isInTheLog() {
    Logger logger = (Logger) LoggerFactory.getLogger(NAME);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    logger.addAppender(heard);
    logger.setAdditive(false);
    try {
      System.getLogger(NAME).log(System.Logger.Level.ERROR, "a listening socket is closed");
    } finally {
      logger.detachAppender(heard);
      logger.setAdditive(true);
    }

    assertThat(heard.list)
        .extracting(ILoggingEvent::getMessage)
        .containsExactly("a listening socket is closed");
  }
}
