package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRecordsTest extends RecordsContract {
  private static final int STORED_BYTES = RECORD_BYTES + Integer.BYTES;

  @TempDir Path directory;

  @Override
  Records open() throws IOException {
    return FileRecords.open(directory.resolve("records"), RECORD_BYTES);
  }

  /** Each bit of a record, and of its checksum, alone or among others. */
  @Test
  void damagedRecord_doesNotPass() throws IOException {
    byte[] intact = threeRecords();
    for (int at = STORED_BYTES; at < 2 * STORED_BYTES; at++) {
      byte[] damaged = intact.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(directory.resolve("records"), damaged);
      try (Records records = open()) {
        assertThatThrownBy(() -> records.read(1))
            .isInstanceOf(BlockStoreException.class)
            .hasMessageEndingWith("record 1 is damaged");
        assertThatThrownBy(() -> records.read(0, 3))
            .isInstanceOf(BlockStoreException.class)
            .hasMessageEndingWith("record 1 is damaged");
        assertThat(records.read(0)).isEqualTo(record(0));
        assertThat(records.read(2, 1)).isEqualTo(inARow(2));
      }
    }
  }

  @Test
  void misplacedRecord_doesNotPass() throws IOException {
    byte[] stored = threeRecords();
    System.arraycopy(stored, STORED_BYTES, stored, 0, STORED_BYTES);
    Files.write(directory.resolve("records"), stored);
    try (Records records = open()) {
      assertThatThrownBy(() -> records.read(0)).hasMessageEndingWith("record 0 is damaged");
      assertThatThrownBy(() -> records.read(0, 2)).hasMessageEndingWith("record 0 is damaged");
      assertThat(records.read(1)).isEqualTo(record(1));
    }
  }

  private byte[] threeRecords() throws IOException {
    try (Records records = open()) {
      records.reserve(3);
      for (int number = 0; number < 3; number++) {
        records.write(number, record(number));
      }
    }
    return Files.readAllBytes(directory.resolve("records"));
  }
}
