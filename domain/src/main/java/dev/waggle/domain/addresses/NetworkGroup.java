package dev.waggle.domain.addresses;

import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;

/**
 * Addresses that one party can have many of, and that count as one for whoever wants to be linked
 * with several parties (PROTOCOL §9.4): an IPv4 /16, an IPv6 /32; a tunnel's address is in the
 * group of what it tunnels.
 *
 * <p>An address that is not public is a group of its own, together with its port: where such
 * addresses count at all, the network is one party's, and may be one machine.
 *
 * @param kind what the rest means
 * @param high of the prefix, or of the address
 * @param low 0, or of the address
 * @param port 0, or of the endpoint
 */
public record NetworkGroup(Kind kind, long high, long low, int port) {
  /** What kind of addresses are in a group. */
  public enum Kind {
    IPV4(4),
    IPV6(6),
    /** One endpoint on a network of somebody's own. */
    PRIVATE(0);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** The group of an endpoint. */
  public static NetworkGroup of(IpEndpoint endpoint) {
    return of(endpoint.address(), endpoint.port());
  }

  /** The group of an address, of whose ports all are alike. */
  public static NetworkGroup of(IpAddress address) {
    return of(address, 0);
  }

  private static NetworkGroup of(IpAddress address, int port) {
    if (Reach.of(address) != Reach.PUBLIC) {
      return new NetworkGroup(Kind.PRIVATE, address.high(), address.low(), port);
    }
    IpAddress tunnelled = address.isIpv4() ? address : Tunnels.tunnelled(address);
    return tunnelled == null
        ? new NetworkGroup(Kind.IPV6, address.high() >>> 32, 0, 0)
        : new NetworkGroup(Kind.IPV4, tunnelled.ipv4Bits() >>> 16, 0, 0);
  }

  /** For people to read: {@code 8.8.0.0/16}, {@code 2001:db8::/32}, or the address itself. */
  @Override
  public String toString() {
    return switch (kind) {
      case IPV4 -> IpAddress.ofIpv4((int) (high << 16)) + "/16";
      case IPV6 -> new IpAddress(high << 32, 0) + "/32";
      case PRIVATE ->
          port == 0
              ? new IpAddress(high, low).toString()
              : new IpEndpoint(new IpAddress(high, low), port).toString();
    };
  }

  /** A number that nobody can foresee who has not the key. */
  public long hash(SipHash keyed) {
    return keyed.hash(kind.number, high, low, port);
  }
}
