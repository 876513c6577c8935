package dev.waggle.domain.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.domain.frame.FrameReader.Progress;
import dev.waggle.ports.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final int SMALLEST_BUFFER = 4096 + 128;

  private final RecordBuffers buffers = new RecordBuffers();
  private final FrameReader reader = new FrameReader(buffers);

  @Test
  void frameInOneChunk_isCompleteAndWhatFollowsIsLeft() {
    ByteBuffer chunk = ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 10, 11, 99});

    assertThat(reader.read(chunk)).isEqualTo(Progress.COMPLETE);
    assertThat(reader.length()).isEqualTo(2);
    assertThat(Arrays.copyOf(reader.frame(), 6)).containsExactly(0, 0, 0, 2, 10, 11);
    assertThat(chunk.remaining()).isEqualTo(1);

    reader.release();
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void lengthIsBigEndian_whateverTheOrderOfTheChunk() {
    ByteBuffer chunk = ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 7}).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(reader.read(chunk)).isEqualTo(Progress.COMPLETE);
    assertThat(reader.length()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000, 65_536, 1_000_000})
  void framesInChunksOfAnySize_comeOutWholeAndInOrder(int maxChunk) {
    SplittableRandom random = new SplittableRandom(maxChunk);
    reader.expect(FrameBounds.RECORD);
    List<Bytes> sent = new ArrayList<>();
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int length : new int[] {17, 4092, 4096, 65_616, 18, 65_615, 30_000, 17}) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      sent.add(Bytes.wrap(content));
      wire.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
      wire.writeBytes(content);
    }

    List<Bytes> received = new ArrayList<>();
    byte[] bytes = wire.toByteArray();
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(random.nextInt(1, maxChunk + 1), bytes.length - at);
      ByteBuffer chunk = random.nextBoolean() ? ByteBuffer.allocate(count) : direct(count);
      readAll(chunk.put(bytes, at, count).flip(), received);
      at += count;
    }
    assertThat(received).isEqualTo(sent);
    assertThat(buffers.lentBytes()).isZero();
  }

  private static ByteBuffer direct(int count) {
    return ByteBuffer.allocateDirect(count);
  }

  private void readAll(ByteBuffer chunk, List<Bytes> received) {
    while (chunk.hasRemaining()) {
      if (reader.read(chunk) == Progress.COMPLETE) {
        int length = reader.length();
        received.add(Bytes.copyOf(reader.frame(), 4, length));
        reader.release();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16 * 1024 + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void lengthOutOfBoundsInTheHandshake_isNoticedBeforeAnyMemoryIsTaken(int length) {
    assertThat(reader.read(header(length))).isEqualTo(Progress.OUT_OF_BOUNDS);
    assertThat(reader.announcedLength()).isEqualTo(Integer.toUnsignedLong(length));
    assertThat(buffers.lentBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 65_600 + 17, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void lengthOutOfBoundsAfterTheHandshake_isNoticedBeforeAnyMemoryIsTaken(int length) {
    reader.expect(FrameBounds.RECORD);

    assertThat(reader.read(header(length))).isEqualTo(Progress.OUT_OF_BOUNDS);
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void lengthsAtTheBounds_areAdmitted() {
    for (int length : new int[] {1, 16 * 1024}) {
      assertThat(reader.read(header(length))).isEqualTo(Progress.INCOMPLETE);
      reader.release();
    }
    reader.expect(FrameBounds.RECORD);
    for (int length : new int[] {16, 65_616}) {
      assertThat(reader.read(header(length))).isEqualTo(Progress.INCOMPLETE);
      reader.release();
    }
  }

  @Test
  void memory_growsWithTheBytesThatArriveAndNotWithTheLengthPromised() {
    reader.expect(FrameBounds.RECORD);
    reader.read(header(65_616));
    assertThat(buffers.lentBytes()).as("nothing has arrived").isZero();

    int arrived = 0;
    while (arrived < 65_615) {
      int count = Math.min(100, 65_615 - arrived);
      reader.read(ByteBuffer.allocate(count));
      arrived += count;
      assertThat(buffers.lentBytes())
          .isLessThanOrEqualTo(Math.max(SMALLEST_BUFFER, 4L * (arrived + 4)));
    }
    reader.release();
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void boundsInTheMiddleOfAFrame_areAMistake() {
    reader.read(ByteBuffer.wrap(new byte[] {0}));

    assertThatIllegalStateException().isThrownBy(() -> reader.expect(FrameBounds.RECORD));
  }

  private static ByteBuffer header(int length) {
    return ByteBuffer.allocate(4).putInt(length).flip();
  }
}
