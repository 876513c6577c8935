package dev.waggle.simulator.node;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;

/** The application of a node, and what observers hear of it. */
final class ObservedApplication extends ForwardingApplication {
  private final RunningNode node;
  private final NodeObserver observer;

  ObservedApplication(GossipApplication application, RunningNode node, NodeObserver observer) {
    super(application);
    this.node = node;
    this.observer = observer;
  }

  @Override
  public Verdict validate(Delivery candidate) {
    Verdict verdict = super.validate(candidate);
    observer.judged(node, candidate, verdict);
    if (verdict instanceof Verdict.Reject(String why)) {
      observer.rejected(node, candidate.id(), candidate.from(), why);
    }
    return verdict;
  }

  @Override
  public void deliver(Delivery accepted) throws DeliveryFailed {
    observer.accepted(node, accepted);
    super.deliver(accepted);
  }
}
