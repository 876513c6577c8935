package dev.waggle.domain.addresses;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.Reachability;
import java.util.List;

/** What a node knows of its own addresses because it has had them dialled (PROTOCOL §9.9). */
public interface DialledBack {
  /** No peer can be asked to. */
  DialledBack NEVER =
      new DialledBack() {
        @Override
        public boolean canAsk() {
          return false;
        }

        @Override
        public Reachability of(IpEndpoint endpoint) {
          return Reachability.UNKNOWN;
        }

        @Override
        public List<IpEndpoint> reachable() {
          return List.of();
        }
      };

  /** Whether a peer can be asked to dial this node. */
  boolean canAsk();

  /** Whether others can dial an address of this node. */
  Reachability of(IpEndpoint endpoint);

  /** Where they can: at most one address of each IP version. */
  List<IpEndpoint> reachable();
}
