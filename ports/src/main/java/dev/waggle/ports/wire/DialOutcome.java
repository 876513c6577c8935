package dev.waggle.ports.wire;

import org.jspecify.annotations.Nullable;

/** What has become of a request to be dialled (PROTOCOL §9.9), with its number on the wire. */
public enum DialOutcome {
  /** Who asked has proved itself at the address. */
  REACHED(0),
  /** It has not: nobody answers there, or somebody else. */
  NOT_REACHED(1),
  /** It was not dialled: too much is asked, or not paid for. Ask somebody else. */
  REFUSED(2);

  private final int number;

  DialOutcome(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The one with this number, or null. */
  public static @Nullable DialOutcome of(int number) {
    return switch (number) {
      case 0 -> REACHED;
      case 1 -> NOT_REACHED;
      case 2 -> REFUSED;
      default -> null;
    };
  }
}
