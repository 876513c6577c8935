package dev.waggle.ports.gossip;

import java.util.function.Consumer;

/** Where local publishers and subscribers (miner, wallet, API) meet the network. */
public interface Gossip extends GossipPublisher {
  /**
   * Calls {@code subscriber} for every message that the node accepts, its own included: on the
   * node's thread, after the application has taken the message; it must not block.
   *
   * @return ends the subscription
   */
  Subscription subscribe(Consumer<Delivery> subscriber);

  /** Ends by being closed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
