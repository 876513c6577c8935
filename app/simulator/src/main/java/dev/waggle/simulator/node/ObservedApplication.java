package dev.waggle.simulator.node;

import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import org.jspecify.annotations.Nullable;

/** The application of a node, and what observers hear of it. */
final class ObservedApplication extends ForwardingApplication {
  private final RunningNode node;
  private final NodeObserver observer;
  private final @Nullable BlockFormat format;
  private final @Nullable HeaderChain chain;

  /**
   * An application that is watched.
   *
   * @param format what its blocks are made of
   * @param chain how they follow each other
   */
  ObservedApplication(
      GossipApplication application,
      @Nullable BlockFormat format,
      @Nullable HeaderChain chain,
      RunningNode node,
      NodeObserver observer) {
    super(application);
    this.format = format;
    this.chain = chain;
    this.node = node;
    this.observer = observer;
  }

  @Override
  public @Nullable BlockFormat blockFormat() {
    return format;
  }

  @Override
  public @Nullable HeaderChain headerChain() {
    return chain;
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
