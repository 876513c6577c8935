package dev.waggle.simulator.node;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application of a node, and what observers hear of it. */
final class ObservedApplication implements GossipApplication {
  private final GossipApplication application;
  private final RunningNode node;
  private final NodeObserver observer;

  ObservedApplication(GossipApplication application, RunningNode node, NodeObserver observer) {
    this.application = application;
    this.node = node;
    this.observer = observer;
  }

  @Override
  public Examination examine(MessageId id, GossipMessage message) {
    return application.examine(id, message);
  }

  @Override
  public boolean isKnown(MessageId id) {
    return application.isKnown(id);
  }

  @Override
  public Verdict validate(Delivery candidate) {
    Verdict verdict = application.validate(candidate);
    observer.judged(node, candidate, verdict);
    if (verdict instanceof Verdict.Reject(String why)) {
      observer.rejected(node, candidate.id(), candidate.from(), why);
    }
    return verdict;
  }

  @Override
  public void deliver(Delivery accepted) throws DeliveryFailed {
    observer.accepted(node, accepted);
    application.deliver(accepted);
  }

  @Override
  public List<MessageId> inventory() {
    return application.inventory();
  }

  @Override
  public @Nullable GossipMessage find(MessageId id) {
    return application.find(id);
  }
}
