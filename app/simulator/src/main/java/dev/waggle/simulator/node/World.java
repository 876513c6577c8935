package dev.waggle.simulator.node;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Timeline;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.network.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all nodes of a run have in common. */
public interface World {
  Timeline timeline();

  Network network();

  Fidelity fidelity();

  Charges charges();

  Seeds seeds();

  NodeObserver observer();

  /** The host that has an address, or null. */
  @Nullable Host hostAt(Endpoint endpoint);

  /** The address of a host. */
  Endpoint endpointOf(Host host);

  /** What a DNS seed answers; nothing if there is no such name. */
  default List<PeerAddress> seedsOf(String name) {
    return List.of();
  }

  /** A number that no link has had. */
  long nextLinkNumber();
}
