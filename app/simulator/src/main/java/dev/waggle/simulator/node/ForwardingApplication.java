package dev.waggle.simulator.node;

import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An application that does what another one does: for whoever wants to hear of some of it. */
public abstract class ForwardingApplication implements GossipApplication {
  private final GossipApplication application;

  protected ForwardingApplication(GossipApplication application) {
    this.application = application;
  }

  @Override
  public Examination examine(MessageId id, GossipMessage message) {
    return application.examine(id, message);
  }

  @Override
  public boolean takesLong(GossipMessage message) {
    return application.takesLong(message);
  }

  @Override
  public boolean isKnown(MessageId id) {
    return application.isKnown(id);
  }

  @Override
  public Verdict validate(Delivery candidate) {
    return application.validate(candidate);
  }

  @Override
  public void deliver(Delivery accepted) throws DeliveryFailed {
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

  @Override
  public @Nullable BlockFormat blockFormat() {
    return application.blockFormat();
  }

  @Override
  public @Nullable HeaderChain headerChain() {
    return application.headerChain();
  }
}
