package dev.waggle.simulator.network;

import dev.waggle.simulator.engine.Timeline;
import java.util.ArrayDeque;
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
    /** Some bytes have reached the receiver, and no whole content with them. */
    void heard();

    /** A content has reached the receiver whole. */
    void received(Object content);

    /** The sender's buffer has passed below what {@link #notifyBelow} asked for. */
    void drained();

    /** Bytes have reached a host that knows nothing of the connection. */
    default void lost() {}
  }

  private final Network network;
  private final Timeline timeline;
  private final Host from;
  private final Host to;
  private final Ends ends;
  private final long latencyNanos;
  private final long roundTripNanos;
  private @Nullable Window window;
  private @Nullable Marks marks;
  private @Nullable ArrayDeque<Object> heldBack;
  private long offered;
  private long taken;
  private long delivered;
  private long unread;
  private long readyNanos;
  private long lastArrivalNanos;
  private long lastDeliveryNanos;
  private long lineDoneNanos;
  private long sparseSinceNanos;
  private long drainedAt = -1;
  private int lineBytes;
  private int waitingBytes;
  private int sparseBytes;
  private boolean onLine;
  private boolean onReceiversLine;
  private boolean cutOff;
  private boolean ackAwaited;
  private boolean reading = true;
  private boolean lost;
  private boolean closed;

  /** A pipe through which nothing has gone yet. */
  public Pipe(Network network, Host from, Host to, Ends ends) {
    this.network = network;
    this.timeline = network.timeline();
    this.from = from;
    this.to = to;
    this.ends = ends;
    this.latencyNanos = network.latencyNanos(from, to);
    this.roundTripNanos = latencyNanos + network.latencyNanos(to, from);
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
    from.count(bytes);
    if (isSparse(bytes)) {
      passBy(bytes, content, ready);
      return;
    }
    offered += bytes;
    readyNanos = ready;
    if (marks == null) {
      marks = new Marks();
    }
    marks.add(offered, content);
    request();
  }

  // ---- a few bytes, with nothing else under way

  /**
   * Whether bytes need no window and no turn: they are few, nothing is under way before them that
   * they could overtake, and in the last round trip there were so few that the window is open.
   */
  private boolean isSparse(int bytes) {
    if (bytes > Gate.SPARSE_BYTES || offered != delivered || cutOff) {
      return false;
    }
    if (network.isSeparated(from, to)) {
      return false;
    }
    if (sparseUnderWay() + bytes > network.model().tcp().initialWindowBytes()) {
      return false;
    }
    if (sparseBytes == 0) {
      sparseSinceNanos = timeline.nowNanos();
    }
    sparseBytes += bytes;
    return true;
  }

  /** Bytes that passed by within a round trip, and may not be acknowledged yet. */
  private int sparseUnderWay() {
    if (timeline.nowNanos() - sparseSinceNanos > roundTripNanos) {
      sparseBytes = 0;
    }
    return sparseBytes;
  }

  private void passBy(int bytes, Object content, long ready) {
    long done = from.up().serve(bytes, Math.max(ready, timeline.nowNanos()), true);
    new Passage(bytes, content, arrivalNanos(done)).begin();
  }

  private long arrivalNanos(long sentNanos) {
    long arrival = sentNanos + latencyNanos + network.drawJitter(latencyNanos);
    lastArrivalNanos = Math.max(arrival, lastArrivalNanos);
    return lastArrivalNanos;
  }

  /** Some bytes and what they are, on their way to the receiver. */
  private final class Passage implements Runnable {
    private final int bytes;
    private final Object content;
    private final long arrivalNanos;
    private boolean arrived;

    Passage(int bytes, Object content, long arrivalNanos) {
      this.bytes = bytes;
      this.content = content;
      this.arrivalNanos = arrivalNanos;
    }

    void begin() {
      timeline.at(arrivalNanos, this);
    }

    @Override
    public void run() {
      if (closed) {
        return;
      }
      if (!arrived) {
        if (lost) {
          ends.lost();
          return;
        }
        arrived = true;
        long done = passReceiversLine(bytes);
        if (done > timeline.nowNanos()) {
          timeline.at(done, this);
          return;
        }
      }
      if (reading) {
        ends.received(content);
      } else {
        holdBack(content);
      }
    }
  }

  private void holdBack(Object content) {
    if (heldBack == null) {
      heldBack = new ArrayDeque<>(4);
    }
    heldBack.add(content);
  }

  /** When bytes that have arrived now have passed; the first of them has come, and gone, before. */
  private long passReceiversLine(int bytes) {
    to.countReceived(bytes);
    long now = timeline.nowNanos();
    long first = now - (long) (bytes * from.up().nanosPerByte());
    boolean alone = lastDeliveryNanos <= now;
    long done = Math.max(lastDeliveryNanos, to.down().serve(bytes, first, alone));
    lastDeliveryNanos = Math.max(now, done);
    return lastDeliveryNanos;
  }

  // ---- the sender's line

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
    int bytes = window().room(wanted, sparseUnderWay(), timeline.nowNanos());
    if (bytes == 0) {
      awaitAck();
      return;
    }
    long ready = Math.max(readyNanos, timeline.nowNanos());
    long done = from.up().serve(bytes, ready, lineBytes == 0);
    taken += bytes;
    lineBytes += bytes;
    lineDoneNanos = done;
    window().sent(bytes, done);
    timeline.at(arrivalNanos(done), () -> arrive(bytes));
    if (unsentBytes() > 0 || mustReport()) {
      onLine = true;
      timeline.at(done, this::served);
    }
  }

  private Window window() {
    Window made = window;
    if (made == null) {
      made = new Window(network.model().tcp(), roundTripNanos, timeline.nowNanos());
      window = made;
    }
    return made;
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
    long next = window().nextAckNanos();
    if (sparseUnderWay() > 0) {
      next = Math.min(next, sparseSinceNanos + roundTripNanos + 1);
    }
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
    if (closed) {
      return;
    }
    if (lost) {
      ends.lost(); // And never acknowledged: the window closes, and the sender waits.
      return;
    }
    waitingBytes += bytes;
    if (!onReceiversLine) {
      passOn();
    }
  }

  /** Asks for the receiver's line, for a quantum at a time. */
  private void passOn() {
    int bytes = Math.min(waitingBytes, Gate.QUANTUM_BYTES);
    waitingBytes -= bytes;
    long done = passReceiversLine(bytes);
    if (done <= timeline.nowNanos()) {
      deliver(bytes);
      if (waitingBytes > 0) {
        passOn();
      }
    } else {
      onReceiversLine = true;
      timeline.at(done, () -> passed(bytes));
    }
  }

  private void passed(int bytes) {
    onReceiversLine = false;
    if (waitingBytes > 0 && !closed) {
      passOn();
    }
    deliver(bytes);
  }

  private void deliver(int bytes) {
    if (closed) {
      return;
    }
    if (reading) {
      read(bytes);
    } else {
      ends.heard();
      unread += bytes;
    }
  }

  private void read(long bytes) {
    delivered += bytes;
    window().willBeAcked((int) bytes, timeline.nowNanos() + roundTripNanos - latencyNanos);
    if (unsentBytes() > 0 && !onLine) {
      awaitAck();
    }
    handOver();
  }

  private void handOver() {
    boolean any = false;
    while (reading && !closed) {
      Object content = marks == null ? null : marks.poll(delivered);
      if (content == null) {
        break;
      }
      any = true;
      ends.received(content);
    }
    if (!any && !closed) {
      ends.heard();
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
    while (reading && !closed && heldBack != null && !heldBack.isEmpty()) {
      ends.received(heldBack.poll());
    }
    if (reading && !closed) {
      handOver();
    }
    if (reading && !closed && unread > 0) {
      long bytes = unread;
      unread = 0;
      read(bytes);
    }
  }

  /** The receiver's host has forgotten the connection: what arrives there is lost. */
  void lose() {
    lost = true;
  }

  /** Nothing is delivered any more. */
  public void close() {
    closed = true;
    marks = null;
    heldBack = null;
    window = null;
  }
}
