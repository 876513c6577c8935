package dev.waggle.simulator.shape;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.Transport;
import dev.waggle.simulator.network.Host;
import org.jspecify.annotations.Nullable;

/** The side that dials. Its node knows of the connection a round trip after it has dialled. */
final class Outgoing extends ShapedConnection {
  private final ListeningPost target;
  private final ConnectionListener dialler;
  private final long opensNanos;
  private final long timeoutNanos;
  private @Nullable Endpoint local;

  /** Dials now; under the lock. */
  Outgoing(
      ShapedTransport transport,
      Direction out,
      Direction in,
      ListeningPost target,
      ConnectionListener dialler,
      long timeoutNanos) {
    super(transport, out, in);
    long nowNanos = timeline().nowNanos();
    this.target = target;
    this.dialler = dialler;
    this.opensNanos = nowNanos + out.latencyNanos() + in.latencyNanos();
    this.timeoutNanos = nowNanos + timeoutNanos;
    servedBy(dialler);
    target.expect(this);
  }

  /** Whom it dials. */
  Host to() {
    return target.host();
  }

  /** When the dialler knows of the connection; the acceptor does when a packet more has come. */
  long opensNanos() {
    return opensNanos;
  }

  @Override
  void opening(Connection opened) {
    local = opened.local();
    target.dialled(this, local);
    if (opensNanos - timeoutNanos <= 0) {
      openAt(opensNanos);
    } else {
      timeline().at(timeoutNanos, () -> giveUp(Cause.TIMED_OUT));
    }
  }

  @Override
  ConnectionListener server() {
    return dialler;
  }

  @Override
  void gone() {
    target.forget(this, local);
  }

  /** Ends the attempt, if it is one still. Under the lock. */
  private void giveUp(Cause cause) {
    if (isAttempt()) {
      end(CloseReason.of(cause));
    }
  }

  /** The attempt as its owner sees it. */
  Transport.Dial asDial(Transport.Dial inner) {
    return () -> {
      timeline().enter();
      try {
        giveUp(Cause.CANCELLED);
      } finally {
        timeline().leave();
      }
      inner.cancel();
    };
  }
}
