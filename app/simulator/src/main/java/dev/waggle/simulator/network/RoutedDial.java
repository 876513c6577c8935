package dev.waggle.simulator.network;

import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.simulator.engine.Timeline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A dial where routers translate addresses, and ports matter: it sends its SYN again and again, and
 * each one opens the way through the router that it leaves, and finds the other one open or not.
 *
 * <p>If a SYN arrives where a dial of the opposite direction is under way between the same two
 * endpoints, one connection comes of both (RFC 9293 §3.5).
 */
final class RoutedDial {
  /** From the first SYN to each of the following ones: 1 s, twice as long each time (RFC 6298). */
  private static final long[] SYN_NANOS = {0, seconds(1), seconds(3), seconds(7)};

  /** When a node that punches a hole gives up: it has sent three SYNs by then. */
  private static final long PUNCH_NANOS = seconds(4);

  private final Network network;
  private final Timeline timeline;
  private final Host from;
  private final int epoch;
  private final @Nullable Host to;
  private final int toPort;
  private final DialWay way;
  private final WireListener listener;
  private final int fromPort;
  private final int anyPort;
  private boolean settled;

  /**
   * A dial that has not begun.
   *
   * @param to null if nobody is there
   */
  RoutedDial(
      Network network,
      Host from,
      @Nullable Host to,
      int toPort,
      DialWay way,
      WireListener listener) {
    this.network = network;
    this.timeline = network.timeline();
    this.from = from;
    this.epoch = from.epoch();
    this.to = to;
    this.toPort = toPort;
    this.way = way;
    this.listener = listener;
    boolean ownPort = way == DialWay.PUNCH || (way == DialWay.OWN_PORT && isFree());
    this.fromPort = ownPort ? Host.PORT : from.takePort();
    Router router = from.router();
    this.anyPort = router == null || ownPort ? fromPort : router.takePort();
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  /** Whether no connection has the same four numbers as one from the listening port would have. */
  private boolean isFree() {
    return to == null
        || (!from.linkedAtPort().contains(target(to)) && from.dialFromPort(to, toPort) == null);
  }

  private Router.Remote target(Host there) {
    return new Router.Remote(there.number(), toPort);
  }

  boolean isTo(Host there, int port) {
    return to == there && toPort == port;
  }

  void begin() {
    if (way == DialWay.PUNCH && !isFree()) {
      timeline.after(0, () -> fail(Cause.FAILED));
      return;
    }
    if (fromPort == Host.PORT) {
      from.dialsFromPort().add(this);
    }
    long timeout = way == DialWay.PUNCH ? PUNCH_NANOS : Tcp.CONNECT_TIMEOUT.toNanos();
    timeline.after(timeout, () -> fail(Cause.TIMED_OUT));
    if (to != null) {
      for (long nanos : SYN_NANOS) {
        if (nanos < timeout) {
          timeline.after(nanos, () -> sendSyn(to));
        }
      }
    }
  }

  private boolean isAlive() {
    return from.isRunning() && from.epoch() == epoch;
  }

  /** Nothing that arrives counts any more. */
  private void settle() {
    settled = true;
    from.dialsFromPort().remove(this);
  }

  private void fail(Cause why) {
    if (!settled) {
      settle();
      end(why);
    }
  }

  private void end(Cause why) {
    network.dialIsOver();
    if (isAlive()) {
      listener.closed(CloseReason.of(why));
    }
  }

  private void sendSyn(Host there) {
    if (settled || !isAlive()) {
      return;
    }
    Router router = from.router();
    int seen =
        router != null && fromPort == Host.PORT
            ? router.sends(target(there), timeline.nowNanos())
            : anyPort;
    timeline.after(network.latencyNanos(from, there), () -> synArrives(there, seen));
  }

  private void synArrives(Host there, int seenPort) {
    if (settled || !there.isRunning() || there.isShut() || network.isSeparated(from, there)) {
      return;
    }
    Router router = there.router();
    Router.Remote near = new Router.Remote(from.number(), seenPort);
    if (router != null && !router.admits(near, toPort, timeline.nowNanos())) {
      return;
    }
    RoutedDial opposite = there.dialFromPort(from, seenPort);
    boolean listens = there.acceptor() != null && (router != null || toPort == Host.PORT);
    long back = network.latencyNanos(there, from);
    if (opposite == null && !listens) {
      timeline.after(back, () -> fail(Cause.REFUSED));
      return;
    }
    settle();
    if (opposite != null) {
      opposite.settle();
    }
    boolean begins = opposite == null || network.drawsWhoBegins();
    Route route = new Route(from, fromPort, seenPort, there, toPort, opposite != null, begins);
    int farEpoch = there.epoch();
    timeline.after(back, () -> opens(route, farEpoch, opposite));
  }

  private void opens(Route route, int farEpoch, @Nullable RoutedDial opposite) {
    if (route.to().epoch() != farEpoch) {
      end(Cause.RESET);
      if (opposite != null) {
        network.dialIsOver();
      }
    } else if (!isAlive()) {
      network.dialIsOver();
      if (opposite != null) {
        opposite.end(Cause.RESET);
      }
    } else {
      network.opens(route, listener, opposite == null ? null : opposite.listener);
      if (opposite != null) {
        network.dialIsOver();
      }
    }
  }
}
