package dev.waggle.simulator.network;

/**
 * What a host is like.
 *
 * @param place the number of the place where it is
 * @param upBytesPerSecond that it sends at most; 0 for no limit
 * @param downBytesPerSecond that it receives at most; 0 for no limit
 * @param dialable whether others can connect to it: not behind a router that forwards nothing
 */
public record HostSettings(
    int place, long upBytesPerSecond, long downBytesPerSecond, boolean dialable) {}
