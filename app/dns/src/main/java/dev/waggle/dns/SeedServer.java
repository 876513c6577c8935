package dev.waggle.dns;

import dev.waggle.ports.IpSubnet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * An authoritative DNS server for a {@link SeedZone}, over UDP and TCP at the same port (PROTOCOL
 * §9.6). It answers with a random {@value #SAMPLE} of the nodes each time, and knows no other zone.
 *
 * <p>Bounds: over UDP an answer has at most {@value DnsClient#UDP_BYTES} bytes, and at most {@value
 * SeedResponder#AMPLIFICATION} times those of its query; what does not fit is to be fetched over
 * TCP. So is everything for a network of which more than {@value PrefixRateLimit#PER_SECOND}
 * queries a second arrive: then an answer is no longer than its query. Over TCP there are at most
 * {@value #MAX_CONNECTIONS} connections, {@value #MAX_CONNECTIONS_OF_PREFIX} of one network; each
 * has 5 s for a query, 30 s in all, and {@value #MAX_QUERIES} queries.
 *
 * <p>Threads: one for UDP, one that accepts, one for each connection, all virtual, and one that
 * closes connections when their time is up.
 */
public final class SeedServer implements AutoCloseable {
  static final int SAMPLE = 25;
  static final int MAX_CONNECTIONS = 64;
  static final int MAX_CONNECTIONS_OF_PREFIX = 8;
  static final int MAX_QUERIES = 16;

  private static final Logger LOG = System.getLogger(SeedServer.class.getName());

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final int BACKLOG = 64;

  /** How often a port that the system chose for TCP may be taken for UDP. */
  private static final int PORT_ATTEMPTS = 16;

  /** A query is a name and little more; what is longer is cut off, and understood no more. */
  private static final int MAX_QUERY_BYTES = 1500;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * How long a stranger may take.
   *
   * @param query from the end of the one before
   * @param connection from when it was accepted
   */
  record Patience(Duration query, Duration connection) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final SeedResponder responder;
  private final Patience patience;
  private final ConnectionSlots slots =
      new ConnectionSlots(MAX_CONNECTIONS, MAX_CONNECTIONS_OF_PREFIX);
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("dns-seed-timer").factory());
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closed;

  private SeedServer(
      ServerSocket tcp, DatagramSocket udp, SeedResponder responder, Patience patience) {
    this.tcp = tcp;
    this.udp = udp;
    this.responder = responder;
    this.patience = patience;
  }

  /**
   * Serves {@code zone} until it is closed.
   *
   * @param bind where; port 0 lets the system choose. On a host with several addresses name one:
   *     else UDP answers may come from another than was asked
   * @param nodes the nodes that are reachable now; asked at most once a second, on a thread of the
   *     server. What it throws is SERVFAIL to who asked
   * @throws IOException if the address cannot be had; in words for the operator
   */
  public static SeedServer start(
      SeedZone zone, InetSocketAddress bind, Supplier<List<SeedNode>> nodes) throws IOException {
    return start(zone, bind, nodes, Patience.USUAL);
  }

  static SeedServer start(
      SeedZone zone, InetSocketAddress bind, Supplier<List<SeedNode>> nodes, Patience patience)
      throws IOException {
    SeedResponder responder =
        new SeedResponder(zone, Instant.now(), nodes, SAMPLE, new SecureRandom(), System::nanoTime);
    for (int attempt = 1; ; attempt++) {
      ServerSocket tcp = new ServerSocket();
      try {
        tcp.bind(bind, BACKLOG);
        InetSocketAddress both = new InetSocketAddress(bind.getAddress(), tcp.getLocalPort());
        SeedServer server = new SeedServer(tcp, new DatagramSocket(both), responder, patience);
        server.threads.execute(() -> server.loop(server::receive));
        server.threads.execute(() -> server.loop(server::accept));
        return server;
      } catch (IOException e) {
        tcp.close();
        if (!(e instanceof BindException) || bind.getPort() != 0 || attempt == PORT_ATTEMPTS) {
          throw new IOException(
              "cannot serve DNS at %s port %d: %s"
                  .formatted(bind.getHostString(), bind.getPort(), e.getMessage()),
              e);
        }
      }
    }
  }

  /** Where it serves, over UDP and TCP. */
  public InetSocketAddress address() {
    return (InetSocketAddress) tcp.getLocalSocketAddress();
  }

  /**
   * Completes when the server has ended: normally after {@link #close}, exceptionally if one of its
   * threads could not go on.
   */
  public CompletionStage<Void> ended() {
    return ended.minimalCompletionStage();
  }

  /** Half a server is none: if one of its loops ends, so does the other. */
  private void loop(Runnable loop) {
    try {
      loop.run();
    } catch (Throwable e) {
      ended.completeExceptionally(e);
      Thread.ofVirtual().start(this::close); // It waits for this thread.
    }
  }

  private void receive() {
    PrefixRateLimit limit = new PrefixRateLimit(new SecureRandom().nextLong(), System.nanoTime());
    byte[] buffer = new byte[MAX_QUERY_BYTES];
    while (!closed) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        boolean allowed = limit.allows(Networks.of(packet.getAddress()), System.nanoTime());
        byte[] answer =
            responder.answer(
                Arrays.copyOf(buffer, packet.getLength()),
                allowed ? SeedResponder.Via.UDP : SeedResponder.Via.UDP_THROTTLED);
        if (answer != null) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        pause("UDP", e);
      }
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = tcp.accept();
        IpSubnet prefix = Networks.of(socket.getInetAddress());
        if (slots.take(prefix)) {
          connections.add(socket);
          try {
            threads.execute(() -> serve(socket, prefix));
          } catch (RejectedExecutionException e) {
            close(socket); // The server was closed meanwhile.
          }
        } else {
          socket.close();
        }
      } catch (IOException e) {
        pause("TCP", e);
      }
    }
  }

  /** Out of files, for example: what fails at once must not fail in a loop. */
  private void pause(String what, IOException e) {
    if (!closed) {
      LOG.log(Level.DEBUG, "DNS over {0}: {1}", what, e.getMessage());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void serve(Socket socket, IpSubnet prefix) {
    // A read has a timeout of its own; a write to somebody who takes nothing has only this one.
    ScheduledFuture<?> end =
        timer.schedule(() -> close(socket), patience.connection().toNanos(), TimeUnit.NANOSECONDS);
    try {
      for (int i = 0; i < MAX_QUERIES && !closed; i++) {
        byte[] query =
            TcpMessages.read(
                socket, MAX_QUERY_BYTES, System.nanoTime() + patience.query().toNanos());
        byte[] answer = responder.answer(query, SeedResponder.Via.TCP);
        if (answer == null) {
          break;
        }
        TcpMessages.write(socket, answer);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "DNS over TCP: {0}", e.getMessage());
    } finally {
      end.cancel(false);
      connections.remove(socket);
      slots.giveBack(prefix);
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "DNS over TCP: {0}", e.getMessage());
    }
  }

  /** Takes nothing new, lets answers that are under way end, for 2 s at most, and returns. */
  @Override
  public void close() {
    closed = true;
    udp.close();
    try {
      tcp.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "DNS over TCP: {0}", e.getMessage());
    }
    connections.forEach(SeedServer::endOfQueries);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    connections.forEach(SeedServer::close);
    timer.shutdownNow();
    ended.complete(null);
  }

  /** Who waits for a query of that peer hears that none will come. */
  private static void endOfQueries(Socket socket) {
    try {
      socket.shutdownInput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "DNS over TCP: {0}", e.getMessage());
    }
  }
}
