package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** How a connection ends, and what each side hears of it. */
interface CloseContract extends TransportFixture {
  CloseReason ENOUGH = CloseReason.local("enough");

  /** Below the limit, and far above what one system call takes. */
  int LAST_BYTES = 3 * 1024 * 1024;

  @Test
  default void streamEndedByPeer_closesAfterItsLastByte() throws Exception {
    byte[] bytes = Pattern.bytes(0, 1024 * 1024);
    RecordingListener listener = harness().listener();

    try (RawPeers.RawPeer peer = harness().connectRaw(listener)) {
      peer.send(bytes);
      peer.endOutput();

      assertThat(listener.closed().cause()).isEqualTo(Cause.REMOTE);
      assertThat(listener.received(bytes.length)).isEqualTo(bytes);
      assertThat(peer.readToEnd()).isEmpty();
    }
  }

  @Test
  default void resetByPeer_closes() throws Exception {
    RecordingListener listener = harness().listener();

    try (RawPeers.RawPeer peer = harness().connectRaw(listener)) {
      peer.reset();

      assertThat(listener.closed().cause()).isEqualTo(Cause.RESET);
    }
  }

  @Test
  default void resetWhileWriting_closes() throws Exception {
    RecordingListener listener = harness().listener();
    listener.whenBytes(bytes -> listener.connection().write(Pattern.at(0, Pattern.MAX_SLICE)));

    try (RawPeers.RawPeer peer = harness().connectRaw(listener)) {
      for (int i = 0; i < 10; i++) {
        peer.send(new byte[] {1});
      }
      listener.awaitBytes(1);
      peer.reset();

      assertThat(listener.closed().cause()).isEqualTo(Cause.RESET);
    }
  }

  @Test
  default void closeByAnyThread_isSeenByBothSides() throws Exception {
    Harness.Pair pair = harness().connect();

    pair.dialler().connection().close(ENOUGH);

    assertThat(pair.dialler().closed()).isEqualTo(ENOUGH);
    assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
  }

  @Test
  default void closeInsideOnOpened_isSeenByBothSides() throws Exception {
    RecordingListener dialler =
        harness().listener().whenOpened(connection -> connection.close(ENOUGH));
    RecordingListener acceptor = harness().listener();

    harness().dial(harness().listen(acceptor), dialler);

    assertThat(dialler.closed()).isEqualTo(ENOUGH);
    assertThat(acceptor.closed().cause()).isEqualTo(Cause.REMOTE);
  }

  @Test
  default void closeInsideOnBytes_deliversNothingMore() throws Exception {
    RecordingListener acceptor = harness().listener();
    acceptor.whenBytes(bytes -> acceptor.connection().close(ENOUGH));
    Pump endless = new Pump(0, Long.MAX_VALUE / 2, 5);
    RecordingListener dialler = harness().listener().whenOpened(endless::write);
    dialler.whenWritable(() -> endless.write(dialler.connection()));

    harness().connect(dialler, acceptor);

    assertThat(acceptor.closed()).isEqualTo(ENOUGH);
    assertThat(acceptor.reads()).isEqualTo(1);
    assertThat(dialler.closed().cause()).isIn(Cause.REMOTE, Cause.RESET);
  }

  @Test
  default void closeInsideOnWritable_isSeenByBothSides() throws Exception {
    RecordingListener dialler = harness().listener();
    dialler.whenWritable(() -> dialler.connection().close(ENOUGH));
    Harness.Pair pair = harness().connect(dialler, harness().listener());

    boolean more = true;
    for (int i = 0; more && i < 10_000; i++) {
      more = dialler.connection().write(Pattern.at(0, Pattern.MAX_SLICE));
    }

    assertThat(dialler.closed()).isEqualTo(ENOUGH);
    assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
  }

  @Test
  default void bytesWrittenBeforeClose_arrive() throws Exception {
    Harness.Pair pair = harness().connect();
    byte[] bytes = Pattern.bytes(0, LAST_BYTES);

    pair.dialler().connection().write(ByteBuffer.wrap(bytes));
    pair.dialler().connection().close(ENOUGH);

    assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
    assertThat(pair.acceptor().received(LAST_BYTES)).isEqualTo(bytes);
    assertThat(pair.dialler().closed()).isEqualTo(ENOUGH);
  }

