package dev.waggle.node.runtime;

import dev.waggle.ports.gossip.Delivery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who on this node wants to hear of what it accepts. Safe from any thread. */
final class Subscribers {
  private static final Logger log = LoggerFactory.getLogger(Subscribers.class);

  private final List<Consumer<Delivery>> subscribers = new CopyOnWriteArrayList<>();

  void add(Consumer<Delivery> subscriber) {
    subscribers.add(subscriber);
  }

  void remove(Consumer<Delivery> subscriber) {
    subscribers.remove(subscriber);
  }

  void tell(Delivery accepted) {
    for (Consumer<Delivery> subscriber : subscribers) {
      try {
        subscriber.accept(accepted);
      } catch (RuntimeException e) {
        log.error("a subscriber failed on {}", accepted.id(), e);
      }
    }
  }
}
