package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whoever cannot keep up slows the other side down, and memory stays bounded. */
interface BackpressureContract extends TransportFixture {
  int CHUNK_BYTES = 32 * 1024;

  /** More than any system's socket buffers hold; a writer that gets so far is not slowed down. */
  long FAR_TOO_MUCH = 256L * 1024 * 1024;

  @Test
  default void pausedReader_stopsTheWriterAndResumes() throws Exception {
    RecordingListener paused =
        harness().listener().whenOpened(connection -> connection.reading(false));
    Pump verifying = new Pump(0, FAR_TOO_MUCH, 0);
    paused.whenBytes(verifying::verify);
    Harness.Pair pair = harness().connect(harness().listener(), paused);
    Connection writing = pair.dialler().connection();

    long written = writeUntilFull(writing);
    paused.settle();
    assertThat(paused.receivedBytes()).isZero();
    paused.connection().reading(true);

    pair.dialler().awaitWritable();
    paused.awaitBytes(written);
    assertThat(paused.receivedBytes()).isEqualTo(written);
  }

  private static long writeUntilFull(Connection connection) {
    long written = 0;
    boolean more = true;
    while (more) {
      assertThat(written)
          .as("bytes taken for a reader that reads nothing")
          .isLessThan(FAR_TOO_MUCH);
      more = connection.write(Pattern.at(written, CHUNK_BYTES));
      written += CHUNK_BYTES;
    }
    return written;
  }

  @Test
  default void readerThatPausesInsideItsCallback_hearsAtMostOneMoreRead() throws Exception {
    RecordingListener pausing = harness().listener();
    pausing.whenBytes(bytes -> pausing.connection().reading(false));
    Harness.Pair pair = harness().connect(harness().listener(), pausing);

    writeUntilFull(pair.dialler().connection());

    pausing.settle();
    assertThat(pausing.reads()).isLessThanOrEqualTo(2);
  }

  @Test
  default void readingToggledByAnyThread_losesNothing() throws Exception {
    long length = 8 * 1024 * 1024;
    Pump pump = new Pump(0, length, 3);
    RecordingListener dialler = harness().listener().whenOpened(pump::write);
    dialler.whenWritable(() -> pump.write(dialler.connection()));
    RecordingListener acceptor = harness().listener().whenBytes(pump::verify);
    Harness.Pair pair = harness().connect(dialler, acceptor);

    while (acceptor.receivedBytes() < length) {
      assertThat(acceptor.wasClosed()).isFalse();
      pair.acceptor().connection().reading(false);
      pair.acceptor().connection().reading(true);
      pair.acceptor().settle();
    }

    assertThat(acceptor.receivedBytes()).isEqualTo(length);
  }

  @Test
  default void endOfStream_waitsBehindWhatThePausedReaderHasNotHeard() throws Exception {
    byte[] bytes = Pattern.bytes(0, 100_000);
    RecordingListener paused =
        harness().listener().whenOpened(connection -> connection.reading(false));

    try (RawPeers.RawPeer peer = harness().connectRaw(paused)) {
      peer.send(bytes);
      peer.endOutput();
      paused.settle();
      assertThat(paused.reads()).isZero();
      assertThat(paused.wasClosed()).isFalse();
      paused.connection().reading(true);

      assertThat(paused.received(bytes.length)).isEqualTo(bytes);
      assertThat(paused.closed().cause()).isEqualTo(Cause.REMOTE);
    }
  }

  @Test
  default void writerThatIgnoresTheHighWaterMark_isClosed() throws Exception {
    RecordingListener paused =
        harness().listener().whenOpened(connection -> connection.reading(false));
    Harness.Pair pair = harness().connect(harness().listener(), paused);
    Connection writing = pair.dialler().connection();

    for (long written = 0; written < FAR_TOO_MUCH; written += CHUNK_BYTES) {
      writing.write(Pattern.at(written, CHUNK_BYTES));
    }

    assertThat(pair.dialler().closed().cause()).isEqualTo(Cause.OVERFLOW);
  }

  @Test
  default void writeOfMoreThanMayEverWait_closes() throws Exception {
    Harness.Pair pair = harness().connect();
    ByteBuffer tooMuch = ByteBuffer.allocate(Connection.MAX_UNSENT_BYTES + 1);

    assertThat(pair.dialler().connection().write(tooMuch)).isFalse();

    assertThat(tooMuch.hasRemaining()).isFalse();
    assertThat(pair.dialler().closed().cause()).isEqualTo(Cause.OVERFLOW);
    assertThat(pair.acceptor().closed().cause()).isIn(Cause.REMOTE, Cause.RESET);
  }

  @Test
  default void writesOfOneTask_areWritableAgainOnce() throws Exception {
    RecordingListener dialler = harness().listener();
    Harness.Pair pair = harness().connect(dialler, harness().listener());
    int bytes = Connection.HIGH_WATER_BYTES + CHUNK_BYTES;

    dialler
        .connection()
        .execute(
            () -> {
              boolean more = true;
              for (int written = 0; written < bytes; written += CHUNK_BYTES) {
                more = dialler.connection().write(Pattern.at(written, CHUNK_BYTES));
              }
              assertThat(more).isFalse();
            });

    dialler.awaitWritable();
    assertThat(pair.acceptor().received(bytes)).isEqualTo(Pattern.bytes(0, bytes));
  }

  /** Turns that a writer may have before it hears what is there already; in fact one or two. */
  int FEW_TURNS = 100;

  @Test
  default void writerThatAlwaysHasMore_hearsItsPeerSoon() throws Exception {
    AtomicLong written = new AtomicLong();
    AtomicInteger turns = new AtomicInteger();
    AtomicInteger turnsWhenAnswered = new AtomicInteger();
    AtomicInteger turnsWhenHeard = new AtomicInteger();
    RecordingListener writing = harness().listener();
    RecordingListener answering = harness().listener();
    Consumer<Connection> fill =
        connection -> {
          int turn = turns.incrementAndGet();
          boolean over = turnsWhenHeard.get() > 0 || turn > 20 * FEW_TURNS;
          awaitAllButTheUnsent(answering, written.get()); // so that the socket takes everything
          boolean more = !over;
          while (more) {
            written.addAndGet(CHUNK_BYTES);
            more = connection.write(ByteBuffer.allocate(CHUNK_BYTES));
          }
        };
    writing
        .whenOpened(fill)
        .whenWritable(() -> fill.accept(writing.connection()))
        .whenBytes(_ -> turnsWhenHeard.set(turns.get()));
    answering.whenBytes(
        _ -> {
          if (turns.get() > 10 && turnsWhenAnswered.compareAndSet(0, turns.get())) {
            answering.connection().write(ByteBuffer.allocate(1));
          }
        });

    harness().connect(writing, answering);

    writing.awaitBytes(1);
    assertThat(turnsWhenHeard.get() - turnsWhenAnswered.get()).isLessThan(FEW_TURNS);
  }

  private static void awaitAllButTheUnsent(RecordingListener reader, long written) {
    while (reader.receivedBytes() < written - Connection.LOW_WATER_BYTES && !reader.wasClosed()) {
      Thread.onSpinWait();
    }
  }
}
