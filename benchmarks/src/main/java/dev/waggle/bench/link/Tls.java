package dev.waggle.bench.link;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.util.List;

/**
 * TLS 1.3 for both ends of a link, with a certificate that is made for it.
 *
 * <p>TLS_AES_256_GCM_SHA384, as strong as Waggle's records, is what is asked for. BoringSSL lets
 * nobody choose among the suites of TLS 1.3 and may take AES-128: each run prints what it took.
 */
final class Tls {
  private static final String HOST = "localhost";

  private final SslContext server;
  private final SslContext client;

  Tls(SslProvider provider) {
    try {
      X509Bundle certificate =
          new CertificateBuilder()
              .subject("CN=" + HOST)
              .addSanDnsName(HOST)
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      server =
          onlyOneSuite(
                  SslContextBuilder.forServer(
                      certificate.getKeyPair().getPrivate(), certificate.getCertificatePath()),
                  provider)
              .build();
      client =
          onlyOneSuite(
                  SslContextBuilder.forClient().trustManager(certificate.getCertificate()),
                  provider)
              .build();
    } catch (Exception e) {
      throw new IllegalStateException(provider + " gives no TLS 1.3 here", e);
    }
  }

  private static SslContextBuilder onlyOneSuite(SslContextBuilder builder, SslProvider provider) {
    return builder
        .sslProvider(provider)
        .protocols("TLSv1.3")
        .ciphers(List.of("TLS_AES_256_GCM_SHA384"));
  }

  SslHandler server(ByteBufAllocator allocator) {
    return server.newHandler(allocator);
  }

  SslHandler client(ByteBufAllocator allocator) {
    return client.newHandler(allocator, HOST, 0);
  }
}
