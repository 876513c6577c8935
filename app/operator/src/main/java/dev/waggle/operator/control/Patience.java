package dev.waggle.operator.control;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long the node is waited for.
 *
 * @param answer for what it knows or does at once
 * @param dial for an attempt to connect
 */
record Patience(Duration answer, Duration dial) {
  /** A dial takes ten seconds at most, and a little for the node to notice. */
  static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(15));

  <T> T await(CompletionStage<T> stage) throws RpcFailed, InterruptedException {
    return await(stage, answer);
  }

  <T> T awaitDial(CompletionStage<T> stage) throws RpcFailed, InterruptedException {
    return await(stage, dial);
  }

  private static <T> T await(CompletionStage<T> stage, Duration time)
      throws RpcFailed, InterruptedException {
    try {
      return stage.toCompletableFuture().get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new RpcFailed(
          ErrorCode.NO_ANSWER, "the node has not answered within " + time.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw failed(cause == null ? e : cause);
    }
  }

  private static RpcFailed failed(Throwable cause) {
    return switch (cause) {
      case IllegalStateException _ -> new RpcFailed(ErrorCode.NO_ANSWER, "the node is ending");
      case IllegalArgumentException e -> RpcFailed.invalidParams(String.valueOf(e.getMessage()));
      default -> new RpcFailed(ErrorCode.REFUSED, String.valueOf(cause.getMessage()));
    };
  }
}
