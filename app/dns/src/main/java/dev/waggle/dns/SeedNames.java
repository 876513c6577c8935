package dev.waggle.dns;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/** The names and texts of PROTOCOL §9.6, which both the look-up and the seeder use. */
final class SeedNames {
  /** The port of nodes that stand at the zone's own name. */
  static final int DEFAULT_PORT = 9000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private static final String PIN = "peerid=";

  private static final Name SERVICE = Name.fromConstantString("_waggle._tcp");

  private SeedNames() {}

  /**
   * The zone's name, which is absolute with or without a dot at its end.
   *
   * @throws IllegalArgumentException if it is no name of the DNS, or too long to ask for; in words
   */
  static Name zone(String text) {
    Name name = name(text);
    service(name);
    if (name.labels() < 2) {
      throw new IllegalArgumentException("the root of the DNS has no seeds: name a zone");
    }
    return name;
  }

  /**
   * An absolute name, with or without a dot at its end.
   *
   * @throws IllegalArgumentException if {@code text} is none that a host could have; in words
   */
  static Name name(String text) {
    // It is read in logs; dnsjava would take control characters as well.
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text.replaceAll("[^ -~]", "?") + "' is no name of the DNS: letters, digits, . - _");
    }
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("'" + text + "' is no name of the DNS", e);
    }
  }

  /** Where the SRV records are. */
  static Name service(Name zone) {
    try {
      return Name.concatenate(SERVICE, zone);
    } catch (NameTooLongException e) {
      throw new IllegalArgumentException(zone + " is too long for a zone of seeds", e);
    }
  }

  /** The text of a TXT record that says who answers at {@code node}, whose PeerId is known. */
  static String pin(SeedNode node) {
    return PIN + node.address();
  }

  /** What {@link #pin} wrote, or null for any other text. */
  static @Nullable SeedNode parsePin(String text) {
    // The sign is missing from addresses without a PeerId, which would pin nothing.
    if (!text.startsWith(PIN) || text.indexOf('@') < 0) {
      return null;
    }
    try {
      PeerAddress address = PeerAddress.parse(text.substring(PIN.length()));
      IpEndpoint endpoint = IpEndpoint.of(address.endpoint());
      return endpoint == null ? null : new SeedNode(endpoint, address.pinned());
    } catch (IllegalArgumentException e) {
      return null; // Others use TXT records as well.
    }
  }

  /** The same address, as a number. */
  static IpAddress ip(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == Integer.BYTES
        ? IpAddress.ofIpv4(bytes.getInt())
        : new IpAddress(bytes.getLong(), bytes.getLong());
  }
}
