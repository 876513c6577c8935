package dev.waggle.node.runtime;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Gossip;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where local publishers and subscribers (miner, wallet, API) meet the network.
 *
 * <p>Publishing is safe from any thread, which examines the message itself. Subscribers are called
 * by the node thread, after the application has taken the message; they must not block.
 */
public final class GossipBridge implements Gossip {
  private final Mailbox mailbox;
  private final Supplier<Intake> intake;
  private final Subscribers subscribers;
  private volatile boolean closed;

  /**
   * Publishes through {@code mailbox}.
   *
   * @param intake the calling thread's
   */
  GossipBridge(Mailbox mailbox, Supplier<Intake> intake, Subscribers subscribers) {
    this.mailbox = mailbox;
    this.intake = intake;
    this.subscribers = subscribers;
  }

  @Override
  public CompletionStage<Verdict> publish(GossipMessage message) {
    if (closed) {
      return CompletableFuture.completedFuture(new Verdict.Ignore("the node is closed"));
    }
    Delivery delivery = intake.get().published(message);
    Incoming.Published published = new Incoming.Published(delivery, new CompletableFuture<>());
    if (!mailbox.offer(published)) {
      return CompletableFuture.completedFuture(new Verdict.Ignore("the node is overloaded"));
    }
    return published.verdict();
  }

  @Override
  public Subscription subscribe(Consumer<Delivery> subscriber) {
    subscribers.add(subscriber);
    return () -> subscribers.remove(subscriber);
  }

  /** Refuses what is published from now on. */
  void close() {
    closed = true;
  }
}
