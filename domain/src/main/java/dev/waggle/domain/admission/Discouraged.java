package dev.waggle.domain.admission;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.addresses.Reach;
import dev.waggle.domain.addresses.Tunnels;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.node.Ban;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The public addresses from which peers have misbehaved lately (PROTOCOL §8.3): others go first,
 * but nobody is shut out who may only share one with an attacker. Owned by one thread.
 *
 * <p>Bounded. When it is full, the network group with most addresses here gives the oldest of them:
 * whoever has a network of its own, and sends what it likes from every corner of it, pushes out its
 * own addresses and nobody else's.
 */
public final class Discouraged {
  /** How long an address is discouraged. */
  public static final Duration LASTS = Duration.ofHours(24);

  /** Addresses remembered: a megabyte. */
  static final int MAX = 4096;

  private static final int IPV6_LENGTH = 64;

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private record Entry(long endNanos, String reason) {
    boolean isOver(long nowNanos) {
      return endNanos - nowNanos <= 0;
    }
  }

  // In the order in which they end, since all last equally long.
  private final Map<IpSubnet, Entry> entries = new LinkedHashMap<>();

  /** A peer has misbehaved from there, once more perhaps. Nothing if it is no public address. */
  public void add(IpAddress address, String reason, long nowNanos) {
    add(address, nowNanos + LASTS.toNanos(), reason, nowNanos);
  }

  /** Takes up what was kept over a restart. */
  public void restore(Ban ban, long nowNanos) {
    if (ban.subject() instanceof Ban.Subnet(IpSubnet subnet) && ban.secondsLeft() > 0) {
      long seconds = Math.min(ban.secondsLeft(), LASTS.toSeconds());
      add(subnet.first(), nowNanos + seconds * NANOS_PER_SECOND, ban.reason(), nowNanos);
    }
  }

  private void add(IpAddress address, long endNanos, String reason, long nowNanos) {
    if (Reach.of(address) != Reach.PUBLIC) {
      return;
    }
    IpSubnet place = place(address);
    entries.remove(place);
    if (entries.size() >= MAX) {
      forgetOne(nowNanos);
    }
    entries.put(place, new Entry(endNanos, reason));
  }

  /** What is likely to be one party's, and cannot be had in great number by everybody. */
  private static IpSubnet place(IpAddress of) {
    IpAddress address = Tunnels.end(of);
    return address.isIpv4() ? IpSubnet.of(address) : new IpSubnet(address, IPV6_LENGTH);
  }

  private void forgetOne(long nowNanos) {
    if (entries.values().removeIf(entry -> entry.isOver(nowNanos))) {
      return;
    }
    Map<NetworkGroup, Integer> sizes = new LinkedHashMap<>();
    int largest = 0;
    for (IpSubnet place : entries.keySet()) {
      largest = Math.max(largest, sizes.merge(NetworkGroup.of(place.first()), 1, Integer::sum));
    }
    Iterator<IpSubnet> oldestFirst = entries.keySet().iterator();
    while (sizes.getOrDefault(NetworkGroup.of(oldestFirst.next().first()), 0) < largest) {
      // One of a smaller group: it stays.
    }
    oldestFirst.remove();
  }

  public boolean contains(IpAddress address, long nowNanos) {
    Entry entry = entries.isEmpty() ? null : entries.get(place(address));
    return entry != null && !entry.isOver(nowNanos);
  }

  /** Forgives the addresses of a subnet, or the one that it lies in; returns whether any was. */
  public boolean remove(IpSubnet subnet, long nowNanos) {
    boolean any = false;
    Iterator<Map.Entry<IpSubnet, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<IpSubnet, Entry> each = all.next();
      IpSubnet place = each.getKey();
      if (subnet.contains(place.first()) || place.contains(subnet.first())) {
        any |= !each.getValue().isOver(nowNanos);
        all.remove();
      }
    }
    return any;
  }

  /** Those that are discouraged now, the one that ends first first. */
  public List<Ban> all(long nowNanos) {
    List<Ban> all = new ArrayList<>();
    entries.forEach(
        (place, entry) -> {
          if (!entry.isOver(nowNanos)) {
            long left = Bans.secondsLeft(entry.endNanos, nowNanos);
            all.add(new Ban(new Ban.Subnet(place), Ban.Kind.DISCOURAGED, left, entry.reason));
          }
        });
    return all;
  }
}
