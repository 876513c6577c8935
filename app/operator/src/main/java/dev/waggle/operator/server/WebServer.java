package dev.waggle.operator.server;

import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A small HTTP server for operators: what a client may cost is bounded, whoever it is. Safe from
 * any thread.
 *
 * <p>It knows nobody: who may talk to it is up to the handler, and to the mode of a socket's file.
 */
public final class WebServer implements AutoCloseable {
  /** Connections at a time: some scrapers, pages and commands. */
  private static final int MAX_CONNECTIONS = 64;

  /** Of a request without its body. */
  private static final int MAX_HEADER_BYTES = 8 * 1024;

  /** Of a request's body: the longest is a list of bans, or a transaction in hexadecimal digits. */
  private static final long MAX_BODY_BYTES = 1024 * 1024;

  /** A client that neither sends nor takes anything for that long is gone. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** How long {@link #close} waits for answers that are under way. */
  private static final Duration LAST_ANSWERS = Duration.ofMillis(500);

  private static final int MAX_THREADS = 16;

  private final Server server;
  private final AbstractConnector connector;

  private WebServer(Server server, AbstractConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Listens on a Unix domain socket, a file that must not exist yet. It is the caller's to set its
   * mode, and to delete it.
   *
   * @throws IOException if it cannot be bound; the message says why
   */
  public static WebServer onSocket(Path file, Handler handler) throws IOException {
    Server server = newServer();
    UnixDomainServerConnector connector = new UnixDomainServerConnector(server, http());
    connector.setUnixDomainPath(file);
    return start(server, connector, handler);
  }

  /**
   * Listens at an address; with port 0 at one that the system chooses.
   *
   * @throws IOException if it cannot be bound; the message says why
   */
  public static WebServer at(Endpoint address, Handler handler) throws IOException {
    Server server = newServer();
    ServerConnector connector = new ServerConnector(server, 1, 1, http());
    connector.setHost(address.host());
    connector.setPort(address.port());
    return start(server, connector, handler);
  }

  private static Server newServer() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
    threads.setName("waggle-http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return new Server(threads);
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setIdleTimeout(IDLE.toMillis());
    return new HttpConnectionFactory(http);
  }

  private static WebServer start(Server server, AbstractConnector connector, Handler handler)
      throws IOException {
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    SizeLimitHandler limited = new SizeLimitHandler(MAX_BODY_BYTES, -1);
    limited.setHandler(handler);
    server.setHandler(limited);
    server.setStopTimeout(LAST_ANSWERS.toMillis());
    server.setErrorHandler(new PlainErrors());
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
    return new WebServer(server, connector);
  }

  /** Where it listens; of a socket's file that means nothing. */
  public Endpoint address() {
    if (connector instanceof ServerConnector tcp) {
      return new Endpoint(tcp.getHost(), tcp.getLocalPort());
    }
    throw new IllegalStateException("it listens on a file");
  }

  /** Stops listening, ends connections, waits for them for half a second. Idempotent. */
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      // There is nothing left to be done about it: the process ends soon.
    }
  }
}
