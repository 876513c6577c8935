package dev.waggle.simulator.network;

import dev.waggle.simulator.engine.Timeline;
import java.util.ArrayDeque;

/**
 * One direction of a host's line, shared by all of its flows: they take turns, a quantum each.
 *
 * <p>A flow that another gate or its window keeps from using its turns leaves them to the others.
 * So the rates come out max-min fair (Bertsekas and Gallager, 1987), without anybody computing
 * them, and what waits, waits in the order of turns.
 */
abstract class Gate {
  /** Bytes of a turn: some packets, so that a small message waits for little, at few events. */
  static final int QUANTUM_BYTES = 16 * 1024;

  private final Timeline timeline;
  private final double nanosPerByte;
  private final ArrayDeque<Pipe> waiting = new ArrayDeque<>(2);
  private final Runnable nextTurn = this::nextTurn;
  private long freeNanos;
  private boolean turnAwaited;

  /**
   * A gate that is free.
   *
   * @param bytesPerSecond 0 for no limit
   */
  Gate(Timeline timeline, long bytesPerSecond) {
    this.timeline = timeline;
    this.nanosPerByte = bytesPerSecond == 0 ? 0 : 1e9 / bytesPerSecond;
  }

  /** What the flow may have served now, up to a quantum; 0 if nothing, and then it comes again. */
  abstract int take(Pipe flow, int quantumBytes);

  /** When what was taken is there to be served. */
  abstract long readyNanos(Pipe flow);

  abstract void served(Pipe flow, int bytes, long doneNanos);

  abstract boolean hasMore(Pipe flow);

  /** The flow has something, and is not among those that wait. */
  void request(Pipe flow) {
    if (waiting.isEmpty() && freeNanos <= timeline.nowNanos()) {
      serve(flow);
    } else {
      waiting.add(flow);
    }
    awaitTurn();
  }

  private void nextTurn() {
    turnAwaited = false;
    Pipe next = waiting.poll();
    if (next != null) {
      serve(next);
      awaitTurn();
    }
  }

  private void awaitTurn() {
    if (!turnAwaited && !waiting.isEmpty()) {
      turnAwaited = true;
      timeline.at(freeNanos, nextTurn);
    }
  }

  private void serve(Pipe flow) {
    int bytes = take(flow, QUANTUM_BYTES);
    if (bytes == 0) {
      return;
    }
    long begin = Math.max(Math.max(freeNanos, timeline.nowNanos()), readyNanos(flow));
    freeNanos = begin + (long) (bytes * nanosPerByte);
    served(flow, bytes, freeNanos);
    if (hasMore(flow)) {
      waiting.add(flow);
    }
  }
}
