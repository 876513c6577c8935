package dev.waggle.ports.gossip;

import dev.waggle.ports.wire.GossipMessage;
import java.util.concurrent.CompletionStage;

/** Lets local producers, such as a miner or a wallet, hand messages to the network. */
@FunctionalInterface
public interface GossipPublisher {
  /**
   * Publishes {@code message} as if a peer had sent it: it is validated first, and forwarded only
   * if accepted. Safe from any thread; never blocks.
   *
   * @return the application's verdict; {@link Verdict.Ignore} if the message was known already, or
   *     the node is overloaded or closed
   */
  CompletionStage<Verdict> publish(GossipMessage message);
}
