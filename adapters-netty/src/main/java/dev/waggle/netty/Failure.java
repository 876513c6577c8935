package dev.waggle.netty;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What ends a transport for good, and who is told of it: the first of such things, once. Safe from
 * any thread.
 *
 * <p>Whoever catches something reports it before it does anything else: when memory is short, that
 * may be the last thing that succeeds.
 */
final class Failure {
  private static final System.Logger LOG = System.getLogger(Failure.class.getName());

  private final CompletableFuture<Throwable> first = new CompletableFuture<>();

  void whenFailed(Consumer<Throwable> owner) {
    first
        .thenAccept(owner)
        .exceptionally(
            thrown -> {
              LOG.log(System.Logger.Level.ERROR, "the owner of a failed transport", thrown);
              return null;
            });
  }

  /** Something was thrown. An exception is the matter of whoever caught it; an error is not. */
  void caught(Throwable thrown) {
    if (thrown instanceof Error) {
      fatal(thrown);
    }
  }

  /** Something was thrown that the transport cannot do without. */
  void fatal(Throwable thrown) {
    first.complete(thrown);
  }
}
