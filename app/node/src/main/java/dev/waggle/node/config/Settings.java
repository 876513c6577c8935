package dev.waggle.node.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A value for each of some keys, of that key's type. Immutable. */
public final class Settings {
  private final Map<ConfigKey<?>, Object> values;

  private Settings(Map<ConfigKey<?>, Object> values) {
    this.values = values;
  }

  /** A builder that has the default of each key. */
  public static Builder defaultsOf(List<ConfigKey<?>> keys) {
    Builder builder = new Builder(new LinkedHashMap<>());
    keys.forEach(key -> builder.parse(key, key.defaultText()));
    return builder;
  }

  /** A builder that starts from this. */
  public Builder toBuilder() {
    return new Builder(new LinkedHashMap<>(values));
  }

  /**
   * The value of a key.
   *
   * @throws NullPointerException if it is none of the keys of these settings
   */
  public <T> T value(ConfigKey<T> key) {
    return value(values, key);
  }

  /** Only {@link Builder} puts values in, each under a key of its own type. */
  @SuppressWarnings("unchecked")
  private static <T> T value(Map<ConfigKey<?>, Object> values, ConfigKey<T> key) {
    return (T) Objects.requireNonNull(values.get(key), key.name());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /** Collects values; owned by one thread. */
  public static final class Builder {
    private final Map<ConfigKey<?>, Object> values;

    private Builder(Map<ConfigKey<?>, Object> values) {
      this.values = values;
    }

    /**
     * Takes a value.
     *
     * @throws ConfigProblem if the key does not allow the value
     */
    public <T> Builder set(ConfigKey<T> key, T value) {
      values.put(key, key.require(value));
      return this;
    }

    /**
     * Takes a value as an operator writes it.
     *
     * @throws ConfigProblem if {@code text} is no value of the key
     */
    public <T> Builder parse(ConfigKey<T> key, String text) {
      return set(key, key.parse(text));
    }

    /** Takes the value that {@code other} has. */
    public <T> Builder take(ConfigKey<T> key, Settings other) {
      return set(key, other.value(key));
    }

    /** The value so far. */
    public <T> T peek(ConfigKey<T> key) {
      return value(values, key);
    }

    public Settings build() {
      return new Settings(new LinkedHashMap<>(values));
    }
  }
}
