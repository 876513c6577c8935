package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Raw peers on an in-memory network. */
final class InMemoryPeers implements RawPeers {
  private final InMemoryNetwork network;

  InMemoryPeers(InMemoryNetwork network) {
    this.network = network;
  }

  @Override
  public RawPeer connect(Endpoint remote) {
    InMemoryTransport transport = network.transport();
    RecordingListener listener = new RecordingListener();
    transport.dial(remote, Harness.SAFETY, listener);
    return new MemoryPeer(transport, listener, (InMemoryConnection) listener.connection());
  }

  @Override
  public Endpoint refusing() {
    return network.unused(Harness.LOOPBACK.host());
  }

  @Override
  public BlackHole blackHole(Endpoint address) {
    Endpoint silent = address.port() == 0 ? network.unused(address.host()) : address;
    network.silence(silent);
    return new BlackHole() {
      @Override
      public Endpoint endpoint() {
        return silent;
      }

      @Override
      public void close() {}
    };
  }

  private record MemoryPeer(
      InMemoryTransport transport, RecordingListener listener, InMemoryConnection connection)
      implements RawPeer {
    @Override
    public void send(byte[] bytes) {
      connection.write(ByteBuffer.wrap(bytes));
    }

    @Override
    public void endOutput() {
      connection.endOutput();
    }

    @Override
    public void reset() {
      connection.reset(CloseReason.local("reset"));
    }

    @Override
    public byte[] readToEnd() throws IOException {
      if (listener.closed().cause() == CloseReason.Cause.RESET) {
        throw new IOException("reset");
      }
      return listener.received(0);
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
