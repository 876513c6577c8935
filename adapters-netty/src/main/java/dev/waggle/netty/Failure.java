package dev.waggle.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What ends a transport for good: the first of such things. Safe from any thread.
 *
 * <p>Whoever catches something reports it before it does anything else: when memory is short, that
 * may be the last thing that succeeds.
 */
final class Failure {
  private final CompletableFuture<Throwable> first = new CompletableFuture<>();

  CompletionStage<Throwable> first() {
    return first.minimalCompletionStage();
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
