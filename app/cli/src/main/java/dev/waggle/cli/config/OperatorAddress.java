package dev.waggle.cli.config;

import dev.waggle.node.config.ValueType;
import dev.waggle.ports.Endpoint;

/**
 * Where something for the operator listens: a port alone means this machine only. Whoever wants
 * others to reach it writes the address out.
 */
final class OperatorAddress {
  private static final String LOOPBACK = "127.0.0.1";

  static ValueType<Endpoint> type() {
    return ValueType.of(
        "[HOST:]PORT",
        "a port, for this machine only, or host:port, IPv6 in brackets",
        OperatorAddress::parse,
        e -> true);
  }

  private static Endpoint parse(String text) {
    String port = text.startsWith(":") ? text.substring(1) : text;
    boolean alone = !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9');
    return Endpoint.parse(alone ? LOOPBACK + ":" + port : text);
  }

  private OperatorAddress() {}
}
