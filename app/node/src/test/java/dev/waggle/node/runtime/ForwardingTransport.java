package dev.waggle.node.runtime;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Another transport, but for what a test watches of it. */
abstract class ForwardingTransport implements Transport {
  private final Transport inner;

  ForwardingTransport(Transport inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public String describe() {
    return inner.describe();
  }

  @Override
  public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
    return inner.listen(local, acceptor);
  }

  @Override
  public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
    return inner.dial(remote, timeout, listener);
  }

  @Override
  public Dial dialFrom(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    return inner.dialFrom(localPort, remote, timeout, listener);
  }

  @Override
  public CompletionStage<Throwable> failure() {
    return inner.failure();
  }

  @Override
  public void close() {
    inner.close();
  }
}
