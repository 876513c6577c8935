package dev.waggle.nat.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waggle.nat.router.SilenceException;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.support.HttpRouter;
import dev.waggle.nat.support.UdpRouter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RouterHttpTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Stop stop = new Stop();

  private HttpAnswer get(HttpRouter router, Duration deadline) throws SilenceException {
    return new RouterHttp(UdpRouter.gateway(), deadline, stop).get(url(router));
  }

  private static RouterUrl url(HttpRouter router) {
    return new RouterUrl(UdpRouter.gateway().ip(), router.port(), "/d?e");
  }

  @Test
  void request_isPlain() throws Exception {
    try (HttpRouter router =
        new HttpRouter((request, out) -> out.write(HttpRouter.answer(200, "yes")))) {
      assertThat(get(router, LONG).body()).asString().isEqualTo("yes");
      assertThat(router.requests().remove())
          .isEqualTo(
              "GET /d?e HTTP/1.1\r\nHost: 127.0.0.1:"
                  + router.port()
                  + "\r\nConnection: close\r\n\r\n");
      new RouterHttp(UdpRouter.gateway(), LONG, stop)
          .post(url(router), Map.of("A", "b"), "<c>ä</c>");
      assertThat(router.requests().remove())
          .isEqualTo(
              "POST /d?e HTTP/1.1\r\nHost: 127.0.0.1:"
                  + router.port()
                  + "\r\nConnection: close\r\nA: b\r\nContent-Length: 9\r\n\r\n<c>ä</c>");
    }
  }

  @Test
  void redirect_isNotFollowed() throws Exception {
    try (HttpRouter elsewhere =
            new HttpRouter((request, out) -> out.write(HttpRouter.answer(200, "evil")));
        HttpRouter router =
            new HttpRouter(
                (request, out) ->
                    out.write(
                        ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                                + elsewhere.port()
                                + "/\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)))) {
      assertThat(get(router, LONG).status()).isEqualTo(302);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void answerWithoutEnd_isReadToItsBound() throws Exception {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    try (HttpRouter router =
        new HttpRouter(
            (request, out) -> {
              out.write(HttpRouter.answer(200, ""));
              byte[] block = new byte[1024];
              int blocks = 0;
              try {
                for (; blocks < 1024 * 1024; blocks++) { // 1 GiB
                  out.write(block);
                }
              } finally {
                sent.complete(blocks);
              }
            })) {
      assertThatThrownBy(() -> get(router, LONG))
          .isInstanceOf(SilenceException.class)
          .hasMessage("sends more than 64 KiB over HTTP");
      // The rest is what the system's buffers hold.
      assertThat(sent.get(30, TimeUnit.SECONDS)).isLessThan(64 * 1024);
    }
  }

  @Test
  void headWithoutEnd_isReadToItsBound() throws Exception {
    try (HttpRouter router =
        new HttpRouter(
            (request, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
              for (int i = 0; i < 1024 * 1024; i++) {
                out.write(new byte[1024]);
              }
            })) {
      assertThatThrownBy(() -> get(router, LONG)).hasMessage("sends more than 64 KiB over HTTP");
    }
  }

  @Test
  void byteNowAndThen_doesNotMoveTheDeadline() throws Exception {
    try (HttpRouter router =
        new HttpRouter(
            (request, out) -> {
              out.write(HttpRouter.answer(200, ""));
              while (true) {
                out.write('a');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
              }
            })) {
      assertThatThrownBy(() -> get(router, Duration.ofMillis(200)))
          .isInstanceOf(SilenceException.class)
          .hasMessage("does not answer over HTTP in time");
    }
  }

  @Test
  void garbage_isNoHttp() throws Exception {
    try (HttpRouter router = new HttpRouter((request, out) -> out.write(new byte[100]))) {
      assertThatThrownBy(() -> get(router, LONG)).hasMessage("sends what is no HTTP");
    }
  }

  @Test
  void closedPort_isSaid() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, UdpRouter.loopback())) {
      port = closed.getLocalPort();
    }
    RouterHttp http = new RouterHttp(UdpRouter.gateway(), LONG, stop);
    assertThatThrownBy(() -> http.get(new RouterUrl(UdpRouter.gateway().ip(), port, "/")))
        .hasMessageStartingWith("cannot be asked over HTTP: ");
  }

  @Test
  void stop_endsTheWait() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    try (HttpRouter router = new HttpRouter((request, out) -> await(end))) {
      CompletableFuture<Throwable> thrown =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> get(router, LONG)));
      assertThat(router.requests().poll(30, TimeUnit.SECONDS)).isNotNull();
      stop.stop();
      assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(SilenceException.class);
      end.complete(null);
    }
  }

  private static void await(CompletableFuture<Void> end) throws IOException {
    try {
      end.get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }
}
