package dev.waggle.nat.router;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.IpSubnet;
import java.time.Duration;
import java.util.List;

/** What a router's grant must look like to be believed. */
public final class Grants {
  /**
   * Below this a mapping is no place to be found at: it would have ended before others have heard
   * of it. Routers are told to give two minutes at least (RFC 6887 §15).
   */
  public static final Duration MIN_LIFETIME = Duration.ofMinutes(1);

  /** What is granted for longer is renewed as if it were for a day (RFC 6887 §15). */
  public static final Duration MAX_LIFETIME = Duration.ofDays(1);

  /** Where no peer can be: this network, this machine, this link, groups, and what is reserved. */
  private static final List<IpSubnet> NOBODY =
      List.of(
          IpSubnet.parse("0.0.0.0/8"),
          IpSubnet.parse("127.0.0.0/8"),
          IpSubnet.parse("169.254.0.0/16"),
          IpSubnet.parse("224.0.0.0/3"),
          IpSubnet.parse("::/127"),
          IpSubnet.parse("fe80::/10"),
          IpSubnet.parse("ff00::/8"));

  /** Addresses that are somebody's own, behind yet another router (RFC 1918, RFC 6598). */
  private static final List<IpSubnet> BEHIND_ANOTHER_NAT =
      List.of(
          IpSubnet.parse("10.0.0.0/8"),
          IpSubnet.parse("172.16.0.0/12"),
          IpSubnet.parse("192.168.0.0/16"),
          IpSubnet.parse("100.64.0.0/10"));

  private Grants() {}

  /**
   * Judges a router's yes.
   *
   * @param ipv4 of which family the external address has to be
   * @param port 0 to 65,535
   * @param lifetimeSeconds 0 to 2^32-1
   */
  public static Outcome judge(boolean ipv4, IpAddress address, int port, long lifetimeSeconds) {
    if (address.isIpv4() != ipv4 || contains(NOBODY, address)) {
      return new Outcome.Refused("maps to " + address + ", which nobody can dial");
    }
    if (port == 0) {
      return new Outcome.Refused("maps to port 0");
    }
    if (lifetimeSeconds < MIN_LIFETIME.toSeconds()) {
      return new Outcome.Refused("maps for " + lifetimeSeconds + " s only");
    }
    return new Outcome.Granted(
        new IpEndpoint(address, port),
        Duration.ofSeconds(Math.min(lifetimeSeconds, MAX_LIFETIME.toSeconds())));
  }

  /** Whether who has this address is behind a router itself. */
  public static boolean isBehindAnotherNat(IpAddress external) {
    return contains(BEHIND_ANOTHER_NAT, external);
  }

  private static boolean contains(List<IpSubnet> subnets, IpAddress address) {
    return subnets.stream().anyMatch(subnet -> subnet.contains(address));
  }
}
