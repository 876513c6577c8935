package dev.waggle.ports;

import org.jspecify.annotations.Nullable;

/**
 * Where a node can be dialled, as the numbers that these are. Nodes tell each other such ones only
 * (PROTOCOL §7.3): a name would be looked up by whoever hears of it, wherever its owner wants.
 *
 * @param port 1 to 65535
 */
public record IpEndpoint(IpAddress address, int port) implements Comparable<IpEndpoint> {
  public IpEndpoint {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port lies between 1 and 65535, and is not " + port);
    }
  }

  /**
   * The same endpoint; null if its host is a name, or has a zone, which only this machine knows, or
   * if its port is 0.
   */
  public static @Nullable IpEndpoint of(Endpoint endpoint) {
    String host = endpoint.host();
    IpAddress address = host.indexOf('%') < 0 ? IpAddress.ofLiteral(host) : null;
    return address == null || endpoint.port() == 0
        ? null
        : new IpEndpoint(address, endpoint.port());
  }

  /** The same, to be dialled. */
  public Endpoint endpoint() {
    return new Endpoint(address.toString(), port);
  }

  @Override
  public int compareTo(IpEndpoint other) {
    int first = address.compareTo(other.address);
    return first != 0 ? first : Integer.compare(port, other.port);
  }

  /** {@code host:port}, IPv6 literals in brackets. */
  @Override
  public String toString() {
    return endpoint().toString();
  }
}
