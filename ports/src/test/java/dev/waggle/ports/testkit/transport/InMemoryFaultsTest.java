package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stepped network, and what faults do to its streams. */
class InMemoryFaultsTest {
  private static final int BYTES = 10_000;

  private final RecordingListener dialler = new RecordingListener();
  private final RecordingListener acceptor = new RecordingListener();

  private InMemoryNetwork connected(Faults faults) throws ListenFailed {
    InMemoryNetwork network = InMemoryNetwork.stepped(faults);
    Endpoint bound = network.transport().listen(Harness.LOOPBACK, remote -> acceptor);
    network.transport().dial(bound, Duration.ofSeconds(1), dialler);
    network.advance(Duration.ofMillis(500));
    return network;
  }

  @Test
  void steppedNetwork_doesNothingByItself() throws Exception {
    InMemoryNetwork network = connected(Faults.NONE);
    dialler.connection().write(Pattern.at(0, BYTES));

    assertThat(acceptor.receivedBytes()).isZero();
    network.run();
    assertThat(acceptor.received(BYTES)).isEqualTo(Pattern.bytes(0, BYTES));
    assertThat(acceptor.reads()).isEqualTo(1);
  }

  @Test
  void splitStream_arrivesInPiecesThatTheSeedDecides() throws Exception {
    assertThat(pieces(1)).isEqualTo(pieces(1)).isNotEqualTo(pieces(2));
    assertThat(pieces(1)).allMatch(length -> length <= 100);
  }

  private static List<Integer> pieces(long seed) throws ListenFailed {
    InMemoryFaultsTest one = new InMemoryFaultsTest();
    List<Integer> pieces = new ArrayList<>();
    one.acceptor.whenBytes(bytes -> pieces.add(bytes.remaining()));
    InMemoryNetwork network = one.connected(Faults.NONE.splitting(100, seed));
    one.dialler.connection().write(Pattern.at(0, BYTES));
    network.run();
    one.acceptor.awaitBytes(BYTES);
    return pieces;
  }

  @Test
  void delayedStream_arrivesWhenTimeHasPassed() throws Exception {
    Faults faults = Faults.NONE.splitting(1000, 4).delaying(Duration.ofMillis(100));
    InMemoryNetwork network = connected(faults);
    dialler.connection().write(Pattern.at(0, BYTES));

    network.run();
    assertThat(acceptor.receivedBytes()).isLessThan(BYTES);
    network.advance(Duration.ofSeconds(10));
    assertThat(acceptor.received(BYTES)).isEqualTo(Pattern.bytes(0, BYTES));
  }

  @Test
  void cutStream_isResetOnBothSides() throws Exception {
    InMemoryNetwork network = connected(Faults.NONE.splitting(100, 5).cuttingAfter(BYTES / 2));
    dialler.connection().write(Pattern.at(0, BYTES));

    network.run();

    assertThat(dialler.closed().cause()).isEqualTo(Cause.RESET);
    assertThat(acceptor.closed().cause()).isEqualTo(Cause.RESET);
    assertThat(acceptor.receivedBytes()).isBetween(BYTES / 2 - 100L, BYTES / 2L);
  }

  @Test
  void closeOfSteppedTransport_needsNoOtherThread() throws Exception {
    InMemoryNetwork network = InMemoryNetwork.stepped(Faults.NONE);
    InMemoryTransport closing = network.transport();
    Endpoint bound = network.transport().listen(Harness.LOOPBACK, remote -> acceptor);
    closing.dial(bound, Duration.ofSeconds(1), dialler);
    network.run();
    dialler.connection().write(ByteBuffer.allocate(1));

    closing.close();

    assertThat(dialler.closed()).isEqualTo(CloseReason.of(Cause.SHUTDOWN));
    assertThat(acceptor.closed().cause()).isEqualTo(Cause.REMOTE);
    assertThat(acceptor.receivedBytes()).isEqualTo(1);
  }
}
