package dev.waggle.nio;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.OwnPorts;
import dev.waggle.ports.transport.SourceAddresses;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP over the selectors of {@code java.nio}.
 *
 * <p>Each connection is served by one of a fixed number of event loops, threads named {@code
 * waggle-nio-N}; connections go to the loops in turn, and the first loop accepts besides.
 */
public final class NioTransport implements Transport {
  /** Under which configuration selects it. */
  public static final String NAME = "nio";

  /**
   * How long {@link #close} waits at most, be it called once or often; twice what connections may
   * linger, and more.
   */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Connections that the system holds ready for us; what a whole network dials after a restart. */
  private static final int BACKLOG = 1024;

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final List<EventLoop> loops;
  private final OwnPorts ownPorts;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile boolean closing;
  private long closingEndsNanos; // guarded by this

  /** One that dials from whatever address the system chooses. */
  public NioTransport(int threads) {
    this(threads, SourceAddresses.ANY);
  }

  /**
   * Starts the event loops.
   *
   * @param threads how many event loops; 0 for as many as there are processors
   * @param source from where it dials
   * @throws UncheckedIOException if the system has no selectors to give
   */
  public NioTransport(int threads, SourceAddresses source) {
    if (threads < 0) {
      throw new IllegalArgumentException("a transport cannot have " + threads + " event loops");
    }
    ownPorts = new OwnPorts(source);
    loops = loops(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads, failure);
  }

  private static List<EventLoop> loops(int count, CompletableFuture<Throwable> failure) {
    List<EventLoop> loops = new ArrayList<>();
    try {
      while (loops.size() < count) {
        EventLoop loop = new EventLoop("waggle-nio-" + (loops.size() + 1), failure);
        loops.add(loop);
        loop.start();
      }
    } catch (IOException e) {
      loops.forEach(EventLoop::shutDown);
      throw new UncheckedIOException(e);
    }
    return List.copyOf(loops);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String describe() {
    String implementation = loops.getFirst().selectorImplementation();
    int count = loops.size();
    return "java.nio selectors (%s), %d event loop%s"
        .formatted(implementation, count, count == 1 ? "" : "s");
  }

  @Override
  public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
    if (closing) {
      throw closed();
    }
    ServerSocketChannel channel;
    InetSocketAddress bound;
    try {
      channel = bind(new InetSocketAddress(InetAddress.getByName(local.host()), local.port()));
      bound = (InetSocketAddress) channel.getLocalAddress();
    } catch (UnknownHostException e) {
      throw new ListenFailed(local, "the name does not resolve", e);
    } catch (IOException | UnsupportedAddressTypeException e) {
      throw new ListenFailed(local, CloseReasons.detail(e), e);
    }
    boolean isShared = PortSharing.begin(channel);
    Accepting accepting =
        new Accepting(
            loops.getFirst(),
            channel,
            channel::accept,
            this::nextLoop,
            acceptor,
            Accepting.PAUSE_NANOS);
    if (!accepting.start()) {
      closeUnused(channel);
      throw closed();
    }
    ownPorts.add(bound, isShared);
    return NioConnection.endpoint(bound);
  }

  /** Listens at exactly this address: 0.0.0.0 means IPv4, [::] means both where systems do so. */
  private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel =
        address.getAddress() instanceof Inet4Address
            ? ServerSocketChannel.open(StandardProtocolFamily.INET)
            : ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.configureBlocking(false);
      return channel.bind(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void closeUnused(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the transport is closed");
  }

  @Override
  public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
    return start(OwnPorts.ANY, remote, timeout, listener);
  }

  @Override
  public Dial dialFrom(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    ownPorts.require(localPort);
    return start(localPort, remote, timeout, listener);
  }

  private Dial start(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a dial needs time, not " + timeout);
    }
    DialAttempt attempt = new DialAttempt(remote, ownPorts, localPort, listener, nextLoop());
    if (!attempt.start(nanos(timeout))) {
      // The event loops have ended, and a callback inside this call would surprise the caller.
      Thread.startVirtualThread(() -> attempt.fail(CloseReason.of(Cause.SHUTDOWN)));
    }
    return attempt;
  }

  private static long nanos(Duration timeout) {
    Duration longest = Duration.ofNanos(Timers.MAX_DELAY_NANOS);
    return timeout.compareTo(longest) < 0 ? timeout.toNanos() : Timers.MAX_DELAY_NANOS;
  }

  private EventLoop nextLoop() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  @Override
  public CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  @Override
  public void close() {
    if (loops.stream().anyMatch(EventLoop::inLoop)) {
      throw new IllegalStateException("a transport cannot be closed from its own callback");
    }
    long deadlineNanos = beginClosing();
    loops.forEach(EventLoop::shutDown);
    try {
      for (EventLoop loop : loops) {
        loop.awaitEnd(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when to stop waiting, counted from the first call: nobody waits twice for a hang. */
  private synchronized long beginClosing() {
    if (!closing) {
      closingEndsNanos = System.nanoTime() + CLOSE_NANOS;
      closing = true;
    }
    return closingEndsNanos;
  }
}
