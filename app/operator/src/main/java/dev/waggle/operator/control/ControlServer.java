package dev.waggle.operator.control;

import dev.waggle.operator.server.WebServer;
import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/** Where a node is controlled. Safe from any thread. */
public final class ControlServer implements AutoCloseable {
  private final Runnable closing;
  private final @Nullable WebServer atAddress;

  private ControlServer(Runnable closing, @Nullable WebServer atAddress) {
    this.closing = closing;
    this.atAddress = atAddress;
  }

  /**
   * Listens on a Unix domain socket, which only its owner can open. One that a node has left behind
   * which is gone is replaced.
   *
   * @throws IOException if that cannot be; the message, which does not name the file, says why
   */
  public static ControlServer onSocket(Path file, ControlledNode node) throws IOException {
    SocketFile socket = SocketFile.listen(file, handler(node, Patience.DEFAULT, Gate.FILE_MODE));
    return new ControlServer(socket::close, null);
  }

  /**
   * Listens at an address, for whoever knows the token. Without encryption: beyond the machine
   * itself everybody on the way can read it.
   *
   * @throws IOException if it cannot be bound; the message says why
   */
  public static ControlServer at(Endpoint address, ControlToken token, ControlledNode node)
      throws IOException {
    Gate gate = new TokenGate(token, address.host());
    WebServer server = WebServer.at(address, handler(node, Patience.DEFAULT, gate));
    return new ControlServer(server::close, server);
  }

  static Handler handler(ControlledNode node, Patience patience, Gate gate) {
    return new RpcHandler(new RpcMethods(node, patience), gate, patience.answer());
  }

  /**
   * Where it listens, if that is an address: with port 0 the system has chosen one.
   *
   * @throws IllegalStateException if it is a file
   */
  public Endpoint address() {
    if (atAddress == null) {
      throw new IllegalStateException("it listens on a file");
    }
    return atAddress.address();
  }

  /** Stops listening, and removes the socket's file. Idempotent. */
  @Override
  public void close() {
    closing.run();
  }
}
