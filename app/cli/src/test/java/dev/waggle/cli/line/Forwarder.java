package dev.waggle.cli.line;

import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A line to a process on loopback: accepts TCP connections, and dials the process for each. All of
 * them share the line's bandwidth. Nothing is lost, and nothing overtakes.
 *
 * <p>Safe from any thread. {@link #close} ends all connections; it throws what should not have
 * happened in here.
 */
public final class Forwarder implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final int PATIENCE_SECONDS = 10;

  /** What the kernel keeps in front of and behind the line, which would delay what comes after. */
  private static final int SOCKET_BUFFER_BYTES = 64 * 1024;

  private final LineShape shape;
  private final InetSocketAddress target;
  private final ServerSocket server;
  private final Line up;
  private final Line down;
  private final Meter upMeter = new Meter();
  private final Meter downMeter = new Meter();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("line-", 0).factory());
  private volatile boolean shut;
  private CompletableFuture<Void> accepting = CompletableFuture.completedFuture(null);
  private volatile @Nullable RuntimeException failure;

  private Forwarder(LineShape shape, InetSocketAddress target, ServerSocket server) {
    this.shape = shape;
    this.target = target;
    this.server = server;
    long nowNanos = System.nanoTime();
    up = new Line(shape, nowNanos);
    down = new Line(shape, nowNanos);
  }

  /** Begins to accept. */
  public static Forwarder start(LineShape shape, Endpoint target) throws IOException {
    return start(shape, target, false);
  }

  /** Begins to listen; whoever dials is turned away until {@link #open}. */
  public static Forwarder startShut(LineShape shape, Endpoint target) throws IOException {
    return start(shape, target, true);
  }

  private static Forwarder start(LineShape shape, Endpoint target, boolean shut)
      throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReceiveBufferSize(SOCKET_BUFFER_BYTES); // of what it accepts
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    Forwarder forwarder =
        new Forwarder(shape, new InetSocketAddress(target.host(), target.port()), server);
    forwarder.shut = shut;
    forwarder.accepting = CompletableFuture.runAsync(forwarder::accept, forwarder.threads);
    return forwarder;
  }

  /** Turns nobody away any more. */
  public void open() {
    shut = false;
  }

  /**
   * Lets no more bytes through to those who dial, in all since the start: what follows waits, and
   * nothing is lost.
   */
  public void limitDown(long bytes) {
    downMeter.limit(bytes);
  }

  /** Where it listens. */
  public Endpoint address() {
    return new Endpoint(server.getInetAddress().getHostAddress(), server.getLocalPort());
  }

  /** Bytes that have reached the process that is dialled. */
  public long upBytes() {
    return upMeter.bytes();
  }

  /** Bytes that have reached those who dial. */
  public long downBytes() {
    return downMeter.bytes();
  }

  /** The most that one direction of a connection has held at a time. */
  long mostHeldBytes() {
    return connections.stream().mapToLong(Connection::mostHeldBytes).max().orElse(0);
  }

  private void accept() {
    try {
      while (true) {
        dial(server.accept());
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void dial(Socket accepted) {
    Socket dialled = new Socket();
    try {
      if (!shut) {
        for (Socket socket : List.of(accepted, dialled)) {
          socket.setTcpNoDelay(true);
          socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
        }
        dialled.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        dialled.connect(target, PATIENCE_SECONDS * 1000);
        Connection connection = new Connection(accepted, dialled);
        connections.add(connection);
        connection.begin();
        return;
      }
    } catch (IOException _) {
      // Nobody is there, or who has dialled is gone already.
    }
    close(accepted);
    close(dialled);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // As closed as it will be.
    }
  }

  /** Two sockets, and what flows between them. */
  private final class Connection {
    private final Socket accepted;
    private final Socket dialled;
    private final Flow there;
    private final Flow back;
    private final AtomicInteger flowing = new AtomicInteger(2);

    Connection(Socket accepted, Socket dialled) {
      this.accepted = accepted;
      this.dialled = dialled;
      there = new Flow(up, shape, accepted, dialled, upMeter);
      back = new Flow(down, shape, dialled, accepted, downMeter);
    }

    void begin() {
      for (Flow flow : List.of(there, back)) {
        threads.execute(() -> run(flow::take));
        threads.execute(
            () ->
                run(
                    () -> {
                      flow.give();
                      if (flowing.decrementAndGet() == 0) {
                        end();
                      }
                    }));
      }
    }

    /** What goes wrong on one side is heard on the other, and at once. */
    private void run(Step step) {
      try {
        step.run();
      } catch (IOException | InterruptedException _) {
        end();
      } catch (RuntimeException e) {
        failure = e;
        end();
      }
    }

    void end() {
      there.stop();
      back.stop();
      close(accepted);
      close(dialled);
    }

    long mostHeldBytes() {
      return Math.max(there.mostHeldBytes(), back.mostHeldBytes());
    }
  }

  /** What a thread does. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  @Override
  public void close() throws IOException {
    server.close();
    accepting.join(); // So that nothing begins any more.
    connections.forEach(Connection::end);
    threads.shutdownNow();
    boolean ended = false;
    try {
      ended = threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    if (!ended) {
      throw new IllegalStateException("the line's threads do not end");
    }
  }
}
