package dev.waggle.domain.peers;

import dev.waggle.ports.PeerAddress;
import java.time.Duration;
import java.util.List;

/**
 * How many peers a node has, where it finds them, and how patient it is.
 *
 * @param join how it finds others
 * @param outboundTarget how many links to dial for, at least 0
 * @param maxInbound how many links of others' dialling to hold, at least 0
 * @param pingAfter silence after which a peer is pinged, more than zero
 * @param silenceLimit silence after which a link is closed, more than {@code pingAfter}
 * @param slowAfter how long a peer may take nothing of what waits for it before the link is closed
 */
public record PeerSettings(
    JoinSettings join,
    int outboundTarget,
    int maxInbound,
    Duration pingAfter,
    Duration silenceLimit,
    Duration slowAfter) {
  public static final int DEFAULT_OUTBOUND_TARGET = 8;
  public static final int DEFAULT_MAX_INBOUND = 117;
  public static final Duration DEFAULT_PING_AFTER = Duration.ofSeconds(15);
  public static final Duration DEFAULT_SILENCE_LIMIT = Duration.ofSeconds(45);
  public static final Duration DEFAULT_SLOW_AFTER = Duration.ofSeconds(20);

  public PeerSettings {
    if (outboundTarget < 0 || maxInbound < 0) {
      throw new IllegalArgumentException(
          "numbers of peers are not negative: " + outboundTarget + ", " + maxInbound);
    }
    if (!pingAfter.isPositive() || silenceLimit.compareTo(pingAfter) <= 0) {
      throw new IllegalArgumentException(
          "0 < pingAfter < silenceLimit does not hold: " + pingAfter + ", " + silenceLimit);
    }
    if (slowAfter.isNegative()) {
      throw new IllegalArgumentException("slowAfter is negative: " + slowAfter);
    }
  }

  /** Of a node that dials {@code addresses} and nobody else. */
  public PeerSettings(
      List<PeerAddress> addresses,
      int outboundTarget,
      int maxInbound,
      Duration pingAfter,
      Duration silenceLimit,
      Duration slowAfter) {
    this(
        JoinSettings.only(addresses),
        outboundTarget,
        maxInbound,
        pingAfter,
        silenceLimit,
        slowAfter);
  }

  /** The defaults of PROTOCOL §9, for a node that dials {@code addresses} and nobody else. */
  public static PeerSettings defaults(List<PeerAddress> addresses) {
    return defaults(JoinSettings.only(addresses));
  }

  /** The defaults of PROTOCOL §9. */
  public static PeerSettings defaults(JoinSettings join) {
    return new PeerSettings(
        join,
        DEFAULT_OUTBOUND_TARGET,
        DEFAULT_MAX_INBOUND,
        DEFAULT_PING_AFTER,
        DEFAULT_SILENCE_LIMIT,
        DEFAULT_SLOW_AFTER);
  }
}
