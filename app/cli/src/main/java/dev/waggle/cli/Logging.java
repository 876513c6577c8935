package dev.waggle.cli;

import ch.qos.logback.classic.LoggerContext;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.logs.LogAppender;
import dev.waggle.cli.logs.LogFormat;
import dev.waggle.node.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log's switch. Everybody else knows the log only through SLF4J. */
final class Logging {
  /** As logback.xml names it. */
  private static final String APPENDER = "log";

  /** Sets the level; at any time, and from any thread. */
  static void level(Level level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      root(context).setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
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

  /**
   * Has the log go on in this form, in this place.
   *
   * @param file null for stderr
   * @param say takes a line for the operator if the file fails
   * @throws ConfigProblem if the file cannot be opened
   */
  static void to(LogFormat format, @Nullable Path file, Consumer<String> say) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && root(context).getAppender(APPENDER) instanceof LogAppender appender) {
      try {
        appender.switchTo(format, file, say);
      } catch (IOException e) {
        throw ConfigProblem.because(
            CliKeys.LOG_FILE.name(), String.valueOf(file), "cannot be opened: " + e.getMessage());
      }
    }
  }

  private static ch.qos.logback.classic.Logger root(LoggerContext context) {
    return context.getLogger(Logger.ROOT_LOGGER_NAME);
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
