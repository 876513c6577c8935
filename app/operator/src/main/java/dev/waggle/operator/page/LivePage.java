package dev.waggle.operator.page;

import dev.waggle.operator.server.WebServer;
import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A page in the browser that shows nodes of this process while they run, or a session of the past.
 * Nothing can be changed through it; whoever can reach its address can read it. Safe from any
 * thread.
 */
public final class LivePage implements AutoCloseable {
  private final WebServer server;
  private final @Nullable SessionLog log;
  private final @Nullable Counting counting;
  private int nodes;

  private LivePage(WebServer server, @Nullable SessionLog log, @Nullable Counting counting) {
    this.server = server;
    this.log = log;
    this.counting = counting;
  }

  /**
   * Serves a page of nodes that will tell it what happens to them.
   *
   * @param address where; with port 0 at one that the system chooses
   * @param title whose page it is: a few words
   * @throws IOException if the address cannot be bound; the message says why
   */
  public static LivePage open(Endpoint address, String title) throws IOException {
    SessionLog log = new SessionLog(InstantSource.system(), System::nanoTime);
    Readers readers = new Readers();
    WebServer server = serve(address, new PageContent.Live(title, log, readers));
    return new LivePage(server, log, Counting.start(log, readers::any));
  }

  /**
   * Serves the same page without a node.
   *
   * @param file the session or trace that it shows first, or null for none
   * @throws IOException if the address cannot be bound; the message says why
   */
  public static LivePage replay(Endpoint address, @Nullable Path file) throws IOException {
    return new LivePage(serve(address, new PageContent.Replay(file)), null, null);
  }

  private static WebServer serve(Endpoint address, PageContent content) throws IOException {
    return WebServer.at(address, new PageHandler(new Hosts(address.host()), content));
  }

  /**
   * Where a node tells what happens to it.
   *
   * @param name what it is called on the page
   */
  public synchronized NodeReports node(String name) {
    if (log == null || counting == null) {
      throw new IllegalStateException("a page of the past has no nodes");
    }
    return new NodeReports(nodes++, name, log, counting);
  }

  /** What to type into a browser on this machine. */
  public String url() {
    Endpoint bound = server.address();
    return "http://"
        + (isEverywhere(bound.host()) ? new Endpoint("127.0.0.1", bound.port()) : bound)
        + "/";
  }

  private static boolean isEverywhere(String host) {
    try {
      return InetAddress.ofLiteral(host).isAnyLocalAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Lets readers go, and ends. Idempotent. */
  @Override
  public void close() {
    if (counting != null) {
      counting.close();
    }
    if (log != null) {
      log.close();
    }
    server.close();
  }
}
