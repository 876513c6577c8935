package dev.waggle.bench;

import dev.waggle.bench.NettyLink.Io;
import dev.waggle.bench.NettySender.Writes;
import dev.waggle.netty.NettyIo;
import dev.waggle.netty.NettyIoUnavailable;
import dev.waggle.netty.NettyTransport;
import dev.waggle.nio.NioTransport;
import io.netty.handler.ssl.SslProvider;

/** The links that are compared, each with one I/O thread at either end. */
public enum Contender {
  /** Waggle over its Netty transport. */
  WAGGLE_NETTY_EPOLL,
  WAGGLE_NETTY_IO_URING,
  WAGGLE_NETTY_NIO,
  /** Waggle over its own transport on {@code java.nio}. */
  WAGGLE_NIO,
  /** Netty without encryption. */
  PLAIN_EPOLL,
  PLAIN_NIO,
  /** Netty with TLS 1.3 by BoringSSL. */
  BORINGSSL_EPOLL,
  BORINGSSL_NIO,
  /** The same, with an application that packs its messages into whole records of TLS. */
  BORINGSSL_PACKED_EPOLL,
  BORINGSSL_PACKED_NIO,
  /** Netty with TLS 1.3 by the JDK. */
  JDK_TLS_EPOLL,
  JDK_TLS_NIO;

  LoopbackLink connect(Payloads payloads, Arrivals arrivals) {
    return switch (this) {
      case WAGGLE_NETTY_EPOLL -> overNetty(NettyIo.EPOLL, payloads, arrivals);
      case WAGGLE_NETTY_IO_URING -> overNetty(NettyIo.IO_URING, payloads, arrivals);
      case WAGGLE_NETTY_NIO -> overNetty(NettyIo.NIO, payloads, arrivals);
      case WAGGLE_NIO ->
          new WaggleLink(new NioTransport(1), new NioTransport(1), payloads, arrivals);
      case PLAIN_EPOLL -> new NettyLink(Io.EPOLL, null, Writes.MESSAGES, payloads, arrivals);
      case PLAIN_NIO -> new NettyLink(Io.NIO, null, Writes.MESSAGES, payloads, arrivals);
      case BORINGSSL_EPOLL ->
          new NettyLink(Io.EPOLL, boringSsl(), Writes.MESSAGES, payloads, arrivals);
      case BORINGSSL_NIO -> new NettyLink(Io.NIO, boringSsl(), Writes.MESSAGES, payloads, arrivals);
      case BORINGSSL_PACKED_EPOLL ->
          new NettyLink(Io.EPOLL, boringSsl(), Writes.PACKED, payloads, arrivals);
      case BORINGSSL_PACKED_NIO ->
          new NettyLink(Io.NIO, boringSsl(), Writes.PACKED, payloads, arrivals);
      case JDK_TLS_EPOLL -> new NettyLink(Io.EPOLL, jdkTls(), Writes.MESSAGES, payloads, arrivals);
      case JDK_TLS_NIO -> new NettyLink(Io.NIO, jdkTls(), Writes.MESSAGES, payloads, arrivals);
    };
  }

  private static LoopbackLink overNetty(NettyIo io, Payloads payloads, Arrivals arrivals) {
    try {
      return new WaggleLink(
          new NettyTransport(io, 1), new NettyTransport(io, 1), payloads, arrivals);
    } catch (NettyIoUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Tls boringSsl() {
    return new Tls(SslProvider.OPENSSL);
  }

  private static Tls jdkTls() {
    return new Tls(SslProvider.JDK);
  }
}
