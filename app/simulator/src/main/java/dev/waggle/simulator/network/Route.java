package dev.waggle.simulator.network;

/**
 * Between which ports a connection stands, where that matters, and how it came to be.
 *
 * @param fromPort of the host that dialled
 * @param seenPort that the other one sees in its place
 * @param toPort that was dialled, of the other one or of the router before it
 * @param crossing whether each has dialled the other (RFC 9293 §3.5)
 * @param diallerBegins whether the host {@code from} begins the handshake; of two that have dialled
 *     each other it may be either
 */
record Route(
    Host from,
    int fromPort,
    int seenPort,
    Host to,
    int toPort,
    boolean crossing,
    boolean diallerBegins) {

  private Router.Remote near() {
    return new Router.Remote(from.number(), seenPort);
  }

  private Router.Remote far() {
    return new Router.Remote(to.number(), toPort);
  }

  /** The connection stands from now on: its routers keep what they know of it. */
  void begin(long nowNanos) {
    to.linkedAtPort().add(near());
    Router farRouter = to.router();
    if (farRouter != null) {
      farRouter.connected(toPort, near(), nowNanos);
    }
    if (fromPort == Host.PORT) {
      from.linkedAtPort().add(far());
      Router nearRouter = from.router();
      if (nearRouter != null) {
        nearRouter.connected(seenPort, far(), nowNanos);
      }
    }
  }

  /** It has ended. */
  void end(long nowNanos) {
    to.linkedAtPort().remove(near());
    Router farRouter = to.router();
    if (farRouter != null) {
      farRouter.disconnected(toPort, near(), nowNanos);
    }
    if (fromPort == Host.PORT) {
      from.linkedAtPort().remove(far());
      Router nearRouter = from.router();
      if (nearRouter != null) {
        nearRouter.disconnected(seenPort, far(), nowNanos);
      }
    }
  }
}
