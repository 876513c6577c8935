package dev.waggle.ports.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Where a transport of the system's sockets listens, and so from where it can {@link
 * Transport#dialFrom dial}. Safe from any thread.
 */
public final class OwnPorts {
  /** The local port of a dial that may come from any. */
  public static final int ANY = 0;

  private record Listening(InetSocketAddress address, boolean isShared) {}

  private final SourceAddresses source;
  private final List<Listening> listening = new CopyOnWriteArrayList<>();

  /**
   * Of a transport that does not listen yet.
   *
   * @param source from which addresses it dials
   */
  public OwnPorts(SourceAddresses source) {
    this.source = source;
  }

  /**
   * The transport listens.
   *
   * @param bound where it really does
   * @param isShared whether a socket that dials can have the same port
   */
  public void add(InetSocketAddress bound, boolean isShared) {
    listening.add(new Listening(bound, isShared));
  }

  /**
   * Checks what the caller of {@link Transport#dialFrom} says.
   *
   * @throws IllegalArgumentException if the transport does not listen at {@code port}
   */
  public void require(int port) {
    if (listening.stream().noneMatch(own -> own.address.getPort() == port)) {
      throw new IllegalArgumentException("the transport does not listen at port " + port);
    }
  }

  /**
   * What a socket that dials {@code remote} is to be bound to; null if the system shall choose.
   * Port {@link #ANY} in the answer stands for any port: none was asked for, or the transport does
   * not listen at {@code port} where {@code remote} can be dialled from.
   */
  public @Nullable InetSocketAddress towards(InetAddress remote, int port) {
    InetAddress from = source.towards(remote);
    if (port != ANY) {
      for (Listening own : listening) {
        if (own.isShared && own.address.getPort() == port) {
          InetAddress address = shared(own.address.getAddress(), remote, from);
          if (address != null) {
            return new InetSocketAddress(address, port);
          }
        }
      }
    }
    return from == null ? null : new InetSocketAddress(from, ANY);
  }

  /** The address under which {@code remote} would find who listens at {@code own}, or null. */
  private static @Nullable InetAddress shared(
      InetAddress own, InetAddress remote, @Nullable InetAddress from) {
    if (own.isAnyLocalAddress()) {
      boolean hears = own instanceof Inet6Address || remote instanceof Inet4Address;
      return hears ? anyOf(from, remote) : null;
    }
    boolean reaches =
        own instanceof Inet4Address == remote instanceof Inet4Address
            && (remote.isLoopbackAddress() || !own.isLoopbackAddress());
    return reaches && (from == null || from.equals(own)) ? own : null;
  }

  private static InetAddress anyOf(@Nullable InetAddress from, InetAddress remote) {
    if (from != null) {
      return from;
    }
    return InetAddress.ofLiteral(remote instanceof Inet4Address ? "0.0.0.0" : "::");
  }
}
