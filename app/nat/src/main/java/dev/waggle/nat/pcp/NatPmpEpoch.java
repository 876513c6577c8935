package dev.waggle.nat.pcp;

import java.util.concurrent.TimeUnit;

/** Finds out by a NAT-PMP router's clock whether it has restarted (RFC 6886 §3.6). */
final class NatPmpEpoch {
  private boolean heard;
  private long serverSeconds;
  private long clientSeconds;

  /**
   * Notes what an answer says.
   *
   * @param epochSeconds since the router started, as it says
   * @param nowNanos of a clock that never goes back
   * @return whether that is no less than the answer before lets expect: 7/8 of the time has to have
   *     passed there, and two seconds may be missing. Nor much more: then this machine has slept,
   *     and a mapping has grown old meanwhile
   */
  boolean isContinued(long epochSeconds, long nowNanos) {
    long clientNow = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
    long clientDelta = clientNow - clientSeconds;
    long serverDelta = epochSeconds - serverSeconds;
    boolean continued =
        !heard
            || (serverDelta >= clientDelta * 7 / 8 - 2 && serverDelta * 7 / 8 <= clientDelta + 2);
    heard = true;
    serverSeconds = epochSeconds;
    clientSeconds = clientNow;
    return continued;
  }
}
