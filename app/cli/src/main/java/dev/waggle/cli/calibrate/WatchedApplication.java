package dev.waggle.cli.calibrate;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.simulator.node.ForwardingApplication;
import java.util.function.Consumer;

/** The application of a real node, and who hears what it accepts: at the moment that counts. */
final class WatchedApplication extends ForwardingApplication {
  private final Consumer<Delivery> watcher;

  /**
   * A watched application.
   *
   * @param watcher hears of a message as a simulation's observers do: before it is handed over, on
   *     the node's thread
   */
  WatchedApplication(GossipApplication application, Consumer<Delivery> watcher) {
    super(application);
    this.watcher = watcher;
  }

  @Override
  public void deliver(Delivery accepted) throws DeliveryFailed {
    watcher.accept(accepted);
    super.deliver(accepted);
  }
}
