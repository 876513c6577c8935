package dev.waggle.operator.page;

import dev.waggle.ports.operator.NodeControl;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Asks nodes what they count, while somebody looks: one node each second, and of many fewer. Safe
 * from any thread.
 */
final class Counting implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Nodes asked at a time, so that a network in one process is not busy with its own numbers. */
  private static final int AT_A_TIME = 10;

  private final SessionLog log;
  private final BooleanSupplier isWatched;
  private final Map<Integer, NodeControl> nodes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("waggle-page").factory());

  /** Owned by the timer's thread. */
  private int next;

  private Counting(SessionLog log, BooleanSupplier isWatched) {
    this.log = log;
    this.isWatched = isWatched;
  }

  static Counting start(SessionLog log, BooleanSupplier isWatched) {
    Counting counting = new Counting(log, isWatched);
    var _ =
        counting.timer.scheduleWithFixedDelay(
            counting::count, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return counting;
  }

  void add(int node, NodeControl control) {
    nodes.put(node, control);
  }

  void remove(int node) {
    nodes.remove(node);
  }

  private void count() {
    if (!isWatched.getAsBoolean()) {
      return;
    }
    int[] all = nodes.keySet().stream().mapToInt(node -> node).sorted().toArray();
    for (int i = 0; i < Math.min(AT_A_TIME, all.length); i++) {
      next = (next + 1) % all.length;
      ask(all[next]);
    }
  }

  private void ask(int node) {
    NodeControl control = nodes.get(node);
    if (control == null) {
      return;
    }
    try {
      // What a node answers is written by this thread, and not by the node's.
      var _ =
          control
              .status()
              .thenAcceptAsync(
                  status -> log.count(node, NumbersJson.line(node, log.nowMillis(), status)), timer)
              .exceptionally(_ -> null);
    } catch (IllegalStateException _) {
      // The node is closed, and will say so itself.
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
