package dev.waggle.node.runtime;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application as the node sees it, and behind it the subscribers. Where it throws, that costs
 * it the message, and nothing else.
 */
final class GuardedApplication implements GossipApplication {
  private static final Logger log = LoggerFactory.getLogger(GuardedApplication.class);

  /** Of a message that the application could not examine. */
  static final class Failed implements Examination {
    @Override
    public long heldBytes() {
      return 0;
    }
  }

  static final Failed FAILED = new Failed();

  static final Verdict.Ignore IGNORED = new Verdict.Ignore("the application failed on it");

  private final GossipApplication inner;
  private final Subscribers subscribers;
  private final @Nullable BlockFormat blockFormat;
  private final @Nullable HeaderChain headerChain;

  GuardedApplication(GossipApplication inner, Subscribers subscribers) {
    this.inner = inner;
    this.subscribers = subscribers;
    BlockFormat format = inner.blockFormat();
    this.blockFormat = format == null ? null : new GuardedBlockFormat(format);
    HeaderChain chain = inner.headerChain();
    this.headerChain = chain == null ? null : new GuardedHeaderChain(chain);
  }

  @Override
  public boolean takesLong(GossipMessage message) {
    try {
      return inner.takesLong(message);
    } catch (RuntimeException e) {
      log.error("the application could not say whether a message takes long", e);
      return false;
    }
  }

  @Override
  public Examination examine(MessageId id, GossipMessage message) {
    try {
      return inner.examine(id, message);
    } catch (RuntimeException e) {
      log.error("the application could not examine {}; it is ignored", id, e);
      return FAILED;
    }
  }

  @Override
  public boolean isKnown(MessageId id) {
    try {
      return inner.isKnown(id);
    } catch (RuntimeException e) {
      log.error("the application could not say whether it knows {}", id, e);
      return false;
    }
  }

  @Override
  public Verdict validate(Delivery candidate) {
    if (candidate.examination() == FAILED) {
      return IGNORED;
    }
    try {
      return inner.validate(candidate);
    } catch (RuntimeException e) {
      log.error("the application could not judge {}; it is ignored", candidate.id(), e);
      return IGNORED;
    }
  }

  @Override
  public void deliver(Delivery accepted) throws DeliveryFailed {
    inner.deliver(accepted);
    subscribers.tell(accepted);
  }

  @Override
  public List<MessageId> inventory() {
    return inner.inventory();
  }

  @Override
  public @Nullable GossipMessage find(MessageId id) {
    return inner.find(id);
  }

  @Override
  public @Nullable BlockFormat blockFormat() {
    return blockFormat;
  }

  @Override
  public @Nullable HeaderChain headerChain() {
    return headerChain;
  }
}
