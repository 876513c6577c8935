package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MemoryRecordsTest extends RecordsContract {
  @Override
  Records open() {
    return new MemoryRecords(RECORD_BYTES);
  }

  /** Nor does writing a record again make another one. */
  @Test
  void read_copiesNothing() throws IOException {
    Records records = open();
    records.reserve(1);
    records.write(0, record(1));
    ByteBuffer read = records.read(0);
    records.write(0, record(2));

    assertThat(read).isEqualTo(record(2));
  }

  /** A block may need a page for each of its transactions, and hardly ever does. */
  @Test
  void room_takesNoMemoryBeforeItIsWrittenTo() throws IOException {
    Records records = open();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    records.reserve(10_000);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(records.reserved()).isEqualTo(10_000);
  }
}
