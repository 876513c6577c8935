package dev.waggle.domain.node;

import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection between two simulated nodes: ordered, delayed, of limited speed, and cut at will.
 *
 * <p>As over TCP, each side learns of the other's close after everything that was sent before it,
 * nothing arrives at a side that has closed, and a link that is severed silently looks alive until
 * somebody listens for heartbeats.
 */
final class SimulatedLink {
  /** What may be under way in one direction: the outgoing queue and the network together. */
  static final int QUEUE_BYTES = 256 * 1024;

  /** A link on which less is under way takes more. */
  private static final int LOW_BYTES = 32 * 1024;

  private static final int OVERHEAD_BYTES = 16;

  /** One side of the link. */
  final class End {
    final LinkId id;
    final SimulatedNode owner;
    final P2PService service;
    @Nullable End other;
    boolean established;
    boolean closed;
    long heardNanos;
    private int queuedBytes;
    private boolean drainAwaited;
    private long lastArrival;

    private End(LinkId id, SimulatedNode owner) {
      this.id = id;
      this.owner = owner;
      this.service = owner.service();
    }

    SimulatedLink link() {
      return SimulatedLink.this;
    }

    End far() {
      return Objects.requireNonNull(other);
    }

    /** Hands an event over to the node, unless it has been killed since. */
    private void feed(Runnable event) {
      if (owner.isRunning(service)) {
        owner.run(event);
      }
    }

    void establish(Runnable event) {
      if (closed || !owner.isRunning(service)) {
        return;
      }
      established = true;
      heardNanos = simulation.nowNanos();
      feed(event);
    }

    boolean send(WireMessage message) {
      int bytes = bytes(message);
      if (closed || (queuedBytes > 0 && queuedBytes + bytes > QUEUE_BYTES)) {
        return false;
      }
      queuedBytes += bytes;
      if (severed) {
        if (far().owner.isUp()) { // Its host is back and knows nothing of this connection.
          simulation.after(latencyNanos, () -> end(CloseReason.of(CloseReason.Cause.RESET)));
        }
        return true;
      }
      simulation.at(
          arrivalAtFar(bytes),
          () -> {
            queuedBytes -= bytes;
            far().arrive(message);
            reportDrained();
          });
      return true;
    }

    boolean takesMore() {
      boolean little = !closed && queuedBytes < LOW_BYTES;
      drainAwaited |= !little;
      return little;
    }

    private void reportDrained() {
      if (drainAwaited && !closed && queuedBytes < LOW_BYTES) {
        drainAwaited = false;
        feed(() -> service.linkDrained(id, simulation.nowNanos()));
      }
    }

    private long arrivalAtFar(int bytes) {
      long jitter = simulation.random().nextLong(latencyNanos / 4 + 1);
      long arrival = simulation.elapsedNanos() + latencyNanos + jitter + bytes * nanosPerByte;
      lastArrival = Math.max(arrival, lastArrival + 1);
      return lastArrival;
    }

    private void arrive(WireMessage message) {
      if (closed || severed || !owner.isRunning(service)) {
        return;
      }
      heardNanos = simulation.nowNanos();
      owner.heard(this, message);
      if (owner.isWithholding() && message instanceof WireMessage.Request) {
        return;
      }
      feed(() -> service.received(id, message, simulation.nowNanos()));
    }

    /** The owner closes: it hears of that at once, the far side after all that was sent before. */
    void close(CloseReason why) {
      if (closed) {
        return;
      }
      closed = true;
      simulation.after(1, () -> report(why));
      if (!severed) {
        simulation.at(arrivalAtFar(1), () -> far().end(CloseReason.of(CloseReason.Cause.REMOTE)));
      }
    }

    /** The connection ends without the owner's doing. */
    void end(CloseReason why) {
      if (!closed) {
        closed = true;
        report(why);
      }
    }

    private void report(CloseReason why) {
      owner.forget(this);
      if (established) {
        feed(() -> service.linkClosed(id, why, simulation.nowNanos()));
      }
    }
  }

  final End initiator;
  final End responder;
  private final Simulation simulation;
  private final long latencyNanos;
  private final long nanosPerByte;
  private boolean severed;

  SimulatedLink(
      Simulation simulation,
      SimulatedNode from,
      SimulatedNode to,
      long latencyNanos,
      long nanosPerByte) {
    this.simulation = simulation;
    this.latencyNanos = latencyNanos;
    this.nanosPerByte = nanosPerByte;
    this.initiator = new End(simulation.newLinkId(), from);
    this.responder = new End(simulation.newLinkId(), to);
    initiator.other = responder;
    responder.other = initiator;
  }

  /** The network drops the connection, and both sides notice, each in its time. */
  void reset() {
    CloseReason why = CloseReason.of(CloseReason.Cause.RESET);
    simulation.after(simulation.random().nextLong(latencyNanos), () -> initiator.end(why));
    simulation.after(simulation.random().nextLong(latencyNanos), () -> responder.end(why));
  }

  /** From now on nothing arrives, and nobody is told. */
  void sever() {
    severed = true;
  }

  private static int bytes(WireMessage message) {
    return OVERHEAD_BYTES
        + switch (message) {
          case WireMessage.Gossip(GossipMessage carried) -> carried.payload().length();
          case WireMessage.Announce(var ids) -> MessageId.LENGTH * ids.size();
          case WireMessage.Request(var ids) -> MessageId.LENGTH * ids.size();
          case WireMessage.Extension extension -> extension.body().length();
          case WireMessage.Ping _,
              WireMessage.Pong _,
              WireMessage.GetAddr _,
              WireMessage.Addr _,
              WireMessage.Goodbye _ ->
              0;
        };
  }
}
