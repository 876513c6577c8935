package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

/** What all records do, wherever they are kept. */
abstract class RecordsContract {
  static final int RECORD_BYTES = 100;

  /** New records, of {@link #RECORD_BYTES} each. */
  abstract Records open() throws IOException;

  @Test
  void written_isReadBack_untilItIsWrittenAgain() throws IOException {
    try (Records records = open()) {
      records.reserve(3);
      records.write(0, record(1));
      records.write(2, record(2));
      records.write(1, record(3));
      assertThat(records.read(0)).isEqualTo(record(1));
      assertThat(records.read(1)).isEqualTo(record(3));
      assertThat(records.read(2)).isEqualTo(record(2));

      records.write(1, record(4));
      assertThat(records.read(0)).isEqualTo(record(1));
      assertThat(records.read(1)).isEqualTo(record(4));
      assertThat(records.read(2)).isEqualTo(record(2));
    }
  }

  @Test
  void whatIsRead_cannotBeWrittenTo() throws IOException {
    try (Records records = open()) {
      records.reserve(1);
      records.write(0, record(1));

      assertThatThrownBy(() -> records.read(0).put(0, (byte) 2))
          .isInstanceOf(ReadOnlyBufferException.class);
    }
  }

  @Test
  void readingFurther_movesNoLaterRead() throws IOException {
    try (Records records = open()) {
      records.reserve(1);
      records.write(0, record(1));
      records.read(0).limit(50).position(20);

      assertThat(records.read(0)).isEqualTo(record(1));
    }
  }

  @Test
  void write_takesTheWholeBuffer_andOnlyOnce() throws IOException {
    try (Records records = open()) {
      records.reserve(1);
      ByteBuffer source = record(1).limit(50).position(20);
      records.write(0, source);
      assertThat(source.position()).isEqualTo(20);
      assertThat(source.limit()).isEqualTo(50);

      source.put(20, (byte) 9);
      assertThat(records.read(0)).isEqualTo(record(1));
    }
  }

  @Test
  void room_onlyGrows() throws IOException {
    try (Records records = open()) {
      assertThat(records.reserved()).isZero();
      records.reserve(3);
      assertThat(records.reserved()).isEqualTo(3);
      records.reserve(2);
      assertThat(records.reserved()).isEqualTo(3);
    }
  }

  @Test
  void recordWithoutRoom_cannotBeWritten() throws IOException {
    try (Records records = open()) {
      records.reserve(1);

      assertThatIllegalArgumentException().isThrownBy(() -> records.write(1, record(1)));
      assertThatIllegalArgumentException().isThrownBy(() -> records.write(-1, record(1)));
    }
  }

  @Test
  void recordNeverWritten_isNotThere() throws IOException {
    try (Records records = open()) {
      records.reserve(3);
      records.write(1, record(1));

      for (long number : new long[] {-1, 0, 2, 3}) {
        assertThatThrownBy(() -> records.read(number)).isInstanceOf(BlockStoreException.class);
      }
    }
  }

  @Test
  void recordsInARow_areReadAtOnce() throws IOException {
    try (Records records = open()) {
      records.reserve(6);
      for (int number = 0; number < 6; number++) {
        records.write(number, record(10 * number));
      }
      assertThat(records.read(0, 6)).isEqualTo(inARow(0, 10, 20, 30, 40, 50));
      assertThat(records.read(2, 3)).isEqualTo(inARow(20, 30, 40));
      assertThat(records.read(5, 1)).isEqualTo(inARow(50));
      assertThat(records.read(2)).isEqualTo(record(20));
    }
  }

  @Test
  void recordsInARow_areTheCallers() throws IOException {
    try (Records records = open()) {
      records.reserve(2);
      records.write(0, record(1));
      records.write(1, record(2));
      byte[] read = records.read(0, 2);

      records.write(1, record(3));
      assertThat(read).isEqualTo(inARow(1, 2));
      read[0] = 99;
      assertThat(records.read(0, 2)).isEqualTo(inARow(1, 3));
    }
  }

  @Test
  void recordsInARow_mustAllBeThere() throws IOException {
    try (Records records = open()) {
      records.reserve(4);
      records.write(0, record(0));
      records.write(1, record(1));
      records.write(3, record(3));

      for (long first : new long[] {-2, -1, 1, 2, 3, 4, Long.MAX_VALUE}) {
        assertThatThrownBy(() -> records.read(first, 2))
            .as("from %s on", first)
            .isInstanceOf(BlockStoreException.class);
      }
      assertThat(records.read(0, 2)).isEqualTo(inARow(0, 1));
    }
  }

  static byte[] inARow(int... contents) {
    ByteBuffer all = ByteBuffer.allocate(contents.length * RECORD_BYTES);
    for (int content : contents) {
      all.put(record(content));
    }
    return all.array();
  }

  static ByteBuffer record(int content) {
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    for (int at = 0; at < RECORD_BYTES; at++) {
      record.put(at, (byte) (content + at));
    }
    return record;
  }
}
