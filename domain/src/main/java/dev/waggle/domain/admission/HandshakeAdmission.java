package dev.waggle.domain.admission;

import dev.waggle.ports.Endpoint;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gate before the handshake: it decides, from the remote address alone, whether an inbound
 * connection may be kept, and whether it may cost us lattice arithmetic (PROTOCOL §4.7).
 *
 * <p>Two stages with places of their own: many for connections whose Offer is awaited, and few for
 * handshakes whose Offer was taken. A token bucket and a cap for each prefix hold for both. Owned
 * by one thread at a time: who accepts connections on several must take turns.
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
    /** Every place is taken, by those who have no more of them than this one would have. */
    TOTAL,
    /** Too many handshakes are under way from this prefix. */
    PREFIX,
    /** This prefix begins them too fast. */
    RATE,
    /** The permit was withdrawn already. */
    WITHDRAWN
  }

  /**
   * The handshake may go on.
   *
   * @param withdrawn the permit that was withdrawn for it, whose connection is to be closed
   */
  public record Admitted(Permit permit, @Nullable Permit withdrawn) implements Decision {}

  /** What one prefix has used. Tokens are counted in nanoseconds' worth, so that none is lost. */
  final class Bucket {
    private int permits;
    private long creditNanos = settings.burstPerPrefix() * nanosPerToken;
    private long filledNanos;

    private Bucket(long nowNanos) {
      this.filledNanos = nowNanos;
    }

    private boolean hasToken(long nowNanos) {
      long full = settings.burstPerPrefix() * nanosPerToken;
      long elapsed = Math.clamp(nowNanos - filledNanos, 0, full);
      creditNanos = Math.min(full, creditNanos + elapsed);
      filledNanos = nowNanos;
      return creditNanos >= nanosPerToken;
    }

    private void takeToken() {
      creditNanos -= nanosPerToken;
    }
  }

  private final AdmissionSettings settings;
  private final long nanosPerToken;
  private final int maxPrefixes;
  // In order of use: the prefix that came longest ago is the first.
  private final Map<AddressPrefix, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
  private final Places halfOpen;
  private final Places underWay;

  public HandshakeAdmission(AdmissionSettings settings) {
    this.settings = settings;
    this.nanosPerToken = NANOS_PER_SECOND / settings.perSecondPerPrefix();
    this.maxPrefixes = Math.max(MIN_PREFIXES, settings.maxHalfOpen() + settings.maxUnderWay() + 1);
    this.halfOpen = new Places(settings.maxHalfOpen());
    this.underWay = new Places(settings.maxUnderWay());
  }

  /**
   * Decides about a connection from {@code remote}, of which nothing was read yet.
   *
   * @return {@link Admitted} with a new permit, which must be released, or {@link Refused}
   */
  public Decision admit(Endpoint remote, long nowNanos) {
    AddressPrefix prefix = AddressPrefix.of(remote.host());
    Bucket bucket = bucket(prefix, nowNanos);
    boolean limited = settings.limitLoopback() || prefix.family() != AddressPrefix.Family.LOOPBACK;
    Permit idle = null;
    if (limited && bucket.permits >= settings.maxPerPrefix()) {
      idle = idle(prefix, nowNanos);
      if (idle == null) {
        return Refused.PREFIX;
      }
    }
    if (limited && !bucket.hasToken(nowNanos)) {
      return Refused.RATE;
    }
    if (idle != null) {
      idle.release();
    }
    Permit permit = new Permit(this, prefix, bucket, halfOpen);
    Permit loser = halfOpen.enter(permit, nowNanos);
    if (loser == permit) {
      return Refused.TOTAL;
    }
    if (limited) {
      bucket.takeToken();
    }
    bucket.permits++;
    return new Admitted(permit, withdrawn(idle == null ? loser : idle));
  }

  /**
   * Decides about a handshake whose Offer is there and can be taken, before it is.
   *
   * @param permit what {@link #admit} gave to its connection
   * @return {@link Admitted} with the same permit, or {@link Refused}, which ends it
   */
  public Decision offered(Permit permit, long nowNanos) {
    if (permit.isOver()) {
      return Refused.WITHDRAWN;
    }
    halfOpen.leave(permit);
    Permit loser = withdrawn(underWay.enter(permit, nowNanos));
    return loser == permit ? Refused.TOTAL : new Admitted(permit, loser);
  }

  private @Nullable Permit idle(AddressPrefix prefix, long nowNanos) {
    Permit silent = halfOpen.idle(prefix, nowNanos);
    return silent == null ? underWay.idle(prefix, nowNanos) : silent;
  }

  private @Nullable Permit withdrawn(@Nullable Permit permit) {
    if (permit != null && !permit.isOver()) {
      end(permit);
    }
    return permit;
  }

  /** Takes back what a permit that has no place any more counted for. */
  void end(Permit permit) {
    permit.end();
    permit.bucket().permits--;
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
      if (order.next().permits == 0) {
        order.remove();
        return;
      }
    }
  }

  /** Connections whose Offer is awaited. */
  public int halfOpen() {
    return halfOpen.taken();
  }

  /** Handshakes whose Offer was taken. */
  public int underWay() {
    return underWay.taken();
  }

  /** Prefixes remembered. */
  int prefixes() {
    return buckets.size();
  }

  /** Prefixes that hold places, of every length. */
  int crowds() {
    return halfOpen.crowds() + underWay.crowds();
  }
}
