package dev.waggle.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForwarderTest {
  private static final LineShape FAST = LineShape.of(Duration.ofMillis(1), 10_000);

  /** So small that the kernel does not take what nobody reads. */
  private static final int SMALL_BUFFER = 16 * 1024;

  private ServerSocket target;

  @BeforeEach
  void listen() throws IOException {
    target = new ServerSocket();
    target.setReceiveBufferSize(SMALL_BUFFER);
    target.bind(null);
  }

  @AfterEach
  void close() throws IOException {
    target.close();
  }

  @Test
  void bytes_passBothWays_asTheyWere_andAreCounted() throws Exception {
    byte[] there = noise(1, 3_000_000);
    byte[] back = noise(2, 2_000_000);
    try (Forwarder line = Forwarder.start(FAST, endpoint());
        Socket dialling = dial(line);
        Socket accepted = target.accept()) {
      CompletableFuture<Void> sent = sending(dialling, there);
      CompletableFuture<Void> answered = sending(accepted, back);
      CompletableFuture<byte[]> heard = reading(dialling);
      assertThat(accepted.getInputStream().readAllBytes()).isEqualTo(there);
      assertThat(heard.get()).isEqualTo(back);
      sent.get();
      answered.get();
      assertThat(line.upBytes()).isEqualTo(there.length);
      assertThat(line.downBytes()).isEqualTo(back.length);
    }
  }

  @Test
  void bytes_takeAsLongAsTheLineDoes_atLeast() throws Exception {
    LineShape shape = LineShape.of(Duration.ofMillis(40), 8);
    byte[] bytes = noise(1, 100_000); // a tenth of a second
    try (Forwarder line = Forwarder.start(shape, endpoint());
        Socket dialling = dial(line);
        Socket accepted = target.accept()) {
      long sentNanos = System.nanoTime();
      CompletableFuture<Void> sent = sending(dialling, bytes);
      assertThat(accepted.getInputStream().read()).isNotNegative();
      assertThat(millisSince(sentNanos)).isGreaterThanOrEqualTo(40);
      accepted.getInputStream().readAllBytes();
      assertThat(millisSince(sentNanos)).isGreaterThanOrEqualTo(140);
      sent.get();
    }
  }

  @Test
  void connections_shareTheLine() throws Exception {
    LineShape shape = LineShape.of(Duration.ZERO, 8);
    byte[] half = noise(1, 50_000);
    try (Forwarder line = Forwarder.start(shape, endpoint());
        Socket first = dial(line);
        Socket firstAccepted = target.accept();
        Socket second = dial(line);
        Socket secondAccepted = target.accept()) {
      long sentNanos = System.nanoTime();
      CompletableFuture<Void> sent =
          CompletableFuture.allOf(sending(first, half), sending(second, half));
      CompletableFuture<byte[]> other = reading(secondAccepted);
      firstAccepted.getInputStream().readAllBytes();
      other.get();
      assertThat(millisSince(sentNanos)).isGreaterThanOrEqualTo(100);
      sent.get();
    }
  }

  @Test
  void receiverThatDoesNotRead_stopsTheSender() throws Exception {
    LineShape shape = LineShape.of(Duration.ofMillis(10), 800);
    byte[] bytes = noise(1, 20_000_000);
    try (Forwarder line = Forwarder.start(shape, endpoint());
        Socket dialling = dial(line);
        Socket accepted = target.accept()) {
      CompletableFuture<Void> sent = sending(dialling, bytes);
      while (line.mostHeldBytes() < shape.maxBytesUnderWay()) {
        Thread.onSpinWait();
      }
      assertThat(sent).isNotDone();
      assertThat(accepted.getInputStream().readAllBytes()).isEqualTo(bytes);
      assertThat(line.mostHeldBytes())
          .isLessThanOrEqualTo(shape.maxBytesUnderWay() + Flow.CHUNK_BYTES);
      sent.get();
    }
  }

  @Test
  void limit_holdsBytesBack_andLosesNone() throws Exception {
    byte[] bytes = noise(1, 1_000_000);
    try (Forwarder line = Forwarder.start(FAST, endpoint());
        Socket dialling = dial(line);
        Socket accepted = target.accept()) {
      line.limitDown(500_000);
      CompletableFuture<Void> sent = sending(accepted, bytes);
      CompletableFuture<byte[]> heard = reading(dialling);
      while (line.downBytes() < 500_000 - Flow.CHUNK_BYTES) {
        Thread.onSpinWait();
      }
      assertThat(line.downBytes()).isLessThanOrEqualTo(500_000);
      assertThat(heard).isNotDone();
      line.limitDown(Long.MAX_VALUE);
      assertThat(heard.get()).isEqualTo(bytes);
      sent.get();
    }
  }

  @Test
  void resetOnOneSide_isTheEndOnTheOther() throws Exception {
    try (Forwarder line = Forwarder.start(FAST, endpoint())) {
      Socket accepted;
      try (Socket dialling = dial(line)) {
        accepted = target.accept();
        dialling.setSoLinger(true, 0);
      }
      try (accepted) {
        assertThat(ends(accepted)).isTrue();
      }
    }
  }

  @Test
  void nobodyThere_isTheEndAtOnce_andOthersMayTryAgain() throws Exception {
    Endpoint nowhere = endpoint();
    target.close();
    try (Forwarder line = Forwarder.start(FAST, nowhere);
        Socket first = dial(line);
        Socket second = dial(line)) {
      assertThat(ends(first)).isTrue();
      assertThat(ends(second)).isTrue();
    }
  }

  @Test
  void shutLine_turnsAway_untilItIsOpened() throws Exception {
    try (Forwarder line = Forwarder.startShut(FAST, endpoint())) {
      try (Socket early = dial(line)) {
        assertThat(ends(early)).isTrue();
      }
      line.open();
      try (Socket dialling = dial(line);
          Socket accepted = target.accept()) {
        dialling.getOutputStream().write(7);
        assertThat(accepted.getInputStream().read()).isEqualTo(7);
      }
    }
  }

  /** Whether the other side has closed, or reset, what nothing was ever sent on. */
  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private Endpoint endpoint() {
    return new Endpoint("127.0.0.1", target.getLocalPort());
  }

  private static Socket dial(Forwarder line) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), line.address().port());
  }

  /** Sends all, and the end. */
  private static CompletableFuture<Void> sending(Socket socket, byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            socket.shutdownOutput();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static CompletableFuture<byte[]> reading(Socket socket) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return socket.getInputStream().readAllBytes();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static byte[] noise(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }
}
