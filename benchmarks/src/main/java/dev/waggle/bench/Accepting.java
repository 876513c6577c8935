package dev.waggle.bench;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;

/** An application that accepts whatever its node gets, and keeps nothing. */
class Accepting implements GossipApplication {
  @Override
  public Verdict validate(Delivery candidate) {
    return new Verdict.Accept();
  }

  @Override
  public void deliver(Delivery accepted) {}
}
