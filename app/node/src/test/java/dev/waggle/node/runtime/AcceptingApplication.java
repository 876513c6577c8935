package dev.waggle.node.runtime;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;

/** Takes whatever comes. */
class AcceptingApplication implements GossipApplication {
  @Override
  public Verdict validate(Delivery candidate) {
    return new Verdict.Accept();
  }

  @Override
  public void deliver(Delivery accepted) {}
}
