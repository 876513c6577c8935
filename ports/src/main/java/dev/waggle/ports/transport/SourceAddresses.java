package dev.waggle.ports.transport;

import dev.waggle.ports.IpAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which addresses of its machine a transport dials, for machines that have several. For a
 * family that has none here the system chooses, as it does by default.
 */
public record SourceAddresses(@Nullable IpAddress ipv4, @Nullable IpAddress ipv6) {
  /** The system chooses always. */
  public static final SourceAddresses ANY = new SourceAddresses(null, null);

  public SourceAddresses {
    if ((ipv4 != null && !ipv4.isIpv4()) || (ipv6 != null && ipv6.isIpv4())) {
      throw new IllegalArgumentException("addresses of the wrong family");
    }
  }

  /**
   * These.
   *
   * @throws IllegalArgumentException if two are of the same family
   */
  public static SourceAddresses of(List<IpAddress> addresses) {
    SourceAddresses result = ANY;
    for (IpAddress address : addresses) {
      if ((address.isIpv4() ? result.ipv4 : result.ipv6) != null) {
        throw new IllegalArgumentException("more than one address of a family");
      }
      result =
          address.isIpv4()
              ? new SourceAddresses(address, result.ipv6)
              : new SourceAddresses(result.ipv4, address);
    }
    return result;
  }

  /** From where to dial {@code remote}; null: the system chooses. */
  public @Nullable InetAddress towards(InetAddress remote) {
    IpAddress source = remote instanceof Inet4Address ? ipv4 : ipv6;
    return source == null ? null : InetAddress.ofLiteral(source.toString());
  }
}
