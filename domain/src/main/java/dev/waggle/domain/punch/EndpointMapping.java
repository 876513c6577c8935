package dev.waggle.domain.punch;

import org.jspecify.annotations.Nullable;

/** How a router translates a port from which a node dials several others (RFC 4787 §4.1). */
public enum EndpointMapping {
  /** The node does not know, or there is no router. */
  UNKNOWN(0),
  /** To one endpoint for all. */
  INDEPENDENT(1),
  /** To another one for each destination: what one peer sees says nothing about the next. */
  DEPENDENT(2);

  private final int number;

  EndpointMapping(int number) {
    this.number = number;
  }

  /** On the wire. */
  int number() {
    return number;
  }

  static @Nullable EndpointMapping of(int number) {
    for (EndpointMapping each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    return null;
  }
}
