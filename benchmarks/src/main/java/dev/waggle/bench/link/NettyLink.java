package dev.waggle.bench.link;

import dev.waggle.bench.workload.Payloads;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The peer's link: Netty, plain or with TLS 1.3, one event loop at each end.
 *
 * <p>Options of TCP and sizes of reads are those of Waggle's Netty transport. Water marks are twice
 * its own, and four reads follow each other: with Waggle's values the peers are slower.
 */
final class NettyLink implements LoopbackLink {
  /** How messages become writes. */
  enum Writes {
    /** One for each message; a flush for all that wait. TLS fills its records from several. */
    MESSAGES,
    /** One for each 16 KiB of the stream, which is exactly one record of TLS. */
    PACKED,
    /** One and a flush for each message, as Netty's users do. */
    FLUSHED_MESSAGES;

    private void addEnd(ChannelPipeline pipeline, NettyDelivery delivery) {
      switch (this) {
        case MESSAGES, PACKED -> {
          NettySender sender = new NettySender(pipeline.channel(), this == PACKED, delivery);
          pipeline.addLast(new NettyReceiver(delivery, sender), sender);
        }
        case FLUSHED_MESSAGES -> NettyUsualEnd.addTo(pipeline, delivery);
      }
    }
  }

  /** What serves the sockets. */
  enum Io {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class),
    NIO(NioServerSocketChannel.class, NioSocketChannel.class);

    private final Class<? extends ServerChannel> serverType;
    private final Class<? extends SocketChannel> socketType;

    Io(Class<? extends ServerChannel> serverType, Class<? extends SocketChannel> socketType) {
      this.serverType = serverType;
      this.socketType = socketType;
    }

    private EventLoopGroup oneLoop() {
      IoHandlerFactory factory =
          switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
          };
      return new MultiThreadIoEventLoopGroup(1, factory);
    }
  }

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(128 * 1024, 256 * 1024);

  private final EventLoopGroup near;
  private final EventLoopGroup far;
  private final Payloads payloads;
  private final NettyEnd sender;
  private final String description;
  private long number;

  /**
   * Connects, and returns when the handshake of TLS, if there is any, is done.
   *
   * @param tls null for none
   */
  NettyLink(Io io, @Nullable Tls tls, Writes writes, Payloads payloads, Ends ends) {
    if (payloads.length() == NettyDelivery.PING_BYTES) {
      throw new IllegalArgumentException("messages of 8 bytes are the pings of this link");
    }
    this.payloads = payloads;
    near = io.oneLoop();
    far = io.oneLoop();
    Channel listening =
        new ServerBootstrap()
            .group(far)
            .channel(io.serverType)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads())
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.server(channel.alloc()));
                    }
                    writes.addEnd(channel.pipeline(), new NettyDelivery(ends.far(), true));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    Channel channel =
        new Bootstrap()
            .group(near)
            .channel(io.socketType)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.RECVBUF_ALLOCATOR, reads())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.client(channel.alloc()));
                    }
                    writes.addEnd(channel.pipeline(), new NettyDelivery(ends.near(), false));
                  }
                })
            .connect((InetSocketAddress) listening.localAddress())
            .syncUninterruptibly()
            .channel();
    sender = channel.pipeline().get(NettyEnd.class);
    description = "netty over " + io + ", " + encryption(channel) + ", a write for each " + writes;
  }

  private static RecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(2 * 1024, 16 * 1024, 256 * 1024).maxMessagesPerRead(4);
  }

  private static String encryption(Channel channel) {
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      return "no encryption";
    }
    handler.handshakeFuture().syncUninterruptibly();
    var session = handler.engine().getSession();
    return session.getProtocol() + " " + session.getCipherSuite() + " by " + handler.engine();
  }

  @Override
  public void send() {
    sender.send(payloads.of(number++));
  }

  @Override
  public void ping(long nonce) {
    sender.send(NettyDelivery.ping(nonce));
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() {
    near.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    far.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
