package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Raw peers over the blocking sockets of {@code java.net}. */
public final class SocketPeers implements RawPeers {
  /** So many connections fill a queue of length 1 on every system that has such queues. */
  private static final int FILLERS = 16;

  /** How long a filler waits until we believe that nobody answers. */
  private static final int FILLER_MILLIS = 300;

  @Override
  public RawPeer connect(Endpoint remote) throws IOException {
    return new SocketPeer(new Socket(remote.host(), remote.port()));
  }

  @Override
  public Endpoint refusing() throws IOException {
    try (ServerSocket once = new ServerSocket(0, 1, loopback())) {
      return endpoint(once);
    }
  }

  /** A listening socket whose queue is full: Linux ignores who comes after. */
  @Override
  public BlackHole blackHole(Endpoint address) throws IOException {
    InetAddress host = InetAddress.ofLiteral(address.host());
    FullSocket full = new FullSocket(new ServerSocket(address.port(), 1, host));
    for (int i = 0; i < FILLERS; i++) {
      if (!full.takesAnother()) {
        return full;
      }
    }
    full.close();
    return null;
  }

  /** Whether an address is this machine's, so that somebody could listen there. */
  public static boolean isHere(String address) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
      return socket.isBound();
    } catch (IOException elsewhere) {
      return false;
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName(Harness.LOOPBACK.host());
  }

  private static Endpoint endpoint(ServerSocket socket) {
    return new Endpoint(socket.getInetAddress().getHostAddress(), socket.getLocalPort());
  }

  private record SocketPeer(Socket socket) implements RawPeer {
    @Override
    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    @Override
    public void endOutput() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public byte[] readToEnd() throws IOException {
      socket.setSoTimeout((int) Harness.SAFETY.toMillis());
      return socket.getInputStream().readAllBytes();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static final class FullSocket implements BlackHole {
    private final ServerSocket listening;
    private final List<Socket> fillers = new ArrayList<>();

    FullSocket(ServerSocket listening) {
      this.listening = listening;
    }

    boolean takesAnother() throws IOException {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(
            new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()),
            FILLER_MILLIS);
        return true;
      } catch (SocketTimeoutException full) {
        return false;
      }
    }

    @Override
    public Endpoint endpoint() {
      return SocketPeers.endpoint(listening);
    }

    @Override
    public void close() throws IOException {
      for (Socket filler : fillers) {
        filler.close();
      }
      listening.close();
    }
  }
}
