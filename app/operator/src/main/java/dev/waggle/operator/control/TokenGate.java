package dev.waggle.operator.control;

import dev.waggle.ports.IpAddress;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Lets through who knows the token, and no web page: a browser says where a page comes from
 * (Origin), and by which name it found us (Host), which is never an IP address where somebody else
 * has bent his own name to it (DNS rebinding).
 */
final class TokenGate implements Gate {
  private static final String SCHEME = "bearer ";
  private static final Refusal NO_TOKEN =
      new Refusal(HttpStatus.UNAUTHORIZED_401, "expected Authorization: Bearer, and the token");
  private static final Refusal WEB_PAGE =
      new Refusal(HttpStatus.FORBIDDEN_403, "web pages are not answered");
  private static final Refusal OTHER_NAME =
      new Refusal(HttpStatus.FORBIDDEN_403, "ask for an IP address, or for localhost, by Host");

  private final ControlToken token;
  private final String host;

  /**
   * A gate.
   *
   * @param host the name by which the operator has had it listen, which may be asked for too
   */
  TokenGate(ControlToken token, String host) {
    this.token = token;
    this.host = host.toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable Refusal refusal(Request request) {
    if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
      return WEB_PAGE;
    }
    String asked = request.getHeaders().get(HttpHeader.HOST);
    if (asked != null && !isOurs(withoutPort(asked))) {
      return OTHER_NAME;
    }
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    boolean isBearer = given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return isBearer && token.is(given.substring(SCHEME.length()).strip()) ? null : NO_TOKEN;
  }

  private boolean isOurs(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.equals(host) || IpAddress.ofLiteral(lower) != null;
  }

  /** The name or literal of {@code host:port}, without the brackets of IPv6. */
  private static String withoutPort(String asked) {
    int bracket = asked.indexOf(']');
    if (asked.startsWith("[") && bracket > 0) {
      return asked.substring(1, bracket);
    }
    int colon = asked.indexOf(':');
    return colon < 0 ? asked : asked.substring(0, colon);
  }
}
