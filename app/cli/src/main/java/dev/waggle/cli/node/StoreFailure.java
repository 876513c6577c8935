package dev.waggle.cli.node;

import dev.waggle.chain.ChainListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Waits for the first time that blocks cannot be kept. */
final class StoreFailure implements ChainListener {
  private final CompletableFuture<IOException> first = new CompletableFuture<>();

  @Override
  public void storeFailed(IOException why) {
    first.complete(why);
  }

  CompletionStage<IOException> first() {
    return first.minimalCompletionStage();
  }
}
