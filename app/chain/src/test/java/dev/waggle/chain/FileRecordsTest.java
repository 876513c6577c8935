package dev.waggle.chain;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileRecordsTest extends RecordsContract {
  @TempDir Path directory;

  @Override
  Records open() throws IOException {
    return FileRecords.open(directory.resolve("records"), RECORD_BYTES);
  }
}
