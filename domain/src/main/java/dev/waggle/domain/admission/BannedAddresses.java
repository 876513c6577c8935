package dev.waggle.domain.admission;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.node.Ban;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The addresses that the operator has banned, each until some time (PROTOCOL §8.3). Immutable, for
 * those who ask on other threads than the one that bans.
 *
 * <p>An address is looked up once for each length that some subnet has: 33 times at most if it is
 * of IPv4, 129 times if it is of IPv6, however many subnets are banned.
 */
public final class BannedAddresses {
  public static final BannedAddresses NONE = new BannedAddresses(new LinkedHashMap<>());

  private static final int MAX_LENGTH = 128;

  private final Map<IpSubnet, Long> endsNanos;
  private final int[] lengths;

  private BannedAddresses(Map<IpSubnet, Long> endsNanos) {
    this.endsNanos = endsNanos;
    boolean[] used = new boolean[MAX_LENGTH + 1];
    endsNanos.keySet().forEach(subnet -> used[subnet.length()] = true);
    this.lengths = IntStream.rangeClosed(0, MAX_LENGTH).filter(i -> used[i]).toArray();
  }

  /** These subnets, until these times of the node's clock. */
  static BannedAddresses until(Map<IpSubnet, Long> endsNanos) {
    return new BannedAddresses(new LinkedHashMap<>(endsNanos));
  }

  /** Those of {@code bans} that the operator has made of addresses. */
  public static BannedAddresses of(List<Ban> bans, long nowNanos) {
    Bans table = new Bans();
    for (Ban ban : bans) {
      if (ban.kind() == Ban.Kind.OPERATOR) {
        table.add(ban, nowNanos);
      }
    }
    return table.addresses();
  }

  public boolean contains(IpAddress address, long nowNanos) {
    return until(address, nowNanos).isPresent();
  }

  /** When the last ban of an address ends, or nothing if there is none. */
  OptionalLong until(IpAddress address, long nowNanos) {
    OptionalLong last = OptionalLong.empty();
    for (int length : lengths) {
      IpSubnet around = IpSubnet.around(address, length);
      Long end = around == null ? null : endsNanos.get(around);
      if (end != null && end - nowNanos > 0 && (last.isEmpty() || end - last.getAsLong() > 0)) {
        last = OptionalLong.of(end);
      }
    }
    return last;
  }
}
