package dev.waggle.nat.pcp;

import java.util.concurrent.TimeUnit;

/**
 * Finds out by a PCP router's clock whether it has lost what it knew (RFC 6887 §8.5): that clock
 * starts again when the router does, or when its external address changes.
 */
final class PcpEpoch {
  private boolean heard;
  private long serverSeconds;
  private long clientSeconds;

  /**
   * Notes what an answer says.
   *
   * @param epochSeconds 0 to 2^32-1
   * @param nowNanos of a clock that never goes back
   * @return whether the router has kept its state since the answer before
   */
  boolean isContinued(long epochSeconds, long nowNanos) {
    long clientNow = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
    long clientDelta = clientNow - clientSeconds;
    long serverDelta = epochSeconds - serverSeconds;
    boolean continued =
        !heard
            || (serverDelta >= -1
                && clientDelta + 2 >= serverDelta - serverDelta / 16
                && serverDelta + 2 >= clientDelta - clientDelta / 16);
    heard = true;
    serverSeconds = epochSeconds;
    clientSeconds = clientNow;
    return continued;
  }
}
