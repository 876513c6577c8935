package dev.waggle.bench.link;

import dev.waggle.bench.link.LoopbackLink.Ends;
import dev.waggle.bench.link.NettyLink.Io;
import dev.waggle.bench.link.NettyLink.Writes;
import dev.waggle.bench.workload.Payloads;
import dev.waggle.netty.NettyIo;
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
  /**
   * Netty with TLS 1.3 by BoringSSL, tuned: messages wait in the same queue as Waggle's, and are
   * flushed once for all that wait. Harder to beat than what applications have.
   */
  BORINGSSL_EPOLL,
  BORINGSSL_NIO,
  /**
   * The same as Netty's users write it: Netty's own codec of lengths, and a {@code writeAndFlush}
   * for each message. That is what an application gives up for TLS without any tuning.
   */
  BORINGSSL_USUAL_EPOLL,
  BORINGSSL_USUAL_NIO,
  /** Tuned still more: an application that packs its messages into whole records of TLS. */
  BORINGSSL_PACKED_EPOLL,
  BORINGSSL_PACKED_NIO,
  /** Netty with TLS 1.3 by the JDK. */
  JDK_TLS_EPOLL,
  JDK_TLS_NIO;

  public LoopbackLink connect(Payloads payloads, Ends ends) {
    return switch (this) {
      case WAGGLE_NETTY_EPOLL -> overNetty(NettyIo.EPOLL, payloads, ends);
      case WAGGLE_NETTY_IO_URING -> overNetty(NettyIo.IO_URING, payloads, ends);
      case WAGGLE_NETTY_NIO -> overNetty(NettyIo.NIO, payloads, ends);
      case WAGGLE_NIO -> new WaggleLink(new NioTransport(1), new NioTransport(1), payloads, ends);
      case PLAIN_EPOLL -> new NettyLink(Io.EPOLL, null, Writes.MESSAGES, payloads, ends);
      case PLAIN_NIO -> new NettyLink(Io.NIO, null, Writes.MESSAGES, payloads, ends);
      case BORINGSSL_EPOLL -> new NettyLink(Io.EPOLL, boringSsl(), Writes.MESSAGES, payloads, ends);
      case BORINGSSL_NIO -> new NettyLink(Io.NIO, boringSsl(), Writes.MESSAGES, payloads, ends);
      case BORINGSSL_USUAL_EPOLL ->
          new NettyLink(Io.EPOLL, boringSsl(), Writes.FLUSHED_MESSAGES, payloads, ends);
      case BORINGSSL_USUAL_NIO ->
          new NettyLink(Io.NIO, boringSsl(), Writes.FLUSHED_MESSAGES, payloads, ends);
      case BORINGSSL_PACKED_EPOLL ->
          new NettyLink(Io.EPOLL, boringSsl(), Writes.PACKED, payloads, ends);
      case BORINGSSL_PACKED_NIO ->
          new NettyLink(Io.NIO, boringSsl(), Writes.PACKED, payloads, ends);
      case JDK_TLS_EPOLL -> new NettyLink(Io.EPOLL, jdkTls(), Writes.MESSAGES, payloads, ends);
      case JDK_TLS_NIO -> new NettyLink(Io.NIO, jdkTls(), Writes.MESSAGES, payloads, ends);
    };
  }

  private static LoopbackLink overNetty(NettyIo io, Payloads payloads, Ends ends) {
    return new WaggleLink(new NettyTransport(io, 1), new NettyTransport(io, 1), payloads, ends);
  }

  private static Tls boringSsl() {
    return new Tls(SslProvider.OPENSSL);
  }

  private static Tls jdkTls() {
    return new Tls(SslProvider.JDK);
  }
}
