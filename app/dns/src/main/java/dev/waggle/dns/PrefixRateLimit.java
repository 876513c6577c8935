package dev.waggle.dns;

import dev.waggle.ports.IpSubnet;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each network that asks, in a fixed number of buckets: networks whose hashes
 * meet share one, and no stranger chooses whose, since the hash has a random key.
 *
 * <p>For one thread.
 */
final class PrefixRateLimit {
  static final int PER_SECOND = 20;
  static final int BURST = 60;

  private static final int BUCKETS = 1 << 14;
  private static final long TOKEN_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
  private static final long FULL_NANOS = BURST * TOKEN_NANOS;

  private final long key;

  /** When each bucket is full again; the time until then is what was taken out. */
  private final long[] fullNanos = new long[BUCKETS];

  PrefixRateLimit(long key, long nowNanos) {
    this.key = key;
    Arrays.fill(fullNanos, nowNanos);
  }

  /** Takes one token; false if there is none. */
  boolean allows(IpSubnet prefix, long nowNanos) {
    int bucket = bucket(prefix);
    long full = Math.max(0, fullNanos[bucket] - nowNanos) + TOKEN_NANOS;
    if (full > FULL_NANOS) {
      return false;
    }
    fullNanos[bucket] = nowNanos + full;
    return true;
  }

  private int bucket(IpSubnet prefix) {
    long hash = mixed(mixed(prefix.first().high() ^ key) ^ prefix.first().low()) ^ key;
    return (int) (mixed(hash) >>> 32) & (BUCKETS - 1);
  }

  /** The finalizer of SplitMix64: each bit of the input changes half of the output's. */
  private static long mixed(long bits) {
    long first = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    long second = (first ^ first >>> 27) * 0x94D049BB133111EBL;
    return second ^ second >>> 31;
  }
}
