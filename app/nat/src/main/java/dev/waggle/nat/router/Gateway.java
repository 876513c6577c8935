package dev.waggle.nat.router;

import dev.waggle.ports.IpAddress;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * A router on the way to everybody else.
 *
 * @param address on this machine's side; a link-local one of IPv6 has its scope
 * @param source the address of this machine that the router knows it by, and that others shall be
 *     let through to; of the same family
 */
public record Gateway(InetAddress address, InetAddress source) {
  public Gateway {
    if (address instanceof Inet4Address != source instanceof Inet4Address) {
      throw new IllegalArgumentException(address + " and " + source + " are of two families");
    }
  }

  public boolean isIpv4() {
    return address instanceof Inet4Address;
  }

  /** The router's address as a number, without its scope. */
  public IpAddress ip() {
    return IpBytes.of(address);
  }
}
