package dev.waggle.nat.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Grants;
import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.Patience;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.support.PcpAnswers;
import dev.waggle.nat.support.UdpRouter;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcpClientTest {
  private static final Patience SHORT = new Patience(Duration.ofMillis(20), 2);
  private static final Patience LONG = new Patience(Duration.ofMinutes(1), 1);

  private final AtomicLong clock = new AtomicLong();
  private final Stop stop = new Stop();
  private UdpRouter router;

  @BeforeEach
  void start() throws IOException {
    router = new UdpRouter(question -> List.of(PcpAnswers.mapped(question, 40000, 7200, 100)));
  }

  @AfterEach
  void close() {
    router.close();
  }

  private PcpClient client(Patience patience) {
    return new PcpClient(UdpRouter.gateway(), router.port(), 30303, patience, stop, clock::get);
  }

  private static Outcome granted(int port) {
    return new Outcome.Granted(
        Objects.requireNonNull(IpEndpoint.of(new Endpoint("203.0.113.7", port))),
        Duration.ofHours(2));
  }

  private byte[] nextQuestion() throws InterruptedException {
    return Objects.requireNonNull(router.questions().poll(10, TimeUnit.SECONDS));
  }

  private static byte[] nonce(byte[] question) {
    return Arrays.copyOfRange(question, PcpAnswers.NONCE, PcpAnswers.PROTOCOL);
  }

  @Test
  void grant_isWhatTheRouterSays() {
    assertThat(client(LONG).map()).isEqualTo(granted(40000));
  }

  @Test
  void renewal_keepsTheNonce_andSuggestsWhatWasGranted() throws Exception {
    PcpClient client = client(LONG);
    client.map();
    client.map();
    byte[] first = nextQuestion();
    byte[] second = nextQuestion();
    assertThat(nonce(second)).isEqualTo(nonce(first));
    assertThat(ByteBuffer.wrap(first).getShort(PcpAnswers.EXTERNAL_PORT)).isEqualTo((short) 30303);
    assertThat(ByteBuffer.wrap(second).getShort(PcpAnswers.EXTERNAL_PORT)).isEqualTo((short) 40000);
  }

  @Test
  void twoClients_haveTwoNonces() throws Exception {
    client(LONG).map();
    client(LONG).map();
    assertThat(nonce(nextQuestion())).isNotEqualTo(nonce(nextQuestion()));
  }

  @Test
  void removal_asksForNoTime_withTheSameNonce_once() throws Exception {
    PcpClient client = client(LONG);
    client.map();
    byte[] mapping = nextQuestion();
    client.remove(Duration.ofSeconds(10));
    byte[] removal = nextQuestion();
    assertThat(nonce(removal)).isEqualTo(nonce(mapping));
    assertThat(ByteBuffer.wrap(removal).getInt(4)).isZero();
    assertThat(ByteBuffer.wrap(removal).getShort(PcpAnswers.EXTERNAL_PORT)).isZero();
    client.remove(Duration.ofSeconds(10));
    assertThat(router.questions()).isEmpty();
  }

  @Test
  void removalOfWhatWasNotAnswered_isTold_withoutWaiting() throws Exception {
    router.behave(question -> List.of());
    PcpClient client = client(SHORT);
    assertThat(client.map()).isInstanceOf(Outcome.Silent.class);
    nextQuestion();
    nextQuestion();
    client.remove(Duration.ofDays(1));
    assertThat(ByteBuffer.wrap(nextQuestion()).getInt(4)).isZero();
  }

  @Test
  void whatWasNeverAsked_isNotRemoved() throws Exception {
    client(LONG).remove(Duration.ofDays(1));
    client(LONG).map();
    assertThat(ByteBuffer.wrap(nextQuestion()).getInt(4)).isEqualTo(7200);
  }

  @Test
  void strangersAnswer_isNotHeard() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      router.behave(
          question -> {
            byte[] forged = PcpAnswers.mapped(question, 6666, 7200, 100);
            stranger.send(new DatagramPacket(forged, forged.length, router.lastAsker()));
            return List.of(PcpAnswers.mapped(question, 40000, 7200, 100));
          });
      assertThat(client(LONG).map()).isEqualTo(granted(40000));
    }
  }

  @Test
  void answersToOtherQuestions_areWaitedThrough() {
    router.behave(
        question -> {
          byte[] wrongNonce = PcpAnswers.mapped(question, 6666, 7200, 100);
          wrongNonce[PcpAnswers.NONCE + 5] ^= 1;
          byte[] wrongPort = PcpAnswers.mapped(question, 6666, 7200, 100);
          wrongPort[PcpAnswers.INTERNAL_PORT] ^= 1;
          byte[] right = PcpAnswers.mapped(question, 40000, 7200, 100);
          return List.of(
              wrongNonce,
              wrongPort,
              question,
              new byte[0],
              Arrays.copyOf(PcpAnswers.mapped(question, 6666, 7200, 100), 56),
              Arrays.copyOf(PcpAnswers.mapped(question, 6666, 7200, 100), 1104),
              Arrays.copyOf(PcpAnswers.mapped(question, 6666, 7200, 100), 1500),
              right);
        });
    assertThat(client(LONG).map()).isEqualTo(granted(40000));
  }

  @Test
  void flood_endsTheWait() {
    router.behave(question -> Collections.nCopies(100, new byte[60]));
    assertThat(client(LONG).map())
        .isEqualTo(new Outcome.Silent("sends nothing but what is no answer"));
  }

  @Test
  void silence_isSaid_afterAllAttempts() throws Exception {
    router.behave(question -> List.of());
    assertThat(client(SHORT).map()).isEqualTo(new Outcome.Silent("does not answer"));
    for (int i = 0; i < SHORT.attempts(); i++) {
      nextQuestion();
    }
  }

  @Test
  void lostDatagram_isSentAgain() {
    List<byte[]> heard = new ArrayList<>();
    router.behave(
        question -> {
          heard.add(question);
          return heard.size() < 2
              ? List.of()
              : List.of(PcpAnswers.mapped(question, 40000, 7200, 100));
        });
    assertThat(client(new Patience(Duration.ofMillis(50), 8)).map()).isEqualTo(granted(40000));
    assertThat(heard.get(1)).isEqualTo(heard.get(0));
  }

  @Test
  void closedPort_isNotWaitedFor() throws IOException {
    int port;
    try (DatagramSocket closed = new DatagramSocket(0, UdpRouter.loopback())) {
      port = closed.getLocalPort();
    }
    PcpClient client = new PcpClient(UdpRouter.gateway(), port, 30303, LONG, stop, clock::get);
    assertThat(client.map()).isEqualTo(new Outcome.Silent("has closed the port"));
  }

  @Test
  void stop_endsTheWait() throws InterruptedException, ExecutionException, TimeoutException {
    router.behave(question -> List.of());
    PcpClient client = client(LONG);
    CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(client::map);
    nextQuestion();
    stop.stop();
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Silent.class);
    assertThat(client.map()).isInstanceOf(Outcome.Silent.class);
    assertThat(router.questions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "00000000000000000000ffff00000000, 40000, 7200, 'maps to 0.0.0.0, which nobody can dial'",
    "00000000000000000000ffff7f000001, 40000, 7200, 'maps to 127.0.0.1, which nobody can dial'",
    "00000000000000000000ffffe0000001, 40000, 7200, 'maps to 224.0.0.1, which nobody can dial'",
    "2a0f0077000000000000000000000002, 40000, 7200, 'maps to 2a0f:77::2, which nobody can dial'",
    "00000000000000000000ffffcb007107, 0, 7200, maps to port 0",
    "00000000000000000000ffffcb007107, 40000, 0, maps for 0 s only",
    "00000000000000000000ffffcb007107, 40000, 59, maps for 59 s only",
  })
  void grantThatNobodyCanUse_isNone(String address, int port, int lifetime, String why) {
    router.behave(question -> List.of(PcpAnswers.mapped(question, port, lifetime, 100, address)));
    assertThat(client(LONG).map()).isEqualTo(new Outcome.Refused(why));
  }

  @Test
  void grantForEver_isOneForADay() {
    router.behave(question -> List.of(PcpAnswers.mapped(question, 40000, -1, 100)));
    assertThat(client(LONG).map())
        .isInstanceOfSatisfying(
            Outcome.Granted.class,
            granted -> assertThat(granted.lifetime()).isEqualTo(Grants.MAX_LIFETIME));
  }

  @Test
  void refusal_hasWords_andTheRoutersTime() {
    router.behave(question -> List.of(PcpAnswers.header(question, 8, 1800, 100)));
    assertThat(client(LONG).map())
        .isEqualTo(
            new Outcome.Refused(
                "has no room for a mapping (NO_RESOURCES)", Duration.ofMinutes(30)));
  }

  @Test
  void routerOfNatPmp_isKnownByItsAnswer() {
    router.behave(question -> List.of(new byte[] {0, (byte) 0x81, 0, 1, 0, 0, 0, 9}));
    assertThat(client(LONG).map()).isEqualTo(new Outcome.Refused("speaks NAT-PMP instead"));
  }

  @Test
  void restart_isNoticed_atTheNextCheck() {
    PcpClient client = client(LONG);
    client.map();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(120));
    router.behave(question -> List.of(PcpAnswers.header(question, 0, 0, 220)));
    assertThat(client.isUnchanged()).isTrue();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(120));
    router.behave(question -> List.of(PcpAnswers.header(question, 0, 0, 5)));
    assertThat(client.isUnchanged()).isFalse();
  }

  @Test
  void routerThatKnowsNoAnnounce_isCheckedByItsRefusal() {
    PcpClient client = client(LONG);
    client.map();
    router.behave(question -> List.of(PcpAnswers.header(question, 4, 0, 100)));
    assertThat(client.isUnchanged()).isTrue();
  }

  @Test
  void routerThatIsSilent_isNotUnchanged() {
    router.behave(question -> List.of());
    assertThat(client(SHORT).isUnchanged()).isFalse();
  }

  @Test
  void ipv6_isAskedForByItsOwnAddress() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      PcpClient client =
          new PcpClient(
              new Gateway(loopback, loopback),
              socket.getLocalPort(),
              30303,
              LONG,
              stop,
              clock::get);
      CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(client::map);
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      socket.receive(packet);
      byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
      assertThat(Arrays.copyOfRange(question, 8, 24)).isEqualTo(loopback.getAddress());
      assertThat(Arrays.copyOfRange(question, 44, 60)).containsOnly(0);
      byte[] answer =
          PcpAnswers.mapped(question, 30303, 7200, 1, "2a0f0077000000000000000000000002");
      socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      assertThat(outcome.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Outcome.Granted.class,
              granted -> assertThat(granted.external()).hasToString("[2a0f:77::2]:30303"));
    }
  }
}
