package dev.waggle.node.wiring;

import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All parts of one kind, transports for example, by the names under which configuration selects
 * them. Safe from any thread.
 */
public final class Parts<T> {
  private final ConfigKey<?> key;
  private final SortedMap<String, Provider<T>> bound;

  /**
   * @param key the one whose value names such a part
   */
  Parts(ConfigKey<?> key, Map<String, Provider<T>> bound) {
    this.key = key;
    this.bound = new TreeMap<>(bound);
  }

  /** In alphabetical order. */
  public List<String> names() {
    return List.copyOf(bound.keySet());
  }

  /**
   * Makes the part of that name.
   *
   * @throws ConfigProblem if there is none, or it cannot be had on this machine
   */
  public T named(String name) {
    Provider<T> provider = bound.get(name);
    if (provider == null) {
      throw ConfigProblem.expected(key.name(), name, "one of " + String.join(", ", names()));
    }
    return Wiring.make(provider, key, name);
  }
}
