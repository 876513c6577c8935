package dev.waggle.cli.calibrate;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The application of a real node, and who hears what it accepts: at the moment that counts. */
final class WatchedApplication implements GossipApplication {
  private final GossipApplication application;
  private final Consumer<Delivery> watcher;

  /**
   * A watched application.
   *
   * @param watcher hears of a message as a simulation's observers do: before it is handed over, on
   *     the node's thread
   */
  WatchedApplication(GossipApplication application, Consumer<Delivery> watcher) {
    this.application = application;
    this.watcher = watcher;
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
    watcher.accept(accepted);
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
