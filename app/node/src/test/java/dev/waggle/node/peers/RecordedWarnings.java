package dev.waggle.node.peers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class says at the level of information and above, which nobody else hears meanwhile. */
public final class RecordedWarnings implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  /** Begins to hear the logger that has the name of {@code type}. */
  public RecordedWarnings(Class<?> type) {
    logger = (Logger) LoggerFactory.getLogger(type);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    heard.start();
    logger.addAppender(heard);
  }

  /** Each as its level and what was said, such as {@code WARN it is damaged}. */
  public List<String> lines() {
    return List.copyOf(heard.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(heard);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
