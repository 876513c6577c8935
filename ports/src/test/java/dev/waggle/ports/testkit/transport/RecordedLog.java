package dev.waggle.ports.testkit.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears the warnings of one class, which nobody else hears until this is closed. */
public final class RecordedLog extends Handler implements AutoCloseable {
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Logger logger;

  /** Begins to hear the logger that has the name of {@code type}. */
  public RecordedLog(Class<?> type) {
    logger = Logger.getLogger(type.getName());
    logger.setLevel(Level.WARNING); // Whatever others have set above it.
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** What was said so far, without the exceptions. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void publish(LogRecord record) {
    warnings.add(record.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }
}
