package dev.waggle.simulator.checks;

import dev.waggle.ports.Endpoint;
import dev.waggle.simulator.network.NatKind;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.RunningNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may come in through a router that translates addresses, by what the node behind it has ever
 * dialled from the port at which it listens.
 */
final class WaysIn {
  private final Map<Integer, Set<Endpoint>> dialled = new HashMap<>();

  void dials(RunningNode node, Endpoint to) {
    dialled.computeIfAbsent(node.number(), _ -> new HashSet<>()).add(to);
  }

  /** Whether a link that the node has not dialled can have come in. */
  boolean isOpenTo(RunningNode node, LinkEnd from) {
    NatKind kind = node.identity().host().natKind();
    if (kind == null) {
      return true;
    }
    Set<Endpoint> sent = dialled.getOrDefault(node.number(), Set.of());
    Endpoint remote = from.remoteEndpoint();
    return switch (kind) {
      case FULL_CONE -> !sent.isEmpty();
      case RESTRICTED -> sent.stream().anyMatch(each -> each.host().equals(remote.host()));
      case PORT_RESTRICTED, SYMMETRIC -> sent.contains(remote);
    };
  }
}
