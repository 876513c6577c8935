package dev.waggle.netty;

import dev.waggle.ports.transport.TransportUnavailable;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.StandardSocketOptions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The facility of the system that serves the sockets, and why it was taken.
 *
 * @param kind never {@link NettyIo#AUTO}
 * @param why lower-case words for the operator
 */
record IoFacility(NettyIo kind, String why) {
  /** Says why a facility cannot be used, or null if it can. */
  interface Probe extends Function<NettyIo, @Nullable Throwable> {}

  /** SOL_SOCKET and SO_REUSEPORT, on each processor for which Netty has native libraries. */
  private static final ChannelOption<Integer> LINUX_REUSE_PORT =
      new IntegerUnixChannelOption("SO_REUSEPORT", 1, 15);

  /** Asks Netty's native libraries. */
  static final Probe SYSTEM =
      kind ->
          switch (kind) {
            case IO_URING -> IoUring.unavailabilityCause();
            case EPOLL -> Epoll.unavailabilityCause();
            case AUTO, NIO -> null;
          };

  /**
   * Takes what was asked for, or for {@link NettyIo#AUTO} epoll before java.nio.
   *
   * <p>io_uring must be asked for by name: on few busy links it is no faster than epoll, and many
   * containers forbid it.
   *
   * @throws TransportUnavailable if a facility was asked for by name and is not there
   */
  static IoFacility choose(NettyIo wanted, Probe probe) {
    if (wanted != NettyIo.AUTO) {
      Throwable obstacle = probe.apply(wanted);
      if (obstacle != null) {
        throw new TransportUnavailable(
            NettyIo.OPTION,
            wanted.toString(),
            "not available on this machine: " + oneLine(obstacle),
            obstacle);
      }
      return new IoFacility(wanted, "asked for");
    }
    Throwable obstacle = probe.apply(NettyIo.EPOLL);
    return obstacle == null
        ? new IoFacility(NettyIo.EPOLL, "auto: the best that is here")
        : new IoFacility(NettyIo.NIO, "auto: epoll is not available: " + oneLine(obstacle));
  }

  IoHandlerFactory handlers() {
    return switch (kind) {
      case IO_URING -> IoUringIoHandler.newFactory();
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO, AUTO -> NioIoHandler.newFactory();
    };
  }

  Class<? extends SocketChannel> socketType() {
    return switch (kind) {
      case IO_URING -> IoUringSocketChannel.class;
      case EPOLL -> EpollSocketChannel.class;
      case NIO, AUTO -> NioSocketChannel.class;
    };
  }

  Class<? extends ServerSocketChannel> serverType() {
    return switch (kind) {
      case IO_URING -> IoUringServerSocketChannel.class;
      case EPOLL -> EpollServerSocketChannel.class;
      case NIO, AUTO -> NioServerSocketChannel.class;
    };
  }

  /**
   * Sets {@code SO_REUSEPORT}, whatever kind of socket it is: Netty has an option of that name for
   * some kinds only.
   *
   * @return false if the system has no such option
   * @throws ChannelException if it does not want to
   */
  boolean reusePort(ChannelConfig config) {
    return switch (kind) {
      case IO_URING, EPOLL -> config.setOption(LINUX_REUSE_PORT, 1);
      case NIO, AUTO ->
          config.setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
    };
  }

  /** The innermost cause says it best: Netty wraps the linker's error several times. */
  private static String oneLine(Throwable obstacle) {
    Throwable root = obstacle;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String text = message == null ? root.getClass().getSimpleName() : message;
    return text.lines().findFirst().orElse(text);
  }
}
