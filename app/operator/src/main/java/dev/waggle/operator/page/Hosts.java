package dev.waggle.operator.page;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a page may be asked for. Any other is a name that somebody else has pointed at
 * this machine, so that their page may read ours (DNS rebinding).
 */
final class Hosts {
  private final String host;
  private final boolean everywhere;

  /**
   * @param host what the server listens at
   */
  Hosts(String host) {
    this.host = normal(host);
    InetAddress literal = literal(this.host);
    this.everywhere = literal != null && literal.isAnyLocalAddress();
  }

  /**
   * Whether a request for this host is for us: what we listen at, localhost, or a loopback address.
   * If we listen at all addresses it may be any literal, which no name server can point elsewhere.
   *
   * @param asked of the header Host, without its port
   */
  boolean allow(String asked) {
    String name = normal(asked);
    if (name.equals(host) || name.equals("localhost")) {
      return true;
    }
    InetAddress literal = literal(name);
    return literal != null && (everywhere || literal.isLoopbackAddress());
  }

  private static String normal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  private static @Nullable InetAddress literal(String name) {
    try {
      return InetAddress.ofLiteral(name);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
