package dev.waggle.node.runtime;

import dev.waggle.ports.node.CatchUpObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's observer as the node sees it: where it throws, that changes nothing. */
final class GuardedCatchUpObserver implements CatchUpObserver {
  private static final Logger log = LoggerFactory.getLogger(GuardedCatchUpObserver.class);

  private final CatchUpObserver inner;

  GuardedCatchUpObserver(CatchUpObserver inner) {
    this.inner = inner;
  }

  @Override
  public void catchingUp(long accepted, long further) {
    guarded(() -> inner.catchingUp(accepted, further));
  }

  @Override
  public void caughtUp(long accepted, boolean whole) {
    guarded(() -> inner.caughtUp(accepted, whole));
  }

  private static void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      log.error("the observer of catching up failed", e);
    }
  }
}
