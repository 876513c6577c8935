package dev.waggle.nat.upnp;

import dev.waggle.ports.IpAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A router's connection to the Internet, which maps ports.
 *
 * @param type one of {@link #TYPES}
 * @param control where it is told what to do
 */
record IgdService(String type, RouterUrl control) {
  /** Services that map ports (UPnP IGD 1 and 2). */
  static final List<String> TYPES =
      List.of(
          "urn:schemas-upnp-org:service:WANIPConnection:2",
          "urn:schemas-upnp-org:service:WANIPConnection:1",
          "urn:schemas-upnp-org:service:WANPPPConnection:1");

  /** A router has one or two. */
  static final int MAX_SERVICES = 4;

  /** What the description says of one service. */
  private record Described(@Nullable String type, @Nullable String control) {}

  /**
   * The services of a description that this router may have.
   *
   * @param at where the description was
   * @return none if it is no description
   */
  static List<IgdService> all(byte[] description, RouterUrl at) {
    List<XmlLeaf> leaves = XmlLeaf.parse(description);
    if (leaves == null) {
      return List.of();
    }
    URI base = at.uri();
    Map<Integer, Described> parents = new LinkedHashMap<>();
    for (XmlLeaf leaf : leaves) {
      Described before = parents.getOrDefault(leaf.parent(), new Described(null, null));
      switch (leaf.name()) {
        case "URLBase" -> base = base(leaf.text(), at);
        case "serviceType" ->
            parents.put(leaf.parent(), new Described(leaf.text(), before.control));
        case "controlURL" -> parents.put(leaf.parent(), new Described(before.type, leaf.text()));
        default -> {}
      }
    }
    List<IgdService> services = new ArrayList<>();
    for (Described described : parents.values()) {
      IgdService service = service(described, base, at.router());
      if (service != null && services.size() < MAX_SERVICES) {
        services.add(service);
      }
    }
    return services;
  }

  private static @Nullable IgdService service(Described described, URI base, IpAddress router) {
    String type = described.type;
    String control = described.control;
    if (type == null || control == null || !TYPES.contains(type)) {
      return null;
    }
    RouterUrl url = RouterUrl.of(control, base, router);
    return url == null ? null : new IgdService(type, url);
  }

  /** What URLs are relative to by a description's own word, or else where it is. */
  private static URI base(String text, RouterUrl at) {
    try {
      URI base = new URI(text);
      return base.isAbsolute() ? base : at.uri();
    } catch (URISyntaxException e) {
      return at.uri();
    }
  }
}
