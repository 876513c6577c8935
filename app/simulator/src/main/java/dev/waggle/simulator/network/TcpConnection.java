package dev.waggle.simulator.network;

import dev.waggle.ports.transport.CloseReason.Cause;
import org.jspecify.annotations.Nullable;

/** A simulated TCP connection: two wires, and a pipe each way. */
final class TcpConnection {
  private final Network network;
  private final Wire dialler;
  private final Wire acceptor;
  private final @Nullable Route route;

  /**
   * A connection of which neither side has heard.
   *
   * @param route between which ports, where that matters
   */
  TcpConnection(Network network, Host from, Host to, @Nullable Route route) {
    this.network = network;
    this.route = route;
    this.dialler = new Wire(this, network, from);
    this.acceptor = new Wire(this, network, to);
    dialler.join(acceptor);
    acceptor.join(dialler);
    from.connections().add(this);
    to.connections().add(this);
    if (route != null) {
      route.begin(network.timeline().nowNanos());
    }
  }

  Wire dialler() {
    return dialler;
  }

  Wire acceptor() {
    return acceptor;
  }

  @Nullable Route route() {
    return route;
  }

  boolean isDialler(Wire wire) {
    return wire == dialler;
  }

  /** The network loses it, and both sides notice, each in its time. */
  void reset() {
    dialler.endSoon(Cause.RESET, network.drawDelay());
    acceptor.endSoon(Cause.RESET, network.drawDelay());
  }

  /** The program on one side has ended: its system says so. */
  void abort(Host host) {
    Wire near = dialler.isOn(host) ? dialler : acceptor;
    Wire far = near == dialler ? acceptor : dialler;
    near.vanish();
    far.endSoon(Cause.RESET, network.drawDelay());
  }

  /** The host of one side has lost its power. */
  void vanish(Host host) {
    (dialler.isOn(host) ? dialler : acceptor).vanish();
  }

  boolean isOver() {
    return dialler.isOver() && acceptor.isOver();
  }

  void wireIsOver() {
    if (isOver()) {
      network.forget(this, dialler.remote(), acceptor.remote());
      if (route != null) {
        route.end(network.timeline().nowNanos());
      }
    }
  }
}