  /** A plain close would answer the peer's bytes with a reset, which overtakes what we wrote. */
  @Test
  default void bytesWrittenBeforeClose_arriveAtPeerThatIsSendingItself() throws Exception {
    Pump endless = new Pump(0, Long.MAX_VALUE / 2, 7);
    RecordingListener dialler = harness().listener().whenOpened(endless::write);
    dialler.whenWritable(() -> endless.write(dialler.connection()));
    RecordingListener acceptor =
        harness().listener().whenOpened(connection -> connection.reading(false));
    harness().connect(dialler, acceptor);
    byte[] bytes = Pattern.bytes(0, LAST_BYTES);

    acceptor.connection().write(ByteBuffer.wrap(bytes));
    acceptor.connection().close(ENOUGH);

    assertThat(dialler.closed().cause()).isEqualTo(Cause.REMOTE);
    assertThat(dialler.received(LAST_BYTES)).isEqualTo(bytes);
    assertThat(acceptor.closed()).isEqualTo(ENOUGH);
    assertThat(acceptor.reads()).isZero();
  }

  @Test
  default void closeTowardsPeerThatReadsNothing_endsAllTheSame() throws Exception {
    RecordingListener paused =
        harness().listener().whenOpened(connection -> connection.reading(false));
    Harness.Pair pair = harness().connect(harness().listener(), paused);
    Connection connection = pair.dialler().connection();

    boolean more = true;
    for (int i = 0; more && i < 10_000; i++) {
      more = connection.write(Pattern.at(0, Pattern.MAX_SLICE));
    }
    connection.close(ENOUGH);

    assertThat(pair.dialler().closed()).isEqualTo(ENOUGH);
  }

  @Test
  default void secondClose_changesNothing() throws Exception {
    Harness.Pair pair = harness().connect();

    pair.dialler().connection().close(ENOUGH);
    pair.dialler().connection().close(CloseReason.local("more than enough"));

    assertThat(pair.dialler().closed()).isEqualTo(ENOUGH);
    pair.dialler().connection().close(CloseReason.local("late"));
  }

  @Test
  default void writeAfterClose_sendsNothing() throws Exception {
    Harness.Pair pair = harness().connect();
    ByteBuffer late = ByteBuffer.wrap(new byte[] {1, 2, 3});

    pair.dialler().connection().close(ENOUGH);

    assertThat(pair.dialler().connection().write(late)).isFalse();
    assertThat(late.hasRemaining()).isFalse();
    assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
    assertThat(pair.acceptor().receivedBytes()).isZero();
    pair.dialler().closed();
    assertThat(pair.dialler().connection().write(late.clear())).isFalse();
  }

  @Test
  default void bothSidesClosing_endInGoodOrder() throws Exception {
    for (int i = 0; i < 50; i++) {
      Harness.Pair pair = harness().connect();
      Thread other = Thread.ofPlatform().start(() -> pair.acceptor().connection().close(ENOUGH));
      pair.dialler().connection().close(ENOUGH);
      other.join();

      assertThat(pair.dialler().closed().cause()).isIn(Cause.LOCAL, Cause.REMOTE);
      assertThat(pair.acceptor().closed().cause()).isIn(Cause.LOCAL, Cause.REMOTE);
    }
  }

  @Test
  default void closeDuringWritesOfOtherThread_closesOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      Harness.Pair pair = harness().connect();
      Connection connection = pair.dialler().connection();
      Thread writer = Thread.ofPlatform().start(() -> writeAtThePaceOfThePeer(pair));
      pair.acceptor().awaitBytes(100_000);
      connection.close(ENOUGH);
      writer.join();

      assertThat(pair.dialler().closed()).isEqualTo(ENOUGH);
      assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
    }
  }

  private static void writeAtThePaceOfThePeer(Harness.Pair pair) {
    long written = 0;
    while (!pair.dialler().wasClosed()) {
      if (written - pair.acceptor().receivedBytes() < Connection.LOW_WATER_BYTES) {
        pair.dialler().connection().write(Pattern.at(written, 1000));
        written += 1000;
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
