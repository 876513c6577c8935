package dev.waggle.nat.upnp;

import dev.waggle.ports.IpAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP URL whose host is the router that names it: what a router says can send us nowhere else.
 *
 * @param port 1 to 65,535
 * @param target path and query, printable ASCII that begins with a slash
 */
record RouterUrl(IpAddress router, int port, String target) {
  private static final int MAX_CHARACTERS = 1024;

  private static final int HTTP_PORT = 80;

  /**
   * Reads a URL.
   *
   * @param base what a relative one is relative to; null if it has to be absolute
   * @return null unless it is {@code http}, with the router's address for a host, and without a
   *     user
   */
  static @Nullable RouterUrl of(String text, @Nullable URI base, IpAddress router) {
    if (text.length() > MAX_CHARACTERS) {
      return null;
    }
    URI url;
    try {
      url = base == null ? new URI(text) : base.resolve(new URI(text));
    } catch (URISyntaxException e) {
      return null;
    }
    String host = url.getHost();
    if (!"http".equalsIgnoreCase(url.getScheme())
        || host == null
        || url.getRawUserInfo() != null
        || !router.equals(IpAddress.ofLiteral(host))) {
      return null;
    }
    int port = url.getPort() < 0 ? HTTP_PORT : url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String target =
        (path.startsWith("/") ? path : "/" + path)
            + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    boolean plain = target.chars().allMatch(c -> c > ' ' && c < 0x7F);
    return port < 1 || port > 65535 || !plain ? null : new RouterUrl(router, port, target);
  }

  /** {@code host:port}, as a request names it. */
  String authority() {
    return router + ":" + port;
  }

  URI uri() {
    return URI.create("http://" + authority() + target);
  }
}
