package dev.waggle.simulator.network;

import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.simulator.engine.Timeline;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One side of a simulated connection, with the manners of {@link Connection}: it takes what is
 * written, says when that is too much, and sends it before it closes.
 */
public final class Wire implements Pipe.Ends {
  private static final long LINGER_NANOS = Connection.LINGER_MILLIS * 1_000_000L;

  /** What stands for the end of a stream; it takes a byte, so that it arrives by itself. */
  private static final Object END = new Object();

  private enum State {
    OPENING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private final TcpConnection connection;
  private final Network network;
  private final Timeline timeline;
  private final Host host;
  private final int epoch;
  private @Nullable Pipe outgoing;
  private @Nullable Wire other;
  private @Nullable WireListener listener;
  private @Nullable CloseReason closeReason;
  private State state = State.OPENING;

  Wire(TcpConnection connection, Network network, Host host) {
    this.connection = connection;
    this.network = network;
    this.timeline = network.timeline();
    this.host = host;
    this.epoch = host.epoch();
  }

  void join(Wire far) {
    other = far;
    outgoing = new Pipe(network, host, far.host, far);
  }

  private Pipe out() {
    return Objects.requireNonNull(outgoing);
  }

  private Wire far() {
    return Objects.requireNonNull(other);
  }

  /** The host on the other side. */
  public Host remote() {
    return far().host;
  }

  /** Whether this side begins the handshake. */
  public boolean begins() {
    Route route = connection.route();
    boolean diallerBegins = route == null || route.diallerBegins();
    return diallerBegins == connection.isDialler(this);
  }

  /** This side's port, as its own host knows it; 0 where ports do not matter. */
  public int localPort() {
    Route route = connection.route();
    if (route == null) {
      return 0;
    }
    return connection.isDialler(this) ? route.fromPort() : Host.PORT;
  }

  /** The other side's port, as it is seen from here; 0 where ports do not matter. */
  public int remotePort() {
    Route route = connection.route();
    if (route == null) {
      return 0;
    }
    return connection.isDialler(this) ? route.toPort() : route.seenPort();
  }

  boolean isOn(Host asked) {
    return host == asked;
  }

  boolean isOver() {
    return state == State.CLOSED;
  }

  /** Whether its host's system, and not a later one, is running. */
  private boolean isAlive() {
    return host.isRunning() && host.epoch() == epoch;
  }

  void open(WireListener server) {
    listener = server;
    state = State.OPEN;
    server.opened(this);
  }

  /**
   * Appends bytes.
   *
   * @param content what they are
   * @param readyNanos when they are made, now or later
   * @return false if more than {@link Connection#HIGH_WATER_BYTES} are unsent now
   */
  public boolean write(int bytes, Object content, long readyNanos) {
    if (state == State.CLOSED || state == State.CLOSING) {
      return false;
    }
    out().offer(bytes, content, readyNanos);
    if (out().unsentBytes() > Connection.HIGH_WATER_BYTES) {
      out().notifyBelow(Connection.LOW_WATER_BYTES);
      return false;
    }
    return true;
  }

  public void reading(boolean wanted) {
    far().out().reading(wanted);
  }

  /** Sends what was written, for a second at most, and then is gone. Idempotent. */
  public void close(CloseReason why) {
    if (state != State.OPEN && state != State.OPENING) {
      return;
    }
    state = State.CLOSING;
    closeReason = why;
    out().offer(1, END, timeline.nowNanos());
    if (out().unsentBytes() == 0) {
      timeline.after(1, this::farewellIsOver);
    } else {
      out().notifyBelow(0);
      timeline.after(LINGER_NANOS, this::farewellIsOver);
    }
  }

  private void farewellIsOver() {
    if (state != State.CLOSING || !isAlive()) {
      return;
    }
    if (out().unsentBytes() > 0) {
      out().close();
      far().endSoon(Cause.RESET, far().out().latencyNanos());
    }
    far().out().close();
    over(Objects.requireNonNull(closeReason));
  }

  /** Ends without this side's doing. */
  void end(Cause cause) {
    if (state == State.CLOSED) {
      return;
    }
    out().close();
    far().out().close();
    over(CloseReason.of(cause));
  }

  void endSoon(Cause cause, long delayNanos) {
    timeline.after(
        delayNanos,
        () -> {
          if (isAlive()) {
            end(cause);
          }
        });
  }

  /** Its host is gone: nobody is told. */
  void vanish() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      out().close();
      far().out().lose();
      connection.wireIsOver();
    }
  }

  private void over(CloseReason why) {
    state = State.CLOSED;
    connection.wireIsOver();
    if (listener != null) {
      listener.closed(why);
    }
  }

  // ---- what becomes of the bytes that come to this side

  @Override
  public void heard() {
    if (state == State.OPEN && listener != null) {
      listener.heard();
    }
  }

  @Override
  public void received(Object content) {
    if (content == END) {
      end(Cause.REMOTE);
    } else if (state == State.OPEN && listener != null) {
      listener.received(content);
    }
  }

  @Override
  public void drained() {
    far().outDrained();
  }

  private void outDrained() {
    if (!isAlive()) {
      return;
    }
    if (state == State.CLOSING) {
      farewellIsOver();
    } else if (state == State.OPEN && listener != null) {
      listener.writable();
    }
  }

  /** What the other side sends has reached this side's host, which has forgotten the connection. */
  @Override
  public void lost() {
    if (host.isRunning()) {
      far().endSoon(Cause.RESET, out().latencyNanos());
    }
  }
}
