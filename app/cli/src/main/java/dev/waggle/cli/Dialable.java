package dev.waggle.cli;

import dev.waggle.ports.Endpoint;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Where others can dial a node: of a wildcard address, the addresses of this machine. */
final class Dialable {
  /** Endpoints to dial for a node that listens at {@code bound}, this machine's own last. */
  static List<Endpoint> addresses(Endpoint bound) {
    if (!isWildcard(bound.host())) {
      return List.of(bound);
    }
    List<Endpoint> found = new ArrayList<>();
    for (InetAddress address : outwardAddresses()) {
      found.add(new Endpoint(literal(address), bound.port()));
    }
    found.add(new Endpoint("127.0.0.1", bound.port()));
    return found;
  }

  private static boolean isWildcard(String host) {
    try {
      return InetAddress.ofLiteral(host).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Without the name of the interface, which means nothing elsewhere. */
  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** Link-local addresses are left out: they say nothing without the name of an interface. */
  private static List<InetAddress> outwardAddresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private Dialable() {}
}
