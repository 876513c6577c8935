package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.transport.RecordedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptingTest {
  private static final Logger QUIET = Logger.getLogger("dev.waggle.nio");

  /** Some turns of a loop that is free to spin. */
  private static final int TURNS = 100;

  static {
    QUIET.setLevel(Level.OFF); // accepting fails on purpose
  }

  private final BlockingQueue<Endpoint> accepted = new LinkedBlockingQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final CompletableFuture<Throwable> told = new CompletableFuture<>();
  private EventLoop loop;
  private ServerSocketChannel listening;

  @BeforeEach
  void listen() throws IOException {
    loop = new EventLoop("waggle-nio-test", told);
    loop.start();
    listening =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listening.configureBlocking(false);
  }

  @AfterEach
  void end() throws Exception {
    loop.shutDown();
    loop.awaitEnd(Duration.ofSeconds(60));
    assertThat(listening.isOpen()).isFalse();
  }

  @Test
  void failureToAccept_doesNotSpin() throws Exception {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    accept(
        () -> {
          failures.incrementAndGet();
          failed.complete(null);
          throw new SocketException("Too many open files");
        },
        Duration.ofDays(1));

    try (SocketChannel waiting = SocketChannel.open(listening.getLocalAddress())) {
      failed.get(60, TimeUnit.SECONDS);
      for (int i = 0; i < TURNS; i++) {
        turn();
      }

      assertThat(waiting.isConnected()).isTrue();
      assertThat(failures).hasValue(1);
    }
  }

  @Test
  void connectionThatWaitedThroughFailures_isAccepted() throws Exception {
    accept(
        () -> {
          if (failures.incrementAndGet() <= 3) {
            throw new SocketException("Too many open files");
          }
          return listening.accept();
        },
        Duration.ofNanos(1));

    try (SocketChannel waiting = SocketChannel.open(listening.getLocalAddress())) {
      assertThat(accepted.poll(60, TimeUnit.SECONDS))
          .isEqualTo(NioConnection.endpoint((InetSocketAddress) waiting.getLocalAddress()));
    }
  }

  /** Whoever dials a node that is short of files would fill its disk with words otherwise. */
  @Test
  void failuresBetweenAcceptedConnections_areSaidOnce() throws Exception {
    try (RecordedLog log = new RecordedLog(Accepting.class)) {
      accept(
          () -> {
            if (failures.incrementAndGet() % 2 == 1) {
              throw new SocketException("Too many open files");
            }
            return listening.accept();
          },
          Duration.ofNanos(1));
      for (int i = 0; i < 5; i++) {
        try (SocketChannel _ = SocketChannel.open(listening.getLocalAddress())) {
          assertThat(accepted.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
      }

      assertThat(failures).hasValueGreaterThanOrEqualTo(5);
      assertThat(log.warnings()).hasSize(1);
    }
  }

  @Test
  void lossOfTheListeningSocket_isTold() throws Exception {
    RuntimeException bug = new IllegalStateException("thrown by a test");
    accept(
        () -> {
          throw bug;
        },
        Duration.ofDays(1));

    try (SocketChannel _ = SocketChannel.open(listening.getLocalAddress())) {
      assertThat(told.get(60, TimeUnit.SECONDS)).isSameAs(bug);
    }
  }

  @Test
  void connectionsBeyondOneTurn_areAcceptedInTheNext() throws Exception {
    int count = Accepting.MAX_ACCEPTS_PER_TURN + 10;
    SocketChannel[] waiting = new SocketChannel[count];
    for (int i = 0; i < count; i++) {
      waiting[i] = SocketChannel.open();
      waiting[i].configureBlocking(false);
      waiting[i].connect(listening.getLocalAddress());
    }

    accept(listening::accept, Duration.ofDays(1));

    for (int i = 0; i < count; i++) {
      assertThat(accepted.poll(60, TimeUnit.SECONDS)).isNotNull();
    }
    for (SocketChannel channel : waiting) {
      channel.close();
    }
  }

  private void accept(Accepting.Source source, Duration pause) {
    Accepting accepting =
        new Accepting(
            loop,
            listening,
            source,
            () -> loop,
            remote -> {
              accepted.add(remote);
              return null;
            },
            pause.toNanos());
    assertThat(accepting.start()).isTrue();
  }

  private void turn() throws Exception {
    CompletableFuture<Void> turned = new CompletableFuture<>();
    loop.add(() -> turned.complete(null));
    turned.get(60, TimeUnit.SECONDS);
  }
}
