package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.punch.Notarization;
import dev.waggle.domain.punch.Notarized;
import dev.waggle.domain.punch.Notary;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs and checks beside the node what two peers say to each other through a relay, by the threads
 * that examine. Asked by the node thread, which has few of these open at a time.
 */
final class Notarizing implements Notary {
  private static final Logger log = LoggerFactory.getLogger(Notarizing.class);

  private final PriorityPool<Lane, Runnable> pool;
  private final HandshakeSettings settings;
  private final Consumer<NodeEvent> results;

  /**
   * Nothing is under way yet.
   *
   * @param results takes each result to the node thread; called by any thread
   */
  Notarizing(
      PriorityPool<Lane, Runnable> pool, HandshakeSettings settings, Consumer<NodeEvent> results) {
    this.pool = pool;
    this.settings = settings;
    this.results = results;
  }

  @Override
  public void notarize(Notarization work) {
    // If the pool is closed, nobody waits any more. Whoever has caused it, its sum is bounded.
    boolean _ = pool.submit(Lane.EXPRESS, new Party.Ourselves(), () -> run(work));
  }

  private void run(Notarization work) {
    Notarized done = Notarized.REFUSED;
    try {
      done = work.complete(settings);
    } catch (RuntimeException e) {
      log.error("what a relay has brought could not be checked, or answered", e);
    }
    results.accept(new NodeEvent.Notarized(work, done));
  }
}
