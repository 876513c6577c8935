package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import java.io.IOException;

/** Peers that do what no well-behaved transport does: end half a stream, reset it, stay silent. */
public interface RawPeers {
  RawPeer connect(Endpoint remote) throws IOException;

  /** An address at which nobody listens. */
  Endpoint refusing() throws IOException;

  /** An address that neither accepts nor refuses, or null if this machine cannot have one. */
  default BlackHole blackHole() throws IOException {
    return blackHole(Harness.LOOPBACK);
  }

  /** The same, at {@code address}, where port 0 lets the system choose. */
  BlackHole blackHole(Endpoint address) throws IOException;

  /** One end of a connection. All methods may block for the network. */
  interface RawPeer extends AutoCloseable {
    void send(byte[] bytes) throws IOException;

    /** Ends the stream towards the transport, and still reads. */
    void endOutput() throws IOException;

    /** Ends both directions at once, in bad order. */
    void reset() throws IOException;

    /**
     * Reads until the transport ends its stream.
     *
     * @throws IOException if the connection is reset
     */
    byte[] readToEnd() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Where connections are neither accepted nor refused. */
  interface BlackHole extends AutoCloseable {
    Endpoint endpoint();

    @Override
    void close() throws IOException;
  }
}
