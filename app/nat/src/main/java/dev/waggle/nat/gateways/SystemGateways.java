package dev.waggle.nat.gateways;

import dev.waggle.nat.router.Gateway;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routers on this system's default routes: of Linux by {@code /proc/net}, of macOS and the BSDs
 * by {@code netstat}. Routes of other tables than the main one, which rules choose by sources or
 * marks, are not seen.
 */
public final class SystemGateways implements Gateways {
  /** An address that nobody has (RFC 3849), outside of this network. No datagram goes there. */
  private static final String SOMEBODY = "2001:db8::1";

  private static final int ANY_PORT = 9;

  @Override
  public List<Gateway> find() throws IOException {
    List<Gateway> gateways = new ArrayList<>();
    for (DefaultRoute route : routes()) {
      Gateway gateway = gateway(route);
      if (gateway != null) {
        gateways.add(gateway);
      }
    }
    return gateways;
  }

  private static List<DefaultRoute> routes() throws IOException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("linux")) {
      return new LinuxRoutes(ByteOrder.nativeOrder()).read();
    }
    if (system.contains("mac") || system.contains("bsd")) {
      return BsdRoutes.read();
    }
    throw new IOException("on this system no way is known to find the router: " + system);
  }

  /** The router, or null if this machine has no address that others could be let through to. */
  private static @Nullable Gateway gateway(DefaultRoute route) {
    try {
      InetAddress router = InetAddress.ofLiteral(route.router());
      if (!(router instanceof Inet6Address)) {
        InetAddress source = sourceTowards(router);
        return source == null ? null : new Gateway(router, source);
      }
      NetworkInterface network = NetworkInterface.getByName(route.network());
      if (network == null) {
        return null;
      }
      Inet6Address scoped = Inet6Address.getByAddress(null, router.getAddress(), network);
      InetAddress source = globalAddress(network);
      return source == null
          ? null
          : new Gateway(router.isLinkLocalAddress() ? scoped : router, source);
    } catch (IOException | IllegalArgumentException e) {
      return null; // The network has gone while it was looked at.
    }
  }

  /**
   * A public IPv6 address of this network: the one that the system dials others from, if it is one
   * of this network's. Towards the router it would take a link-local one, which PCP would map.
   */
  private static @Nullable InetAddress globalAddress(NetworkInterface network) {
    List<InetAddress> own = network.inetAddresses().filter(SystemGateways::isGlobal).toList();
    Optional<InetAddress> dialledFrom =
        Optional.ofNullable(sourceTowards(InetAddress.ofLiteral(SOMEBODY))).filter(own::contains);
    return dialledFrom.or(() -> own.stream().findFirst()).orElse(null);
  }

  /** Whether others may dial it (RFC 4291 §2.4: 2000::/3 is what has been given out). */
  private static boolean isGlobal(InetAddress address) {
    return address instanceof Inet6Address && (address.getAddress()[0] & 0xE0) == 0x20;
  }

  /** The address that the system would send from; to connect a UDP socket sends nothing. */
  private static @Nullable InetAddress sourceTowards(InetAddress target) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(target, ANY_PORT));
      InetAddress source = socket.getLocalAddress();
      return source.isAnyLocalAddress() ? null : source;
    } catch (IOException | RuntimeException e) {
      return null; // There is no way there.
    }
  }
}
