package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.transport.RecordingListener;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract does not say, for it is this adapter's own. */
@Timeout(120)
class NioTransportTest {
  private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);
  private static final Duration SAFETY = Duration.ofSeconds(60);

  private final List<NioTransport> transports = new ArrayList<>();

  @AfterEach
  void closeAll() {
    transports.forEach(NioTransport::close);
  }

  @Test
  void description_namesTheSelectorAndTheLoops() {
    assertThat(transport(2).describe())
        .matches("java\\.nio selectors \\(sun\\.nio\\.ch\\.\\w+\\), 2 event loops");
    assertThat(transport(1).describe()).endsWith("), 1 event loop");
    assertThat(transport(1).name()).isEqualTo("nio");
  }

  @Test
  void zeroThreads_areAsManyAsProcessors() {
    int processors = Runtime.getRuntime().availableProcessors();

    assertThat(transport(0).describe()).contains("), " + processors + " event loop");
  }

  @Test
  void fewerThanZeroThreads_areAMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NioTransport(-1));
  }

  @Test
  void listenOnClosedTransport_isAMistake() {
    NioTransport transport = transport(1);
    transport.close();

    assertThatIllegalStateException().isThrownBy(() -> transport.listen(LOOPBACK, remote -> null));
  }

  @Test
  void closeInsideACallback_isAMistake() throws Exception {
    NioTransport transport = transport(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    RecordingListener dialler =
        new RecordingListener()
            .whenOpened(
                connection -> {
                  try {
                    transport.close();
                  } catch (IllegalStateException e) {
                    thrown.set(e);
                  }
                  connection.close(CloseReason.local("seen"));
                });

    transport.dial(transport.listen(LOOPBACK, remote -> null), SAFETY, dialler);
    dialler.closed();

    assertThat(thrown.get()).hasMessageContaining("its own callback");
  }

  @Test
  void connections_areSpreadOverAllLoops() throws Exception {
    NioTransport transport = transport(3);
    BlockingQueue<RecordingListener> accepted = new LinkedBlockingQueue<>();
    Endpoint bound = listen(transport, accepted);
    NioTransport diallers = transport(1);

    List<String> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      diallers.dial(bound, SAFETY, new RecordingListener());
      RecordingListener acceptor = accepted.take();
      acceptor.connection();
      threads.add(acceptor.callbackThread().getName());
    }

    assertThat(threads).containsExactlyInAnyOrder("waggle-nio-1", "waggle-nio-2", "waggle-nio-3");
  }

  @Test
  void busyConnection_doesNotStarveTheOthersOfItsLoop() throws Exception {
    NioTransport transport = transport(1);
    BlockingQueue<RecordingListener> accepted = new LinkedBlockingQueue<>();
    Endpoint bound = listen(transport, accepted);
    ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
    RecordingListener busy = new RecordingListener();
    Runnable pump =
        () -> {
          while (busy.connection().write(chunk.clear())) {
            // until there is no more room
          }
        };
    busy.whenOpened(connection -> pump.run()).whenWritable(pump);
    transport.dial(bound, SAFETY, busy);
    RecordingListener flooded = accepted.take();
    flooded.awaitBytes(10_000_000);

    RecordingListener quiet = new RecordingListener();
    transport.dial(bound, SAFETY, quiet);
    RecordingListener echo = accepted.take();
    for (int i = 1; i <= 100; i++) {
      quiet.connection().write(ByteBuffer.wrap(new byte[] {1}));
      echo.awaitBytes(i);
      echo.connection().write(ByteBuffer.wrap(new byte[] {2}));
      quiet.awaitBytes(i);
    }

    assertThat(busy.wasClosed()).isFalse();
  }

  @Test
  void busyConnection_allocatesNothingForEachMessage() throws Exception {
    NioTransport transport = transport(1);
    Endpoint bound = transport.listen(LOOPBACK, remote -> new Echo(Long.MAX_VALUE));
    Echo warmUp = new Echo(20_000);
    transport.dial(bound, SAFETY, warmUp);
    warmUp.allocatedByItsThread();

    Echo measured = new Echo(20_000);
    transport.dial(bound, SAFETY, measured);

    // Room for what the JDK's selector boxes until it is compiled; no buffer or task fits in.
    assertThat(measured.allocatedByItsThread() / 20_000.0).isLessThan(64);
  }

  /** Sends back what it gets, a number of times, and then tells what its thread has allocated. */
  private static final class Echo implements ConnectionListener {
    private static final int MESSAGE_BYTES = 1_000;

    private final CompletableFuture<Long> allocated = new CompletableFuture<>();
    private final long rounds;
    private long round;
    private long allocatedBefore;
    private Connection connection;

    Echo(long rounds) {
      this.rounds = rounds;
    }

    @Override
    public void onOpened(Connection opened) {
      connection = opened;
      if (rounds < Long.MAX_VALUE) {
        allocatedBefore = allocatedByThisThread();
        opened.write(ByteBuffer.allocate(MESSAGE_BYTES));
      }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      connection.write(bytes);
      if (++round == rounds) {
        allocated.complete(allocatedByThisThread() - allocatedBefore);
        connection.close(CloseReason.local("measured"));
      }
    }

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason why) {
      allocated.completeExceptionally(new AssertionError(why.toString()));
    }

    long allocatedByItsThread() throws Exception {
      return allocated.get(SAFETY.toSeconds(), TimeUnit.SECONDS);
    }

    private static long allocatedByThisThread() {
      return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
          .getCurrentThreadAllocatedBytes();
    }
  }

  private NioTransport transport(int threads) {
    NioTransport transport = new NioTransport(threads);
    transports.add(transport);
    return transport;
  }

  private static Endpoint listen(NioTransport transport, BlockingQueue<RecordingListener> accepted)
      throws ListenFailed {
    return transport.listen(
        LOOPBACK,
        remote -> {
          RecordingListener listener = new RecordingListener().whenBytes(bytes -> {});
          accepted.add(listener);
          return listener;
        });
  }
}
