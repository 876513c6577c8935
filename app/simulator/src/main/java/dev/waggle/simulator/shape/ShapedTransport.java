package dev.waggle.simulator.shape;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.network.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A transport whose connections to its neighbours take the time that the model says. */
final class ShapedTransport implements Transport {
  /** How long {@link #close} waits at most, be it called once or often. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long of this connections may take to send what was written; the sockets linger then. */
  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Longer than anybody waits, and far from an overflow. */
  private static final long MAX_DIAL_NANOS = TimeUnit.DAYS.toNanos(1);

  private static final CloseReason DIALLED_BY_THE_OTHER =
      new CloseReason(
          Cause.FAILED, "the port to dial from is in use for this address, which dials it");

  private final ShapedNetwork neighbours;
  private final LiveTimeline timeline;
  private final Transport inner;
  private final Host host;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final Condition allLeft;

  // Guarded by the timeline's lock.
  private final Set<ShapedConnection> connections = new HashSet<>();
  private final List<ListeningPost> posts = new ArrayList<>();
  private final Set<Integer> ports = new HashSet<>();
  private @Nullable Thread closing;
  private long closingEndsNanos;

  ShapedTransport(ShapedNetwork neighbours, Transport inner, Host host) {
    this.neighbours = neighbours;
    this.timeline = neighbours.timeline();
    this.inner = inner;
    this.host = host;
    this.allLeft = timeline.condition();
    timeline.acquire();
    var _ = inner.failure().thenAccept(failure::complete);
    var _ = timeline.failure().thenAccept(failure::complete);
  }

  LiveTimeline timeline() {
    return timeline;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public String describe() {
    return inner.describe() + ", shaped";
  }

  @Override
  public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
    ListeningPost post = new ListeningPost(host);
    Endpoint bound = inner.listen(local, remote -> accept(post, remote, acceptor));
    timeline.enter();
    try {
      if (closing == null) {
        posts.add(post);
        ports.add(bound.port());
        neighbours.add(bound, post);
      }
    } finally {
      timeline.leave();
    }
    return bound;
  }

  private @Nullable ConnectionListener accept(
      ListeningPost post, Endpoint remote, Acceptor acceptor) {
    timeline.enter();
    try {
      if (closing != null) {
        return null;
      }
      Outgoing dialler = post.accepted(remote);
      if (dialler != null) {
        return new Incoming(this, dialler, acceptor, remote);
      }
      if (!post.expectsNobody()) {
        Arrival arrival = new Arrival(this, acceptor, remote);
        post.await(remote, arrival);
        return arrival;
      }
    } finally {
      timeline.leave();
    }
    return acceptor.accept(remote);
  }

  @Override
  public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
    Outgoing outgoing = timeout.isPositive() ? outgoing(remote, timeout, listener) : null;
    return outgoing == null
        ? inner.dial(remote, timeout, listener)
        : outgoing.asDial(inner.dial(remote, timeout, outgoing));
  }

  @Override
  public Dial dialFrom(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    Outgoing outgoing =
        timeout.isPositive() && listensAt(localPort) ? outgoing(remote, timeout, listener) : null;
    if (outgoing == null) {
      return inner.dialFrom(localPort, remote, timeout, listener);
    }
    if (!begins(outgoing, localPort, remote.port())) {
      Thread.startVirtualThread(() -> outgoing.onClosed(DIALLED_BY_THE_OTHER));
      return () -> {};
    }
    return outgoing.asDial(inner.dialFrom(localPort, remote, timeout, outgoing));
  }

  private boolean listensAt(int port) {
    timeline.enter();
    try {
      return ports.contains(port);
    } finally {
      timeline.leave();
    }
  }

  /** Whether a dial from a listening port begins; if not, it is one more that has to end. */
  private boolean begins(Outgoing dial, int fromPort, int toPort) {
    timeline.enter();
    try {
      var way = new OwnPortDials.Way(host, fromPort, dial.to(), toPort);
      boolean begins = neighbours.ownPortDials().begin(way, dial);
      if (!begins) {
        joined(dial);
      }
      return begins;
    } finally {
      timeline.leave();
    }
  }

  /** A dial of a neighbour, or null if there is none at that address. */
  private @Nullable Outgoing outgoing(
      Endpoint remote, Duration timeout, ConnectionListener listener) {
    timeline.enter();
    try {
      ListeningPost target = closing == null ? neighbours.at(remote) : null;
      if (target == null) {
        return null;
      }
      Network network = neighbours.network();
      return new Outgoing(
          this,
          new Direction(network, timeline, host, target.host()),
          new Direction(network, timeline, target.host(), host),
          target,
          listener,
          Math.min(TimeUnit.NANOSECONDS.convert(timeout), MAX_DIAL_NANOS));
    } finally {
      timeline.leave();
    }
  }

  @Override
  public CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  // ---- the sockets that are open, under the lock

  void joined(ShapedConnection connection) {
    connections.add(connection);
    if (closing != null) {
      connection.end(CloseReason.of(Cause.SHUTDOWN));
    }
  }

  /** Without the lock. */
  void left(ShapedConnection connection) {
    timeline.enter();
    try {
      connections.remove(connection);
      neighbours.ownPortDials().ended(connection);
      allLeft.signalAll();
    } finally {
      timeline.leave();
    }
  }

  // ---- the end

  @Override
  public void close() {
    Thread closer = beginClosing();
    try {
      closer.join(Duration.ofNanos(Math.max(1, closingEndsNanos - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread of its own closes, so that an interrupt, or who hangs, cannot keep it from that. */
  private Thread beginClosing() {
    timeline.enter();
    try {
      if (closing == null) {
        closingEndsNanos = System.nanoTime() + CLOSE_NANOS;
        posts.forEach(neighbours::remove);
        List.copyOf(connections)
            .forEach(connection -> connection.end(CloseReason.of(Cause.SHUTDOWN)));
        closing = Thread.ofPlatform().name("waggle-shape-closer").start(this::finish);
      }
      return closing;
    } finally {
      timeline.leave();
    }
  }

  private void finish() {
    try {
      awaitFarewells();
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      inner.close();
      timeline.release();
    }
  }

  private void awaitFarewells() throws InterruptedException {
    timeline.enter();
    try {
      long leftNanos = FAREWELL_NANOS;
      while (!connections.isEmpty() && leftNanos > 0) {
        leftNanos = allLeft.awaitNanos(leftNanos);
      }
    } finally {
      timeline.leave();
    }
  }
}
