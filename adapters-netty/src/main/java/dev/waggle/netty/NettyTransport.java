package dev.waggle.netty;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.OwnPorts;
import dev.waggle.ports.transport.SourceAddresses;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.transport.TransportUnavailable;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP over Netty, by io_uring, epoll or java.nio.
 *
 * <p>Each connection is served by one of a fixed number of event loops, threads named {@code
 * waggle-netty-N}.
 */
public final class NettyTransport implements Transport {
  /** Under which configuration selects it. */
  public static final String NAME = "netty";

  /**
   * How long {@link #close} waits at most, be it called once or often; twice what connections may
   * linger, and more.
   */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A first read takes a handshake message whole; an idle link holds no buffer at all. */
  private static final int MIN_READ_BYTES = 2 * 1024;

  private static final int FIRST_READ_BYTES = 16 * 1024;

  /** Reads of a busy link grow to four records of 64 KiB, and no read can exceed that. */
  private static final int MAX_READ_BYTES = 256 * 1024;

  /** Reads in a row from one socket, before the other sockets of the event loop have their turn. */
  private static final int READS_PER_TURN = 1;

  /** What a channel has until it is connected: each that is dialled, so it must be sharable. */
  private static final ChannelHandler NOTHING_YET =
      new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {}
      };

  private final IoFacility facility;
  private final OwnPorts ownPorts;
  private final int threads;
  private final EventLoopGroup loops;
  private final Failure failure = new Failure();
  private final Roster roster = new Roster();
  private final List<Channel> listening = new ArrayList<>();

  /** As many event loops as there are processors. */
  public NettyTransport(NettyIo io) {
    this(io, allProcessors());
  }

  /** One that dials from whatever address the system chooses; see the other constructor. */
  public NettyTransport(NettyIo io, int threads) {
    this(io, threads, SourceAddresses.ANY);
  }

  /**
   * Starts the event loops.
   *
   * @param threads how many event loops, more than zero
   * @param source from where it dials
   * @throws TransportUnavailable if {@code io} names a facility that is not there
   */
  public NettyTransport(NettyIo io, int threads, SourceAddresses source) {
    this.ownPorts = new OwnPorts(source);
    this.facility = IoFacility.choose(io, IoFacility.SYSTEM);
    this.threads = threads;
    IoHandlerFactory handlers = facility.handlers();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            threads, threadFactory(), loop -> new LoopIo(handlers.newHandler(loop), failure));
  }

  static int allProcessors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static ThreadFactory threadFactory() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      String name = "waggle-netty-" + count.incrementAndGet();
      Thread thread = new FastThreadLocalThread(Spinning.counted(task), name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT, "netty over %s, threads: %d (%s)", facility.kind(), threads, facility.why());
  }

  @Override
  public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(facility.serverType())
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new ListeningFailures(failure))
            .childHandler(new Accepting(acceptor, roster, failure))
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true);
    InetSocketAddress address;
    try {
      address = new InetSocketAddress(InetAddress.getByName(local.host()), local.port());
    } catch (UnknownHostException e) {
      throw new ListenFailed(local, "the name does not resolve", e);
    }
    if (roster.closing()) {
      throw closed();
    }
    ChannelFuture bind = bootstrap.bind(address).awaitUninterruptibly();
    if (!bind.isSuccess()) {
      throw new ListenFailed(local, CloseReasons.detail(bind.cause()), bind.cause());
    }
    Channel channel = bind.channel();
    synchronized (listening) {
      if (!roster.closing()) {
        listening.add(channel);
        InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
        ownPorts.add(bound, PortSharing.begin(channel, facility));
        return NettyConnection.endpoint(bound);
      }
    }
    channel.close().awaitUninterruptibly();
    throw closed();
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
    Bootstrap bootstrap =
        new Bootstrap()
            .channel(facility.socketType())
            .handler(NOTHING_YET)
            .disableResolver()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.RECVBUF_ALLOCATOR, reads())
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true);
    DialAttempt attempt =
        new DialAttempt(
            remote,
            ownPorts,
            localPort,
            listener,
            loops.next(),
            bootstrap,
            facility,
            roster,
            failure);
    if (roster.add(attempt)) {
      attempt.start(timeout);
    } else {
      attempt.shutDown();
    }
    return attempt;
  }

  private static RecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES)
        .maxMessagesPerRead(READS_PER_TURN);
  }

  @Override
  public CompletionStage<Throwable> failure() {
    return failure.first();
  }

  @Override
  public void close() {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        throw new IllegalStateException("a transport cannot be closed from its own callback");
      }
    }
    long deadlineNanos = roster.beginClosing(System.nanoTime() + CLOSE_NANOS);
    List<ChannelFuture> unbinding = closeListening();
    roster.shutDownAll();
    for (ChannelFuture closed : unbinding) {
      closed.awaitUninterruptibly(leftNanos(deadlineNanos), TimeUnit.NANOSECONDS);
    }
    roster.awaitEmpty(deadlineNanos);
    loops
        .shutdownGracefully(0, leftNanos(deadlineNanos), TimeUnit.NANOSECONDS)
        .awaitUninterruptibly(leftNanos(deadlineNanos), TimeUnit.NANOSECONDS);
  }

  private List<ChannelFuture> closeListening() {
    synchronized (listening) {
      return listening.stream().map(Channel::close).toList();
    }
  }

  private static long leftNanos(long deadlineNanos) {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }
}
