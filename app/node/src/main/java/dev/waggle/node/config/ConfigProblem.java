package dev.waggle.node.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting that the node cannot run with. The operator is at fault, so the message is one line
 * that names the key, the value, where it was set and what is expected, and there is no stack
 * trace.
 */
public final class ConfigProblem extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String value;
  private final String complaint;
  private final @Nullable String origin;

  private ConfigProblem(String key, String value, String complaint, @Nullable String origin) {
    super(line(key, value, complaint, origin));
    this.key = key;
    this.value = value;
    this.complaint = complaint;
    this.origin = origin;
  }

  /** A value that is not one of those that {@code expected} describes. */
  public static ConfigProblem expected(String key, String value, String expected) {
    return new ConfigProblem(key, value, "expected " + expected, null);
  }

  /**
   * A value that is well formed, and yet something holds against it.
   *
   * @param complaint what, as an exception's message says it: null where it says nothing
   */
  public static ConfigProblem because(String key, String value, @Nullable String complaint) {
    String said = complaint == null ? "cannot be used" : complaint;
    return new ConfigProblem(key, value, said, null);
  }

  /** The same problem, saying where the value was set: {@code waggle.toml:3}, {@code --suite}. */
  public ConfigProblem at(String where) {
    return origin != null ? this : new ConfigProblem(key, value, complaint, where);
  }

  /** The name of the key as the file writes it, whether there is such a key or not. */
  public String key() {
    return key;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  private static String line(String key, String value, String complaint, @Nullable String origin) {
    String where = origin == null ? "" : " (" + origin + ")";
    return key + " = '" + printable(value) + "'" + where + ": " + complaint;
  }

  /** Keeps the message one line, whatever was typed. */
  private static String printable(String value) {
    return value.replaceAll("\\p{Cntrl}", "?");
  }
}
