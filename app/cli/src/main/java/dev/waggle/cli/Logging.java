package dev.waggle.cli;

import ch.qos.logback.classic.LoggerContext;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log's switch. Everybody else knows the log only through SLF4J. */
final class Logging {
  /** Sets the level. */
  static void level(Level level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context
          .getLogger(Logger.ROOT_LOGGER_NAME)
          .setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
    }
  }

  /** What goes to it. */
  static Level level() {
    Logger root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    return Arrays.stream(Level.values())
        .filter(root::isEnabledForLevel)
        .reduce((_, lower) -> lower)
        .orElse(Level.ERROR);
  }

  static boolean isDebugging() {
    return LoggerFactory.getLogger(Logging.class).isDebugEnabled();
  }

  /** Writes what is queued, for a second at most; nothing is logged after that. Idempotent. */
  static synchronized void stop() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }

  private Logging() {}
}
