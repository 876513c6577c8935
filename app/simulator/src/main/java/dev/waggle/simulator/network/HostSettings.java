package dev.waggle.simulator.network;

import org.jspecify.annotations.Nullable;

/**
 * What a host is like.
 *
 * @param place the number of the place where it is
 * @param upBytesPerSecond that it sends at most; 0 for no limit
 * @param downBytesPerSecond that it receives at most; 0 for no limit
 * @param dialable whether others can connect to it: not behind a router that forwards nothing
 * @param router what the router before it does, which translates addresses; null if there is none
 */
public record HostSettings(
    int place,
    long upBytesPerSecond,
    long downBytesPerSecond,
    boolean dialable,
    @Nullable NatKind router) {

  /** A host whose address nobody translates. */
  public HostSettings(int place, long upBytesPerSecond, long downBytesPerSecond, boolean dialable) {
    this(place, upBytesPerSecond, downBytesPerSecond, dialable, null);
  }
}
