package dev.waggle.nat.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.Patience;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.support.NatPmpRouter;
import dev.waggle.nat.support.UdpRouter;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatPmpClientTest {
  private static final Patience LONG = new Patience(Duration.ofMinutes(1), 1);

  private final AtomicLong clock = new AtomicLong();
  private final NatPmpRouter said = new NatPmpRouter();
  private UdpRouter router;
  private NatPmpClient client;

  @BeforeEach
  void start() throws IOException {
    router = new UdpRouter(said);
    client =
        new NatPmpClient(UdpRouter.gateway(), router.port(), 30303, LONG, new Stop(), clock::get);
  }

  @AfterEach
  void close() {
    router.close();
  }

  private static Outcome granted(int port) {
    return new Outcome.Granted(
        Objects.requireNonNull(IpEndpoint.of(new Endpoint("203.0.113.7", port))),
        Duration.ofHours(2));
  }

  private String nextQuestion() throws InterruptedException {
    return HexFormat.of()
        .formatHex(Objects.requireNonNull(router.questions().poll(10, TimeUnit.SECONDS)));
  }

  @Test
  void grant_isTheAddressAndThePort() throws Exception {
    assertThat(client.map()).isEqualTo(granted(40000));
    assertThat(nextQuestion()).isEqualTo("0000");
    assertThat(nextQuestion()).isEqualTo("00020000765f765f00001c20");
  }

  @Test
  void renewal_suggestsWhatWasGranted() throws Exception {
    client.map();
    client.map();
    for (String question : List.of("0000", "00020000765f765f00001c20", "0000")) {
      assertThat(nextQuestion()).isEqualTo(question);
    }
    assertThat(nextQuestion()).isEqualTo("00020000765f9c4000001c20");
  }

  @Test
  void removal_asksForNoPortAndNoTime_once() throws Exception {
    client.map();
    router.questions().clear();
    client.remove(Duration.ofSeconds(10));
    assertThat(nextQuestion()).isEqualTo("00020000765f000000000000");
    client.remove(Duration.ofSeconds(10));
    assertThat(router.questions()).isEmpty();
  }

  @Test
  void whatWasNotAsked_isNotRemoved() {
    said.result = 2;
    assertThat(client.map()).isEqualTo(new Outcome.Refused("does not allow it"));
    router.questions().clear();
    client.remove(Duration.ofDays(1));
    assertThat(router.questions()).isEmpty();
  }

  @Test
  void answerForAnotherPort_isWaitedThrough() {
    router.behave(
        question -> {
          byte[] right = said.answers(question).getFirst();
          byte[] wrong = right.clone();
          wrong[question.length == 2 ? 0 : 8] ^= 1;
          return List.of(wrong, question, right);
        });
    assertThat(client.map()).isEqualTo(granted(40000));
  }

  @Test
  void grantThatNobodyCanUse_isNone() {
    said.lifetime = 10;
    assertThat(client.map()).isEqualTo(new Outcome.Refused("maps for 10 s only"));
    said.lifetime = 7200;
    said.port = 0;
    assertThat(client.map()).isEqualTo(new Outcome.Refused("maps to port 0"));
    said.port = 40000;
    said.address = 0;
    assertThat(client.map())
        .isEqualTo(new Outcome.Refused("maps to 0.0.0.0, which nobody can dial"));
  }

  @Test
  void restart_andAnotherAddress_areNoticed_atTheNextCheck() {
    client.map();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(120));
    said.epoch = 1120;
    assertThat(client.isUnchanged()).isTrue();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(120));
    said.epoch = 3;
    assertThat(client.isUnchanged()).isFalse();
    assertThat(client.isUnchanged()).isTrue();
    said.address = 0xCB007108;
    assertThat(client.isUnchanged()).isFalse();
  }
}
