package dev.waggle.dns;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import java.net.InetAddress;

/** How far one customer's addresses reach: who has one there is taken to have all. */
final class Networks {
  private static final int IPV4_LENGTH = 24;
  private static final int IPV6_LENGTH = 48;

  /** The network that an address is in. */
  static IpSubnet of(InetAddress address) {
    IpAddress ip = SeedNames.ip(address);
    return new IpSubnet(ip, ip.isIpv4() ? IPV4_LENGTH : IPV6_LENGTH);
  }

  private Networks() {}
}
