package dev.waggle.app.runtime;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where local publishers and subscribers (miner, wallet, API) meet the network.
 *
 * <p>Publishing is safe from any thread. Subscribers are called by the node thread, after the
 * application has taken the message; they must not block.
 */
public final class GossipBridge implements GossipPublisher {
  private static final Logger log = LoggerFactory.getLogger(GossipBridge.class);

  /** Ends by being closed. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  private final Mailbox mailbox;
  private final List<Consumer<Delivery>> subscribers = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  GossipBridge(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public CompletionStage<Verdict> publish(GossipMessage message) {
    if (closed) {
      return CompletableFuture.completedFuture(new Verdict.Ignore("the node is closed"));
    }
    NodeEvent.Published published = new NodeEvent.Published(message, new CompletableFuture<>());
    long bytes = MessageWeight.bytes(new WireMessage.Gossip(message));
    if (!mailbox.offer(published, bytes)) {
      return CompletableFuture.completedFuture(new Verdict.Ignore("the node is overloaded"));
    }
    return published.verdict();
  }

  /**
   * Calls {@code subscriber} for every message that the node accepts, its own included.
   *
   * @return ends the subscription
   */
  public Subscription subscribe(Consumer<Delivery> subscriber) {
    subscribers.add(subscriber);
    return () -> subscribers.remove(subscriber);
  }

  /** Refuses what is published from now on. */
  void close() {
    closed = true;
  }

  /**
   * The application as the node sees it: {@code inner}, and behind it the subscribers. Where it
   * throws, that costs it the message, and nothing else.
   */
  GossipApplication around(GossipApplication inner) {
    return new GossipApplication() {
      @Override
      public Verdict validate(Delivery candidate) {
        try {
          return inner.validate(candidate);
        } catch (RuntimeException e) {
          log.error("the application could not judge {}; it is ignored", candidate.id(), e);
          return new Verdict.Ignore("the application failed on it");
        }
      }

      @Override
      public void deliver(Delivery accepted) throws DeliveryFailed {
        inner.deliver(accepted);
        subscribers.forEach(subscriber -> tell(subscriber, accepted));
      }

      @Override
      public List<MessageId> inventory() {
        return inner.inventory();
      }

      @Override
      public @Nullable GossipMessage find(MessageId id) {
        return inner.find(id);
      }
    };
  }

  private static void tell(Consumer<Delivery> subscriber, Delivery accepted) {
    try {
      subscriber.accept(accepted);
    } catch (RuntimeException e) {
      log.error("a subscriber failed on {}", accepted.id(), e);
    }
  }
}
