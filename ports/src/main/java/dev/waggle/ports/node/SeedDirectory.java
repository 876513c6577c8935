package dev.waggle.ports.node;

import dev.waggle.ports.PeerAddress;
import java.io.IOException;
import java.util.List;

/**
 * Knows nodes to join a network through, by the name of a zone: DNS seeds (PROTOCOL §9.6). The node
 * calls it on threads of its own, and believes nothing of what it hears before it has dialled.
 */
@FunctionalInterface
public interface SeedDirectory {
  /** Knows none. */
  SeedDirectory NONE = name -> List.of();

  /**
   * Asks for the nodes of {@code name}. Takes no longer than its own deadline. Safe from any
   * thread.
   *
   * @return IP literals with a port, pinned where the zone says who answers there; a bounded number
   * @throws IOException if nobody has answered, or nobody who makes sense; in words for the
   *     operator
   */
  List<PeerAddress> lookUp(String name) throws IOException;
}
