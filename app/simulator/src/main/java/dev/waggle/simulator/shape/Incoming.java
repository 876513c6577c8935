package dev.waggle.simulator.shape;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import org.jspecify.annotations.Nullable;

/** The side that was dialled. Its node is asked when the dialler's first packet can be there. */
final class Incoming extends ShapedConnection {
  private final Outgoing dialler;
  private final Acceptor acceptor;
  private final Endpoint remote;

  /** Joins the other side; under the lock. */
  Incoming(ShapedTransport transport, Outgoing dialler, Acceptor acceptor, Endpoint remote) {
    super(transport, dialler.in(), dialler.out());
    this.dialler = dialler;
    this.acceptor = acceptor;
    this.remote = remote;
  }

  @Override
  void opening(Connection opened) {
    openAt(dialler.opensNanos() + in().latencyNanos());
  }

  @Override
  @Nullable ConnectionListener server() {
    return acceptor.accept(remote);
  }

  @Override
  void gone() {}
}
