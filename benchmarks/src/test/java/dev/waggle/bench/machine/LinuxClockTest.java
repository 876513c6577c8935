package dev.waggle.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxClockTest {
  private static final long NANOS_PER_TICK = 10_000_000;

  @TempDir Path proc;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(proc.resolve("self"));
  }

  /** User, nice, system, idle, waiting, two kinds of interrupts, and what the host took. */
  private void processors(String... lines) throws IOException {
    Files.writeString(proc.resolve("stat"), String.join("\n", lines) + "\nintr 1 2 3\n");
  }

  private void own(int ticks, int childrensTicks, String allowed) throws IOException {
    Files.writeString(
        proc.resolve("self/stat"),
        "7 (odd) name)) R 1 7 7 0 -1 0 1 2 3 4 %d 1 %d 1 20 0".formatted(ticks, childrensTicks));
    Files.writeString(
        proc.resolve("self/status"), "Name:\tx\nCpus_allowed_list:\t" + allowed + "\n");
  }

  private ProcessorClock.Reading read() {
    return new LinuxClock(proc).read();
  }

  @Test
  void others_areAllButInterruptsIdlenessAndWhatIsOwn() throws IOException {
    processors("cpu  100 20 30 999 99 9 9 40 0 0", "cpu0 60 0 0 0 0 0 0 0", "cpu1 1 1 1 1 1 1 1 1");
    own(10, 20, "0-1");
    assertThat(read().othersNanos()).isEqualTo((190 - 32) * NANOS_PER_TICK);
    assertThat(read().processors()).isEqualTo(2);
  }

  @Test
  void processorsThatMayNotBeUsed_doNotCount() throws IOException {
    processors(
        "cpu  1000 0 0 0 0 0 0 0",
        "cpu0 100 0 0 0 0 0 0 0",
        "cpu1 200 0 0 0 0 0 0 0",
        "cpu2 300 0 0 0 0 0 0 0",
        "cpu3 400 0 0 0 0 0 0 0");
    own(0, 0, "0,2-3");
    assertThat(read().othersNanos()).isEqualTo((800 - 2) * NANOS_PER_TICK);
    assertThat(read().processors()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu 1 2", "cpu a b c d e f g h i", "gpu 1 2 3"})
  void somethingElse_tellsNothing(String line) throws IOException {
    processors(line);
    own(0, 0, "0");
    assertThat(read()).isNull();
  }

  @Test
  void noSuchFiles_tellNothing() {
    assertThat(read()).isNull();
  }
}
