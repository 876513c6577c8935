package dev.waggle.nat.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.SilenceException;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.support.Recorded;
import dev.waggle.nat.support.UdpRouter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsdpTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(1);

  private UdpRouter router;

  @BeforeEach
  void start() throws IOException {
    router = new UdpRouter(question -> List.of(answer("http://127.0.0.1:5555/d.xml")));
  }

  @AfterEach
  void close() {
    router.close();
  }

  private static byte[] answer(String location) {
    return bytes("HTTP/1.1 200 OK\r\nEXT:\r\nLocation: " + location + "\r\nST: x\r\n\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private RouterUrl search(Gateway gateway, Duration wait) throws SilenceException {
    return new Ssdp(gateway, router.address(), wait, new Stop()).search();
  }

  @Test
  void routersAnswer_saysWhereItsDescriptionIs() throws SilenceException {
    assertThat(search(UdpRouter.gateway(), LONG))
        .isEqualTo(new RouterUrl(UdpRouter.gateway().ip(), 5555, "/d.xml"));
  }

  @Test
  void question_isTheOneThatRoutersAnswer() throws Exception {
    search(UdpRouter.gateway(), LONG);
    assertThat(router.questions().take())
        .asString()
        .startsWith("M-SEARCH * HTTP/1.1\r\nHOST: 127.0.0.1:" + router.port() + "\r\n")
        .contains("\r\nMAN: \"ssdp:discover\"\r\n", "\r\nMX: 1\r\n")
        .endsWith("\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n\r\n");
  }

  @Test
  void recordedAnswer_isNotFromThisRouter() {
    // It is 192.168.77.1's, whom 127.0.0.1 would send us to.
    router.behave(question -> List.of(Recorded.answer("ssdp")));
    assertThatThrownBy(() -> search(UdpRouter.gateway(), SHORT)).hasMessage("does not answer");
  }

  @Test
  void strangersAnswers_areNotHeard_thousandsEnd() throws IOException {
    // Everything comes from 127.0.0.1, and the router is 127.0.0.9.
    Gateway elsewhere =
        new Gateway(InetAddress.ofLiteral("127.0.0.9"), InetAddress.ofLiteral("127.0.0.1"));
    router.behave(question -> List.of(answer("http://127.0.0.9:5555/d.xml")));
    assertThatThrownBy(() -> search(elsewhere, SHORT)).hasMessage("does not answer");
    try (DatagramSocket stranger = new DatagramSocket(0, UdpRouter.loopback())) {
      router.behave(
          question -> {
            byte[] answer = answer("http://127.0.0.9:5555/d.xml");
            // Some get lost, if the search is slower. It ends when the test closes the socket.
            while (!stranger.isClosed()) {
              stranger.send(new DatagramPacket(answer, answer.length, router.lastAsker()));
            }
            return List.of();
          });
      assertThatThrownBy(() -> search(elsewhere, LONG))
          .hasMessage("is not heard among too many that answer");
      router.close();
    }
  }

  @Test
  void routerIsHeard_amongStrangers() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.2"))) {
      router.behave(
          question -> {
            byte[] evil = answer("http://127.0.0.1:6666/evil.xml");
            stranger.send(new DatagramPacket(evil, evil.length, router.lastAsker()));
            return List.of(answer("http://127.0.0.1:5555/d.xml"));
          });
      assertThat(search(UdpRouter.gateway(), LONG).port()).isEqualTo(5555);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NOTIFY * HTTP/1.1\r\nLOCATION: http://127.0.0.1/d\r\n\r\n",
        "M-SEARCH * HTTP/1.1\r\nLOCATION: http://127.0.0.1/d\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nLOCATION: http://127.0.0.1/d\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLOCATION\r\n:\r\n",
        "HTTP/1.1 200 OK\r\nLOCATION: http://127.0.0.2/d\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLOCATION: https://127.0.0.1/d\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLOCATION: file:///etc/passwd\r\n\r\n",
        "\0\u00ff\r\n",
      })
  void anythingElse_isNoAnswer(String text) {
    router.behave(question -> List.of(bytes(text)));
    assertThatThrownBy(() -> search(UdpRouter.gateway(), SHORT)).hasMessage("does not answer");
  }

  @Test
  void search_isRepeated() throws InterruptedException {
    router.behave(question -> List.of());
    assertThatThrownBy(() -> search(UdpRouter.gateway(), SHORT)).hasMessage("does not answer");
    for (int i = 0; i < 4; i++) {
      assertThat(router.questions().poll(30, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
