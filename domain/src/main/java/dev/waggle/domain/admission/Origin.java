package dev.waggle.domain.admission;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.addresses.Tunnels;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where an inbound link comes from, and who else that may be (PROTOCOL §9.1).
 *
 * @param address of the peer's socket, or the one of IPv4 that this stands for: behind a translator
 *     all of IPv4 shares its first 64 bits, and by 6to4 one address of IPv4 has 65,536 of these
 * @param group the network group of that address
 */
public record Origin(IpAddress address, NetworkGroup group) {
  /** What is no literal shares this one. Transports give literals. */
  private static final IpAddress UNKNOWN = new IpAddress(0, 0);

  private static final IpAddress IPV6_LOOPBACK = new IpAddress(0, 1);

  /** The origin of a link whose peer's socket is there. */
  public static Origin of(Endpoint remote) {
    IpAddress literal = IpAddress.ofLiteral(remote.host());
    IpAddress address = literal == null ? UNKNOWN : Tunnels.end(literal);
    return new Origin(address, NetworkGroup.of(address));
  }

  /**
   * What stands for one machine: an IPv4 address, the first 64 bits of one of IPv6. Null if it is
   * this machine, on which a whole test network may run.
   */
  public @Nullable IpAddress machine() {
    if (isLoopback()) {
      return null;
    }
    return address.isIpv4() || !isPublic() ? address : new IpAddress(address.high(), 0);
  }

  /** Whether it is this machine. */
  boolean isLoopback() {
    return address.isIpv4() ? address.ipv4Bits() >>> 24 == 127 : address.equals(IPV6_LOOPBACK);
  }

  /** Whether one machine may be both: an IPv4 address, the first 64 bits of one of IPv6. */
  boolean sharesAddress(Origin other) {
    return shares(other, 32, 64);
  }

  /** Whether one household, or one rented subnet, may have both: 24 bits of IPv4, 56 of IPv6. */
  boolean sharesSubnet(Origin other) {
    return shares(other, 24, 56);
  }

  /** An address that is not public shares nothing with others: the network is somebody's own. */
  private boolean shares(Origin other, int ipv4Length, int ipv6Length) {
    if (address.equals(other.address)) {
      return true;
    }
    if (!isPublic() || !other.isPublic() || address.isIpv4() != other.address.isIpv4()) {
      return false;
    }
    return address.isIpv4()
        ? (address.ipv4Bits() ^ other.address.ipv4Bits()) >>> (Integer.SIZE - ipv4Length) == 0
        : (address.high() ^ other.address.high()) >>> (Long.SIZE - ipv6Length) == 0;
  }

  private boolean isPublic() {
    return group.kind() != NetworkGroup.Kind.PRIVATE;
  }
}
