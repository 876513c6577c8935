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
  private long arrived;
  private long passed;
  private long delivered;
  private long readyNanos;
  private long lastArrivalNanos;
  private long drainedAt = -1;
  private int unread;
  private boolean requestedUp;
  private boolean requestedDown;
  private boolean ackAwaited;
  private boolean reading = true;
  private boolean closed;

  Pipe(Network network, Host from, Host to, Ends ends) {
    this.network = network;
    this.timeline = network.timeline();
    this.from = from;
    this.to = to;
    this.ends = ends;
    this.latencyNanos = network.latencyNanos(from, to);
    long roundTrip = latencyNanos + network.latencyNanos(to, from);
    this.window = new Window(network.model().tcp(), roundTrip, timeline.nowNanos());
  }

  long latencyNanos() {
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

  private void request() {
    if (!requestedUp && unsentBytes() > 0) {
      requestedUp = true;
      from.up().request(this);
    }
  }

  /** Has {@link Ends#drained} called once, when at most so many bytes are unsent. */
  public void notifyBelow(long unsent) {
    drainedAt = unsent;
  }

  // ---- the sender's line

  int takeUp(int quantumBytes) {
    requestedUp = false;
    if (closed) {
      return 0;
    }
    if (network.isSeparated(from, to)) {
      network.awaitHealing(this);
      return 0;
    }
    int wanted = (int) Math.min(quantumBytes, unsentBytes());
    int bytes = window.room(wanted, timeline.nowNanos());
    if (bytes == 0) {
      awaitAck();
    }
    taken += bytes;
    return bytes;
  }

  long readyUp() {
    return readyNanos;
  }

  void servedUp(int bytes, long doneNanos) {
    window.sent(bytes, doneNanos);
    long arrival = doneNanos + latencyNanos + network.drawJitter(latencyNanos);
    lastArrivalNanos = Math.max(arrival, lastArrivalNanos);
    timeline.at(lastArrivalNanos, () -> arrive(bytes));
    if (drainedAt >= 0 && unsentBytes() <= drainedAt) {
      drainedAt = -1;
      timeline.at(doneNanos, this::reportDrained);
    }
  }

  private void reportDrained() {
    if (!closed) {
      ends.drained();
    }
  }

  /** Whether it waits for another turn; if the window forbids that, it will find out. */
  boolean hasMoreUp() {
    requestedUp = !closed && unsentBytes() > 0;
    return requestedUp;
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
    if (!closed) {
      request();
    }
  }

  /** The network is whole again. */
  void resume() {
    if (!closed) {
      request();
    }
  }

  // ---- the receiver's line

  private void arrive(int bytes) {
    if (closed || !ends.reaches()) {
      return; // Never acknowledged: the window closes, and the sender waits.
    }
    arrived += bytes;
    if (!requestedDown) {
      requestedDown = true;
      to.down().request(this);
    }
  }

  int takeDown(int quantumBytes) {
    requestedDown = false;
    int bytes = (int) Math.min(quantumBytes, arrived - passed);
    passed += bytes;
    return closed ? 0 : bytes;
  }

  void servedDown(int bytes, long doneNanos) {
    if (doneNanos == timeline.nowNanos()) {
      deliver(bytes);
    } else {
      timeline.at(doneNanos, () -> deliver(bytes));
    }
  }

  boolean hasMoreDown() {
    requestedDown = !closed && arrived > passed;
    return requestedDown;
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
    if (unsentBytes() > 0 && !requestedUp) {
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
  void close() {
    closed = true;
    marks.clear();
  }
}
