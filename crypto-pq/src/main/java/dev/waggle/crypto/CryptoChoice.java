package dev.waggle.crypto;

import java.util.Locale;

/** Who computes ML-KEM, ML-DSA and X25519, as the operator chooses. */
public enum CryptoChoice {
  /** The faster of the two at each; Bouncy Castle alone where this Java lacks an algorithm. */
  AUTO,
  /** The JDK's own providers. */
  JDK,
  /** Bouncy Castle. */
  BC;

  /** As the configuration writes it: {@code auto}, {@code jdk}, {@code bc}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
