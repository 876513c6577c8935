package dev.waggle.dns;

import dev.waggle.ports.IpAddress;
import java.net.InetAddress;

/**
 * The network that an address is in, as far as one customer's reaches: /24 of IPv4, /48 of IPv6.
 * Who has one address there is taken to have all.
 */
record NetworkPrefix(long high, long low) {
  static NetworkPrefix of(InetAddress address) {
    IpAddress ip = SeedNames.ip(address);
    return ip.isIpv4()
        ? new NetworkPrefix(0, ip.low() & ~0xFFL)
        : new NetworkPrefix(ip.high() & ~0xFFFFL, 0);
  }
}
