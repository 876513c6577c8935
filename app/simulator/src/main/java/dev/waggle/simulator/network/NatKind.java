package dev.waggle.simulator.network;

import java.util.Locale;

/**
 * What a router that translates addresses does with what comes from outside, in the terms of RFC
 * 4787 and RFC 5382, by the names of RFC 3489 §5.
 */
public enum NatKind {
  /** One mapping for all destinations, and it lets everybody in. */
  FULL_CONE,
  /** One mapping for all destinations, and it lets in every port of a host that was sent to. */
  RESTRICTED,
  /** One mapping for all destinations, and it lets in the very endpoints that were sent to. */
  PORT_RESTRICTED,
  /** Another mapping for each destination, and it lets in that one alone. */
  SYMMETRIC;

  /** Whether each destination sees another port of the host behind it. */
  boolean mapsEachDestination() {
    return this == SYMMETRIC;
  }

  /** As options and reports say it: {@code port-restricted}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
