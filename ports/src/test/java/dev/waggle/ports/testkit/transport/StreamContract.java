package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written arrives, whole and in order. */
interface StreamContract extends TransportFixture {
  /** Enough for every buffer on the way to fill and drain many times. */
  long BYTES_EACH_WAY = 64L * 1024 * 1024;

  long LONG_BYTES_EACH_WAY = 1024L * 1024 * 1024;

  @Test
  default void bytesBothWaysAtOnce_arriveWholeAndInOrder() throws Exception {
    exchange(BYTES_EACH_WAY);
  }

  @Test
  @Tag("long")
  default void gibibyteBothWaysAtOnce_arrivesWholeAndInOrder() throws Exception {
    exchange(LONG_BYTES_EACH_WAY);
  }

  private void exchange(long length) throws Exception {
    Pump there = new Pump(0, length, 17);
    Pump back = new Pump(500_000, length, 18);
    RecordingListener dialler = harness().listener();
    RecordingListener acceptor = harness().listener();
    dialler.whenOpened(there::write).whenBytes(back::verify);
    dialler.whenWritable(() -> there.write(dialler.connection()));
    acceptor.whenOpened(back::write).whenBytes(there::verify);
    acceptor.whenWritable(() -> back.write(acceptor.connection()));

    harness().connect(dialler, acceptor);
    acceptor.awaitBytes(length);
    dialler.awaitBytes(length);

    assertThat(acceptor.receivedBytes()).isEqualTo(there.length());
    assertThat(dialler.receivedBytes()).isEqualTo(back.length());
  }

  @Test
  default void writtenBuffer_isConsumedAndMayBeReused() throws Exception {
    Harness.Pair pair = harness().connect();
    ByteBuffer buffer = ByteBuffer.allocate(8);

    for (byte i = 0; i < 100; i++) {
      buffer.clear().put(i).flip();
      assertThat(pair.dialler().connection().write(buffer)).isTrue();
      assertThat(buffer.hasRemaining()).isFalse();
    }

    byte[] received = pair.acceptor().received(100);
    for (byte i = 0; i < 100; i++) {
      assertThat(received[i]).isEqualTo(i);
    }
  }

  @Test
  default void buffersOfEveryKind_areWritten() throws Exception {
    Harness.Pair pair = harness().connect();
    Connection connection = pair.dialler().connection();
    byte[] bytes = "heap, part, read-only, direct".getBytes(StandardCharsets.US_ASCII);

    connection.write(ByteBuffer.wrap(bytes, 0, 6));
    connection.write(ByteBuffer.wrap(bytes).slice(6, 6));
    connection.write(ByteBuffer.wrap(bytes, 12, 11).asReadOnlyBuffer());
    connection.write(ByteBuffer.allocateDirect(6).put(bytes, 23, 6).flip());

    assertThat(pair.acceptor().received(bytes.length)).isEqualTo(bytes);
  }

  @Test
  default void emptyWrite_sendsNothing() throws Exception {
    Harness.Pair pair = harness().connect();

    assertThat(pair.dialler().connection().write(ByteBuffer.allocate(0))).isTrue();
    pair.dialler().connection().write(ByteBuffer.wrap(new byte[] {1}));

    assertThat(pair.acceptor().received(1)).containsExactly(1);
  }

  @Test
  default void writesOfManyThreads_keepTheOrderOfEach() throws Exception {
    Harness.Pair pair = harness().connect();
    Connection connection = pair.dialler().connection();
    int writers = 4;
    int writes = 2_000;

    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int id = writer;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < writes; i++) {
                      connection.write(ByteBuffer.allocate(8).putInt(id).putInt(i).flip());
                    }
                  }));
    }
    ByteBuffer received = ByteBuffer.wrap(pair.acceptor().received(8L * writers * writes));
    for (Thread thread : threads) {
      thread.join();
    }

    int[] next = new int[writers];
    while (received.hasRemaining()) {
      int id = received.getInt();
      assertThat(received.getInt()).isEqualTo(next[id]++);
    }
    assertThat(next).containsOnly(writes);
  }

  @Test
  default void endpoints_areThoseOfTheSockets() throws Exception {
    List<Endpoint> announced = new ArrayList<>();
    RecordingListener acceptor = harness().listener();
    RecordingListener dialler = harness().listener();
    Endpoint bound =
        harness()
            .listening()
            .listen(
                Harness.LOOPBACK,
                remote -> {
                  announced.add(remote);
                  return acceptor;
                });

    harness().dial(bound, dialler);

    assertThat(bound.port()).isPositive();
    assertThat(dialler.connection().remote()).isEqualTo(bound);
    assertThat(acceptor.connection().remote().host()).isEqualTo("127.0.0.1");
    assertThat(announced).containsExactly(acceptor.connection().remote());
    assertThat(dialler.connection().local()).isEqualTo(acceptor.connection().remote());
    assertThat(acceptor.connection().local()).isEqualTo(bound);
  }
}
