package dev.waggle.chain;

import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether blocks can be kept: one word in the log, and one to the listeners, when that ends and
 * when it begins again, however many blocks come between.
 */
final class StoreHealth {
  private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);

  private final Consumer<Consumer<ChainListener>> tell;
  private boolean failing;

  /** Tells listeners by {@code tell}. */
  StoreHealth(Consumer<Consumer<ChainListener>> tell) {
    this.tell = tell;
  }

  void failed(IOException why) {
    if (!failing) {
      failing = true;
      log.error("blocks cannot be kept, and none is taken until they can: {}", why.toString());
      tell.accept(listener -> listener.storeFailed(why));
    }
  }

  void recovered() {
    if (failing) {
      failing = false;
      log.info("blocks can be kept again");
      tell.accept(ChainListener::storeRecovered);
    }
  }
}
