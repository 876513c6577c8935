package dev.waggle.node.config;

import java.util.Locale;

/**
 * One thing that an operator can set: its names, its default and its meaning, described once for
 * the file, the environment, the flags and the help. The node's own stand in {@link ConfigKeys};
 * whoever puts more on top of a node has more.
 *
 * @param <T> what a value is once it is parsed
 */
public final class ConfigKey<T> {
  /** What every variable of the environment that is ours begins with. */
  public static final String ENV_PREFIX = "WAGGLE_";

  private final String name;
  private final String flag;
  private final ValueType<T> type;
  private final boolean repeatable;
  private final boolean isSwitch;
  private final String defaultText;
  private final String description;

  private ConfigKey(
      String name,
      String flag,
      ValueType<T> type,
      boolean repeatable,
      boolean isSwitch,
      String defaultText,
      String description) {
    this.name = name;
    this.flag = flag;
    this.type = type;
    this.repeatable = repeatable;
    this.isSwitch = isSwitch;
    this.defaultText = defaultText;
    this.description = description;
  }

  /**
   * A key.
   *
   * @param name as the file writes it: lower case, with underscores
   * @param defaultText as an operator would write it; empty for an empty list, or for nothing
   * @param description a sentence for the help
   */
  public static <T> ConfigKey<T> of(
      String name, ValueType<T> type, String defaultText, String description) {
    return new ConfigKey<>(name, flag(name), type, false, false, defaultText, description);
  }

  /** A key that is off by default, and whose flag alone puts it on. */
  public static ConfigKey<Boolean> ofSwitch(String name, String description) {
    return new ConfigKey<>(name, flag(name), ValueType.bool(), false, true, "false", description);
  }

  private static String flag(String name) {
    return "--" + name.replace('_', '-');
  }

  /** This key, as one that takes several values: an array in the file, a flag given repeatedly. */
  public ConfigKey<T> repeatable(String flagOfOne) {
    return new ConfigKey<>(name, flagOfOne, type, true, false, defaultText, description);
  }

  /** As the file writes it: {@code p2p_addr}. */
  public String name() {
    return name;
  }

  /** As the command line writes it: {@code --p2p-addr}. */
  public String flag() {
    return flag;
  }

  /** As the environment writes it: {@code WAGGLE_P2P_ADDR}. */
  public String env() {
    return ENV_PREFIX + name.toUpperCase(Locale.ROOT);
  }

  public String placeholder() {
    return type.placeholder();
  }

  public boolean isRepeatable() {
    return repeatable;
  }

  /** Whether its flag needs no value, and means {@code true} without one. */
  public boolean isSwitch() {
    return isSwitch;
  }

  /** The default as an operator would write it; empty for an empty list, or for nothing. */
  public String defaultText() {
    return defaultText;
  }

  public String description() {
    return description;
  }

  /**
   * Parses a value; where the key is repeatable, several with commas between them.
   *
   * @throws ConfigProblem if {@code text} is no value of this key
   */
  public T parse(String text) {
    try {
      return type.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw ConfigProblem.expected(name, text, type.expected());
    }
  }

  /** Lets through what is a value of this key. */
  T require(T value) {
    try {
      return type.admit(value);
    } catch (IllegalArgumentException e) {
      throw ConfigProblem.expected(name, String.valueOf(value), type.expected());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
