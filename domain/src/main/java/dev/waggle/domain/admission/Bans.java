package dev.waggle.domain.admission;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whom the operator has banned: PeerIds, addresses and subnets, each until a time and for a reason
 * (PROTOCOL §8.3). Owned by one thread.
 */
public final class Bans {
  /** Enough for the lists that operators share; a megabyte or two. */
  public static final int MAX = 10_000;

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private record Entry(long endNanos, String reason) {
    boolean isOver(long nowNanos) {
      return endNanos - nowNanos <= 0;
    }
  }

  private final Map<Ban.Subject, Entry> entries = new LinkedHashMap<>();
  private @Nullable BannedAddresses addresses;

  /**
   * Adds a ban, unless there is one of the same subject that ends later.
   *
   * @return false if there are so many already that it was not added
   */
  public boolean add(Ban ban, long nowNanos) {
    Entry entry = new Entry(nowNanos + ban.secondsLeft() * NANOS_PER_SECOND, ban.reason());
    Entry known = entries.get(ban.subject());
    if (known != null && known.endNanos - entry.endNanos > 0) {
      return true;
    }
    if (known == null && entries.size() >= MAX) {
      entries.values().removeIf(old -> old.isOver(nowNanos));
      if (entries.size() >= MAX) {
        return false;
      }
    }
    entries.put(ban.subject(), entry);
    addresses = null;
    return true;
  }

  /** Takes a ban back; returns whether there was one. */
  public boolean remove(Ban.Subject subject, long nowNanos) {
    Entry removed = entries.remove(subject);
    addresses = removed == null ? addresses : null;
    return removed != null && !removed.isOver(nowNanos);
  }

  /** When the ban of a peer ends, or nothing if it is not banned. */
  public OptionalLong until(PeerId peer, long nowNanos) {
    Entry entry = entries.isEmpty() ? null : entries.get(new Ban.Peer(peer));
    return entry == null || entry.isOver(nowNanos)
        ? OptionalLong.empty()
        : OptionalLong.of(entry.endNanos);
  }

  /** When the last ban of an address ends, or nothing if it is not banned. */
  public OptionalLong until(IpAddress address, long nowNanos) {
    return addresses().until(address, nowNanos);
  }

  /** The addresses of all this, as they are now. The same object until something changes. */
  public BannedAddresses addresses() {
    BannedAddresses current = addresses;
    if (current == null) {
      Map<IpSubnet, Long> ends = new LinkedHashMap<>();
      entries.forEach(
          (subject, entry) -> {
            if (subject instanceof Ban.Subnet(IpSubnet subnet)) {
              ends.put(subnet, entry.endNanos);
            }
          });
      current = ends.isEmpty() ? BannedAddresses.NONE : BannedAddresses.until(ends);
      addresses = current;
    }
    return current;
  }

  /** Those that are not over, the one that was made first first. */
  public List<Ban> all(long nowNanos) {
    List<Ban> all = new ArrayList<>();
    entries.forEach(
        (subject, entry) -> {
          if (!entry.isOver(nowNanos)) {
            long left = secondsLeft(entry.endNanos, nowNanos);
            all.add(new Ban(subject, Ban.Kind.OPERATOR, left, entry.reason));
          }
        });
    return all;
  }

  /** Whole seconds until then, the one that has begun included. */
  static long secondsLeft(long endNanos, long nowNanos) {
    return Math.ceilDiv(endNanos - nowNanos, NANOS_PER_SECOND);
  }
}
