package dev.waggle.simulator.network;

import java.time.Duration;

/**
 * How a connection begins, and how much it keeps under way.
 *
 * @param segmentBytes of a full packet
 * @param initialWindowBytes that may be unacknowledged at first (RFC 6928: ten segments)
 * @param maxWindowBytes that may be unacknowledged at most: what a receiver's buffer takes
 */
public record Tcp(int segmentBytes, int initialWindowBytes, int maxWindowBytes) {
  /**
   * Ethernet's segments, Linux' initial window, and half of its largest receive buffer of 6 MiB.
   */
  public static final Tcp LINUX = new Tcp(1460, 10 * 1460, 3 * 1024 * 1024);

  /** Beyond a round trip, how long a sender waits before it thinks that the path has changed. */
  static final long RTO_MARGIN_NANOS = Duration.ofMillis(200).toNanos();

  /** How long a SYN is repeated before its sender must have given up by itself. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
}
