package dev.waggle.ports.node;

import java.util.Locale;

/** Whether others can dial a node, as far as it knows (PROTOCOL §9.9). */
public enum Reachability {
  /** Nobody has tried yet, or too few have. */
  UNKNOWN,
  /** Somebody has dialled it back. */
  REACHABLE,
  /** Several have tried in vain. */
  PRIVATE;

  /** What operators read: {@code reachable}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
