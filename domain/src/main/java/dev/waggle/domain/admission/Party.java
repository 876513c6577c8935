package dev.waggle.domain.admission;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.node.LinkId;

/** Who has a share of its own of the threads that links share (PROTOCOL §9.8). */
public sealed interface Party {
  /** Everybody who has come from one network group: addresses cost something, links do not. */
  record Group(NetworkGroup group) implements Party {}

  /** A peer that this node has dialled: whom it has chosen shares with nobody. */
  record Chosen(LinkId link) implements Party {}

  /** This node, for whom it dials. */
  record Ourselves() implements Party {}

  /** The party of everybody who dials this node from where that is. */
  static Party from(Endpoint remote) {
    return new Group(Origin.of(remote).group());
  }
}
