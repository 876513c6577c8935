package dev.waggle.ports;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a TCP port, not yet resolved.
 *
 * <p>Operators read them, wherever they come from: a host has none but the ASCII characters that
 * literals and names are made of, so it cannot smuggle anything into a log or a terminal.
 *
 * @param host an IPv4 or IPv6 literal (without brackets) or a DNS name (internationalized ones in
 *     their ASCII form), 1 to 253 characters of {@code A-Z a-z 0-9 . - _ : %}
 * @param port 0 to 65535; 0 is meaningful only where one listens, and lets the system choose
 */
public record Endpoint(String host, int port) {
  public static final int MAX_HOST_LENGTH = 253;

  private static final Pattern HOST_PORT =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9A-Fa-f:.]+(?:%\\w+)?)]|(?<name>[^\\[\\]:@\\s]+)):(?<port>\\d{1,5})");

  public Endpoint {
    if (host.isEmpty() || host.length() > MAX_HOST_LENGTH) {
      throw new IllegalArgumentException(
          "a host has 1 to " + MAX_HOST_LENGTH + " characters, not " + host.length());
    }
    if (!host.chars().allMatch(Endpoint::isOfHosts)) {
      throw new IllegalArgumentException(
          "a host consists of letters, digits and . - _ : %, all of them ASCII");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port lies between 0 and 65535, and is not " + port);
    }
  }

  /** By hand: endpoints are made often, and a regular expression takes its time. */
  private static boolean isOfHosts(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || ".-_:%".indexOf(character) >= 0;
  }

  /**
   * Parses {@code host:port}, IPv6 literals in brackets.
   *
   * @throws IllegalArgumentException if {@code text} is anything else; the message says what is
   *     expected
   */
  public static Endpoint parse(String text) {
    Matcher matcher = HOST_PORT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected host:port (IPv6 in brackets), not '" + text + "'");
    }
    String v6 = matcher.group("v6");
    return new Endpoint(
        v6 != null ? v6 : matcher.group("name"), Integer.parseInt(matcher.group("port")));
  }

  /** {@code host:port}, IPv6 literals in brackets; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
