package dev.waggle.simulator.siege;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.addresses.Reach;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Who has which addresses: the honest one in each group, the attacker many in few. */
final class Party {
  private static final int PORT = 9000;

  /** One node other than the victim. */
  static final class Node {
    final IpEndpoint endpoint;
    final int identity;
    final boolean hostile;

    /** Whether it answers those who dial it. */
    boolean up;

    /** Whether it has no place for them. */
    boolean full;

    private Node(IpEndpoint endpoint, int identity, boolean hostile, boolean up) {
      this.endpoint = endpoint;
      this.identity = identity;
      this.hostile = hostile;
      this.up = up;
    }
  }

  private final Set<NetworkGroup> groups = new LinkedHashSet<>();
  private final Map<IpEndpoint, Node> byEndpoint = new LinkedHashMap<>();
  private final SplittableRandom random;

  /** Honest nodes that answer now and then. */
  final List<Node> answering = new ArrayList<>();

  /** Addresses that others still tell of and that nobody has any more. */
  final List<Node> dead = new ArrayList<>();

  final List<Node> hostile = new ArrayList<>();

  Party(
      int honest,
      double deadShare,
      int hostileAddresses,
      int hostileGroups,
      SplittableRandom random) {
    this.random = random;
    int number = 0;
    for (int i = 0; i < honest; i++) {
      boolean answers = i >= honest * deadShare;
      Node node = new Node(endpoint(newPrefix(), i), number++, false, answers);
      (answers ? answering : dead).add(node);
      byEndpoint.put(node.endpoint, node);
    }
    int perGroup = hostileAddresses / hostileGroups;
    for (int group = 0; group < hostileGroups; group++) {
      int prefix = newPrefix();
      for (int i = 0; i < perGroup; i++) {
        Node node = new Node(endpoint(prefix, i), number++, true, true);
        hostile.add(node);
        byEndpoint.put(node.endpoint, node);
      }
    }
  }

  /** The first 16 bits of public addresses that nobody has yet. */
  private int newPrefix() {
    while (true) {
      int prefix = random.nextInt(1 << 16);
      IpAddress address = IpAddress.ofIpv4(prefix << 16);
      if (Reach.of(address) == Reach.PUBLIC && groups.add(NetworkGroup.of(address))) {
        return prefix;
      }
    }
  }

  private static IpEndpoint endpoint(int prefix, int number) {
    return new IpEndpoint(IpAddress.ofIpv4(prefix << 16 | (number + 1)), PORT);
  }

  /** An address of which nobody knows that nobody has it. */
  IpEndpoint invented() {
    while (true) {
      IpAddress address = IpAddress.ofIpv4(random.nextInt());
      IpEndpoint endpoint = new IpEndpoint(address, PORT);
      if (Reach.of(address) == Reach.PUBLIC && !byEndpoint.containsKey(endpoint)) {
        return endpoint;
      }
    }
  }

  @Nullable Node at(IpEndpoint endpoint) {
    return byEndpoint.get(endpoint);
  }

  boolean isHostile(IpEndpoint endpoint) {
    Node node = byEndpoint.get(endpoint);
    return node != null && node.hostile;
  }

  Node oneOf(List<Node> nodes) {
    return nodes.get(random.nextInt(nodes.size()));
  }
}
