package dev.waggle.nat.router;

import dev.waggle.ports.nat.Mapping;
import java.time.Duration;

/**
 * Asks one router, in one protocol, about one port. Its calls wait for the router, within bounds
 * that the protocol has; they come from one thread at a time.
 */
public interface RouterClient {
  Mapping.Method method();

  /** Asks for a mapping, or to keep the one that it granted. */
  Outcome map();

  /**
   * Whether the router answers, and still knows what it granted, as far as it says. Cheaper than to
   * map again, which is what an owner does about a no.
   */
  boolean isUnchanged();

  /**
   * Has the router forget what it granted, or may have granted without that its answer came. Waits
   * only for a router that has answered before, and no longer than {@code within}.
   */
  void remove(Duration within);
}
