package dev.waggle.crypto;

import java.util.Locale;

/** Who computes ML-KEM, ML-DSA and X25519, as the operator chooses. */
public enum CryptoChoice {
  /** The faster at each, or Bouncy Castle at all where the JDK lacks one. */
  AUTO,
  /** The JDK's own providers. */
  JDK,
  /** Bouncy Castle. */
  BC;

  /**
   * Parses {@code auto}, {@code jdk} or {@code bc}.
   *
   * @throws IllegalArgumentException if {@code text} is none of them
   */
  public static CryptoChoice parse(String text) {
    for (CryptoChoice choice : values()) {
      if (choice.toString().equals(text)) {
        return choice;
      }
    }
    throw new IllegalArgumentException("\"" + text + "\" is not one of auto, jdk and bc");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
