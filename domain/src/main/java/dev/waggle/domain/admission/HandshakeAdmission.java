package dev.waggle.domain.admission;

import dev.waggle.ports.Endpoint;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gate before the handshake: it decides, from the remote address alone, whether an inbound
 * connection may cost us lattice arithmetic (PROTOCOL §4.7).
 *
 * <p>A token bucket and a cap for each prefix, and a cap for all. Owned by one thread at a time:
 * who accepts connections on several must take turns.
 */
public final class HandshakeAdmission {
  /**
   * Prefixes remembered, 0.5 MiB; the one that came longest ago is forgotten first. More than can
   * have a handshake under way, so there is always one to forget.
   */
  static final int MIN_PREFIXES = 4096;

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  /** What becomes of a connection. */
  public sealed interface Decision {}

  /** The connection is closed at once. */
  public enum Refused implements Decision {
    /** Too many handshakes are under way. */
    TOTAL,
    /** Too many of them come from this prefix. */
    PREFIX,
    /** This prefix begins them too fast. */
    RATE
  }

  /** The handshake may begin. It counts until it is released, whichever way it ends. */
  public final class Permit implements Decision {
    private final Bucket bucket;
    private boolean released;

    private Permit(Bucket bucket) {
      this.bucket = bucket;
    }

    /** The handshake is over; idempotent. */
    public void release() {
      if (!released) {
        released = true;
        bucket.underWay--;
        underWay--;
      }
    }
  }

  /** What one prefix has used. Tokens are counted in nanoseconds' worth, so that none is lost. */
  private final class Bucket {
    private int underWay;
    private long creditNanos = settings.burstPerPrefix() * nanosPerToken;
    private long filledNanos;

    private Bucket(long nowNanos) {
      this.filledNanos = nowNanos;
    }

    private boolean takeToken(long nowNanos) {
      long full = settings.burstPerPrefix() * nanosPerToken;
      long elapsed = Math.clamp(nowNanos - filledNanos, 0, full);
      creditNanos = Math.min(full, creditNanos + elapsed);
      filledNanos = nowNanos;
      if (creditNanos < nanosPerToken) {
        return false;
      }
      creditNanos -= nanosPerToken;
      return true;
    }
  }

  private final AdmissionSettings settings;
  private final long nanosPerToken;
  private final int maxPrefixes;
  // In order of use: the prefix that came longest ago is the first.
  private final Map<AddressPrefix, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
  private int underWay;

  public HandshakeAdmission(AdmissionSettings settings) {
    this.settings = settings;
    this.nanosPerToken = NANOS_PER_SECOND / settings.perSecondPerPrefix();
    this.maxPrefixes = Math.max(MIN_PREFIXES, settings.maxTotal() + 1);
  }

  /** Decides about a connection from {@code remote}; a {@link Permit} must be released. */
  public Decision admit(Endpoint remote, long nowNanos) {
    if (underWay >= settings.maxTotal()) {
      return Refused.TOTAL;
    }
    AddressPrefix prefix = AddressPrefix.of(remote.host());
    Bucket bucket = bucket(prefix, nowNanos);
    if (settings.limitLoopback() || prefix.family() != AddressPrefix.Family.LOOPBACK) {
      if (bucket.underWay >= settings.maxPerPrefix()) {
        return Refused.PREFIX;
      }
      if (!bucket.takeToken(nowNanos)) {
        return Refused.RATE;
      }
    }
    bucket.underWay++;
    underWay++;
    return new Permit(bucket);
  }

  private Bucket bucket(AddressPrefix prefix, long nowNanos) {
    Bucket known = buckets.get(prefix);
    if (known != null) {
      return known;
    }
    if (buckets.size() >= maxPrefixes) {
      forgetOldest();
    }
    Bucket fresh = new Bucket(nowNanos);
    buckets.put(prefix, fresh);
    return fresh;
  }

  private void forgetOldest() {
    Iterator<Bucket> order = buckets.values().iterator();
    while (order.hasNext()) {
      if (order.next().underWay == 0) {
        order.remove();
        return;
      }
    }
  }

  /** Handshakes under way. */
  public int underWay() {
    return underWay;
  }

  /** Prefixes remembered. */
  int prefixes() {
    return buckets.size();
  }
}
