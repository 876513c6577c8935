package dev.waggle.simulator.network;

import dev.waggle.simulator.engine.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: counted bytes, in order, from the sender's buffer through both
 * hosts' lines to the receiver.
 *
 * <p>Each quantum passes the sender's line when it has its turn there and the window allows it,
 * travels for as long as the network says, and passes the receiver's line. What the bytes stand for
 * is handed over with the last of them.
 */
public final class Pipe {
  /** Hears what becomes of the bytes of one pipe. */
  public interface Ends {
    /** Whether the receiver's system knows the connection; asked for whatever arrives there. */
    boolean reaches();

    /** Some bytes have reached the receiver, whole contents or not. */
    void heard();

    /** A content has reached the receiver whole. */
    void received(Object content);

    /** The sender's buffer has passed below what {@link #notifyBelow} asked for. */
    void drained();
  }

  private final Network network;
  private final Timeline timeline;
  private final Host from;
  private final Host to;
  private final Ends ends;
  private final long latencyNanos;
  private final Window window;
  private final Marks marks = new Marks();
  private long offered;
  private long taken;
  private long delivered;
  private long readyNanos;
  private long lastArrivalNanos;
  private long drainedAt = -1;
  private int unread;
  private long lineDoneNanos;
  private long lastDeliveryNanos;
  private int lineBytes;
  private boolean onLine;
  private boolean cutOff;
  private boolean ackAwaited;
  private boolean reading = true;
  private boolean closed;

  public Pipe(Network network, Host from, Host to, Ends ends) {
    this.network = network;
    this.timeline = network.timeline();
    this.from = from;
    this.to = to;
    this.ends = ends;
    this.latencyNanos = network.latencyNanos(from, to);
    long roundTrip = latencyNanos + network.latencyNanos(to, from);
    this.window = new Window(network.model().tcp(), roundTrip, timeline.nowNanos());
  }

  public long latencyNanos() {
    return latencyNanos;
  }

  /** Bytes that wait for the sender's line, or for the window. */
  public long unsentBytes() {
    return offered - taken;
  }

  /**
   * Appends bytes.
   *
   * @param content handed over with the last of them
   * @param ready when the sender has made them, now or later
   */
  public void offer(int bytes, Object content, long ready) {
    if (closed) {
      return;
    }
    offered += bytes;
    readyNanos = ready;
    marks.add(offered, content);
    from.count(bytes);
    request();
  }

  /** Asks for the sender's line, for a quantum at a time. */
  private void request() {
    if (onLine || cutOff || closed || unsentBytes() == 0) {
      return;
    }
    if (network.isSeparated(from, to)) {
      cutOff = true;
      network.awaitHealing(this);
      return;
    }
    int wanted = mayHaveServed();
    if (wanted == 0) {
      onLine = true;
      timeline.at(lineDoneNanos, this::served);
      return;
    }
    int bytes = window.room(wanted, timeline.nowNanos());
    if (bytes == 0) {
      awaitAck();
      return;
    }
    long done = from.up().serve(bytes, Math.max(readyNanos, timeline.nowNanos()), lineBytes == 0);
    taken += bytes;
    lineBytes += bytes;
    lineDoneNanos = done;
    window.sent(bytes, done);
    long arrival = done + latencyNanos + network.drawJitter(latencyNanos);
    lastArrivalNanos = Math.max(arrival, lastArrivalNanos);
    timeline.at(lastArrivalNanos, () -> arrive(bytes));
    if (unsentBytes() > 0 || mustReport()) {
      onLine = true;
      timeline.at(done, this::served);
    }
  }

  /** What is left of the quantum that this flow may have waiting for the line. */
  private int mayHaveServed() {
    if (lineDoneNanos <= timeline.nowNanos()) {
      lineBytes = 0;
    }
    int left = Gate.QUANTUM_BYTES - lineBytes;
    return (int) Math.min(left, unsentBytes());
  }

  private void served() {
    onLine = false;
    if (closed) {
      return;
    }
    request();
    if (mustReport()) {
      drainedAt = -1;
      ends.drained();
    }
  }

  private boolean mustReport() {
    return drainedAt >= 0 && unsentBytes() <= drainedAt;
  }

  /** Has {@link Ends#drained} called once, when at most so many bytes are unsent. */
  public void notifyBelow(long unsent) {
    drainedAt = unsent;
  }

  private void awaitAck() {
    if (ackAwaited) {
      return;
    }
    long next = window.nextAckNanos();
    if (next != Long.MAX_VALUE) {
      ackAwaited = true;
      timeline.at(next, this::acked);
    }
  }

  private void acked() {
    ackAwaited = false;
    request();
  }

  /** The network is whole again. */
  void resume() {
    cutOff = false;
    request();
  }

  // ---- the receiver's line

  private void arrive(int bytes) {
    if (closed || !ends.reaches()) {
      return; // Never acknowledged: the window closes, and the sender waits.
    }
    // The first byte has come earlier, and passed on: a line does not wait for whole quanta.
    long first = timeline.nowNanos() - from.up().durationNanos(bytes);
    boolean alone = lastDeliveryNanos <= timeline.nowNanos();
    long done = Math.max(lastDeliveryNanos, to.down().serve(bytes, first, alone));
    lastDeliveryNanos = done;
    if (done <= timeline.nowNanos()) {
      deliver(bytes);
    } else {
      timeline.at(done, () -> deliver(bytes));
    }
  }

  private void deliver(int bytes) {
    if (closed) {
      return;
    }
    ends.heard();
    if (reading) {
      read(bytes);
    } else {
      unread += bytes;
    }
  }

  private void read(int bytes) {
    delivered += bytes;
    window.willBeAcked(bytes, timeline.nowNanos() + network.latencyNanos(to, from));
    if (unsentBytes() > 0 && !onLine) {
      awaitAck();
    }
    handOver();
  }

  private void handOver() {
    while (reading && !closed) {
      @Nullable Object content = marks.poll(delivered);
      if (content == null) {
        return;
      }
      ends.received(content);
    }
  }

  /** Whether the receiver takes what arrives: if not, the window closes in time. */
  public void reading(boolean wanted) {
    if (reading == wanted) {
      return;
    }
    reading = wanted;
    if (wanted) {
      timeline.after(0, this::readAgain);
    }
  }

  private void readAgain() {
    if (reading && !closed) {
      handOver();
      if (reading && unread > 0) {
        int bytes = unread;
        unread = 0;
        read(bytes);
      }
    }
  }

  /** Nothing is delivered any more. */
  public void close() {
    closed = true;
    marks.clear();
  }
}
