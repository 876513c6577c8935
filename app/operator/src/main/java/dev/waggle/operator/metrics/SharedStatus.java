package dev.waggle.operator.metrics;

import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.operator.NodeStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a node is, for many who want to know: one question to the node's thread at a time, and four
 * in a second at most, however many ask. Safe from any thread.
 */
final class SharedStatus {
  /** As old an answer is as good as a new one. */
  static final Duration FRESH = Duration.ofMillis(250);

  private final NodeControl control;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private @Nullable CompletableFuture<NodeStatus> asked;
  private long askedNanos;

  /**
   * The status of {@code control}'s node.
   *
   * @param patience how long {@link #read} waits at most
   */
  SharedStatus(NodeControl control, Duration patience, LongSupplier nanoTime) {
    this.control = control;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * Waits for the node.
   *
   * @throws NoAnswer if it is closed, or does not answer in time
   */
  NodeStatus read() throws NoAnswer {
    try {
      return ask().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NoAnswer("the node has not answered for %d ms".formatted(patience.toMillis()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new NoAnswer("the node cannot say how it is: " + cause.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("nobody waits for the node any more");
    }
  }

  private synchronized CompletableFuture<NodeStatus> ask() {
    long now = nanoTime.getAsLong();
    CompletableFuture<NodeStatus> last = asked;
    if (last != null && (!last.isDone() || now - askedNanos < FRESH.toNanos())) {
      return last;
    }
    CompletableFuture<NodeStatus> next = control.status().toCompletableFuture();
    asked = next;
    askedNanos = now;
    return next;
  }
}
