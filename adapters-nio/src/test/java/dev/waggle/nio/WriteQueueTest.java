package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private final ChunkPool pool = new ChunkPool();
  private final WriteQueue queue = new WriteQueue(pool);
  private final Sink sink = new Sink();

  @Test
  void writesOfAllSizes_leaveWholeAndInOrder() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(1 << random.nextInt(1, 17))];
      random.nextBytes(bytes);
      written.writeBytes(bytes);
      write(bytes);
      sink.room = random.nextInt(100_000);
      queue.send(sink);
    }
    sink.room = Integer.MAX_VALUE;
    while (!queue.isEmpty()) {
      assertThat(queue.send(sink)).isTrue();
    }

    assertThat(sink.taken.toByteArray()).isEqualTo(written.toByteArray());
    assertThat(queue.reserve(0)).isZero();
  }

  @Test
  void manyWrites_leaveByOneCall() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      write(new byte[256]);
    }

    assertThat(queue.send(sink)).isTrue();

    assertThat(sink.calls).isEqualTo(1);
    assertThat(sink.taken.size()).isEqualTo(256_000);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void oneCall_gathersABoundedNumberOfChunks() throws IOException {
    int most = WriteQueue.MAX_GATHERED * ChunkPool.CHUNK_BYTES;
    write(new byte[most + 1]);

    assertThat(queue.send(sink)).isTrue();
    assertThat(sink.taken.size()).isEqualTo(most);
    assertThat(queue.isEmpty()).isFalse();

    assertThat(queue.send(sink)).isTrue();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void fullChannel_isReported() throws IOException {
    write(new byte[40_000]);
    sink.room = 39_999;

    assertThat(queue.send(sink)).isFalse();
    assertThat(queue.isEmpty()).isFalse();

    sink.room = 1;
    assertThat(queue.send(sink)).isTrue();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void reservationBeyondTheLimit_countsNothing() {
    assertThat(queue.reserve(Connection.MAX_UNSENT_BYTES)).isEqualTo(Connection.MAX_UNSENT_BYTES);
    assertThat(queue.reserve(1)).isEqualTo(-1);
    assertThat(queue.reserve(0)).isEqualTo(Connection.MAX_UNSENT_BYTES);
  }

  @Test
  void queueBeyondHighWater_becomesWritableOnceAtLowWater() throws IOException {
    write(new byte[Connection.HIGH_WATER_BYTES + 1]);

    sink.room = Connection.HIGH_WATER_BYTES - Connection.LOW_WATER_BYTES;
    queue.send(sink);
    assertThat(queue.becameWritable()).isFalse();

    sink.room = 1;
    queue.send(sink);
    assertThat(queue.becameWritable()).isTrue();
    assertThat(queue.becameWritable()).isFalse();
  }

  @Test
  void queueThatNeverPassedHighWater_neverBecomesWritable() throws IOException {
    write(new byte[Connection.HIGH_WATER_BYTES]);

    queue.send(sink);

    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.becameWritable()).isFalse();
  }

  @Test
  void sentAndForgottenBytes_giveTheirChunksBack() throws IOException {
    ByteBuffer only = pool.take();
    pool.giveBack(only);

    write(new byte[1]);
    queue.send(sink);
    assertThat(pool.take()).isSameAs(only);

    pool.giveBack(only);
    write(new byte[1]);
    queue.clear();
    assertThat(pool.take()).isSameAs(only);
  }

  private void write(byte[] bytes) {
    long total = queue.reserve(bytes.length);
    assertThat(total).isNotNegative();
    queue.append(ByteBuffer.wrap(bytes), total);
  }

  /** A channel that takes as many bytes as it has room for. */
  private static final class Sink implements GatheringByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int room = Integer.MAX_VALUE;
    private int calls;

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      calls++;
      long sum = 0;
      for (int i = offset; i < offset + length; i++) {
        sum += take(sources[i]);
      }
      return sum;
    }

    @Override
    public long write(ByteBuffer[] sources) {
      return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) {
      calls++;
      return take(source);
    }

    private int take(ByteBuffer source) {
      byte[] bytes = new byte[Math.min(room, source.remaining())];
      source.get(bytes);
      taken.writeBytes(bytes);
      room -= bytes.length;
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
