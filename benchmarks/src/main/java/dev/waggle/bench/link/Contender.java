package dev.waggle.bench.link;

import dev.waggle.bench.link.LoopbackLink.Ends;
import dev.waggle.bench.link.NettyLink.Io;
import dev.waggle.bench.link.NettyLink.Writes;
import dev.waggle.bench.workload.FoundParts;
import dev.waggle.bench.workload.Payloads;
import dev.waggle.bench.workload.Settings;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.netty.NettyIo;
import dev.waggle.netty.NettyTransport;
import dev.waggle.nio.NioTransport;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.transport.Transport;
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
      case WAGGLE_NETTY_EPOLL, WAGGLE_NETTY_IO_URING, WAGGLE_NETTY_NIO, WAGGLE_NIO ->
          connect(transport(), transport(), payloads, ends);
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

  /**
   * Waggle's own transport, with one I/O thread.
   *
   * @throws IllegalStateException if this is a peer
   */
  public Transport transport() {
    return switch (this) {
      case WAGGLE_NETTY_EPOLL -> new NettyTransport(NettyIo.EPOLL, 1);
      case WAGGLE_NETTY_IO_URING -> new NettyTransport(NettyIo.IO_URING, 1);
      case WAGGLE_NETTY_NIO -> new NettyTransport(NettyIo.NIO, 1);
      case WAGGLE_NIO -> new NioTransport(1);
      case PLAIN_EPOLL,
          PLAIN_NIO,
          BORINGSSL_EPOLL,
          BORINGSSL_NIO,
          BORINGSSL_USUAL_EPOLL,
          BORINGSSL_USUAL_NIO,
          BORINGSSL_PACKED_EPOLL,
          BORINGSSL_PACKED_NIO,
          JDK_TLS_EPOLL,
          JDK_TLS_NIO ->
          throw new IllegalStateException(this + " is not Waggle's");
    };
  }

  /** A link of Waggle's over two {@link #transport transports}, which it may share with others. */
  public static LoopbackLink connect(Transport near, Transport far, Payloads payloads, Ends ends) {
    return new WaggleLink(near, far, payloads, ends);
  }

  /**
   * The same of parts that a node would find by these names.
   *
   * @throws dev.waggle.node.config.ConfigProblem if one of them is not there
   */
  public static LoopbackLink connect(
      String transport, String codec, String suite, Payloads payloads, Ends ends) {
    CipherSuite found = FoundParts.suite(suite, CryptoChoice.AUTO);
    return new WaggleLink(
        FoundParts.transport(transport),
        FoundParts.transport(transport),
        () -> Settings.session(found, FoundParts.codec(codec)),
        payloads,
        ends);
  }

  private static Tls boringSsl() {
    return new Tls(SslProvider.OPENSSL);
  }

  private static Tls jdkTls() {
    return new Tls(SslProvider.JDK);
  }
}
