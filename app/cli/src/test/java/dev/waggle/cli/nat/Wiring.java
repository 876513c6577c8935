package dev.waggle.cli.nat;

import java.io.IOException;
import java.util.List;

/** Namespaces, wires between them and routes, as a script, for that is faster than one by one. */
final class Wiring {
  private final StringBuilder script = new StringBuilder("set -e\n");

  Wiring namespace(Namespace added) {
    line("ip netns add", added.name());
    line("ip -n", added.name(), "link set lo up");
    // Nobody else has these addresses; looking for them would take a second.
    return set(added, "ipv6/conf/default/accept_dad", 0);
  }

  /** Makes it a router. */
  Wiring forwards(Namespace router) {
    return set(router, "ipv4/ip_forward", 1).set(router, "ipv6/conf/all/forwarding", 1);
  }

  private Wiring set(Namespace in, String name, int value) {
    String script = "echo %d > /proc/sys/net/%s".formatted(value, name);
    return line("ip netns exec", in.name(), "sh -c", "'" + script + "'");
  }

  /** A wire between two. */
  Wiring wire(Namespace left, String leftDevice, Namespace right, String rightDevice) {
    String peer = "type veth peer name " + rightDevice + " netns " + right.name();
    line("ip link add", leftDevice, "netns", left.name(), peer);
    line("ip -n", left.name(), "link set", leftDevice, "up");
    return line("ip -n", right.name(), "link set", rightDevice, "up");
  }

  /** Gives an end of a wire an address, with the length of its prefix: {@code 9.1.0.2/16}. */
  Wiring address(Namespace at, String device, String address) {
    return line("ip -n", at.name(), "addr add", address, "dev", device);
  }

  /**
   * Where packets go that are for elsewhere.
   *
   * @param whither a prefix, or {@code default}
   */
  Wiring route(Namespace from, String whither, String gateway) {
    return line("ip -n", from.name(), "route add", whither, "via", gateway);
  }

  private Wiring line(String... words) {
    script.append(String.join(" ", words)).append('\n');
    return this;
  }

  /** Does all of it. */
  void lay() throws IOException, InterruptedException {
    Commands.run(List.of("sh"), script.toString());
  }
}
