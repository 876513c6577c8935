package dev.waggle.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TraceFileTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final MessageId ID = new MessageId(0x0123456789abcdefL, -1, 0, Long.MIN_VALUE);

  /** Takes some bytes, and then no more. */
  private static final class SmallDisk extends OutputStream {
    private int left = 100_000;
    private boolean closed;

    @Override
    public void write(int one) throws IOException {
      if (left-- == 0) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void events_areLinesOfJson_withWhatTheyHave(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("trace.jsonl");
    try (TraceFile trace = TraceFile.create(file)) {
      trace.line(0, 0, "dialled", 7, null);
      trace.line(Long.MAX_VALUE, 199_999, "accepted", -1, ID);
      trace.line(12, 3, "a \"b\" \\ \n é", 1, ID);
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("{\"nanos\":0,\"node\":0,\"event\":\"dialled\",\"peer\":7}");
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"nanos\":9223372036854775807,\"node\":199999,\"event\":\"accepted\",\"message\":\""
                + ID.hex()
                + "\"}");
    assertThat(lines).hasSize(3);
    assertThat(MAPPER.readTree(lines.get(2)).get("event").asString()).isEqualTo("a \"b\" \\ \n é");
  }

  @Test
  void manyAndLongEvents_allArrive(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("trace.jsonl");
    String longWord = "é".repeat(100_000);
    try (TraceFile trace = TraceFile.create(file)) {
      for (int i = 0; i < 5000; i++) {
        trace.line(i, i, "block", i, ID);
      }
      trace.line(1, 2, longWord, 3, ID);
    }

    List<JsonNode> events = Files.readAllLines(file).stream().map(MAPPER::readTree).toList();
    assertThat(events).hasSize(5001);
    for (int i = 0; i < 5000; i++) {
      assertThat(events.get(i).get("node").asInt()).isEqualTo(i);
    }
    assertThat(events.getLast().get("event").asString()).isEqualTo(longWord);
  }

  @Test
  void runThatIsKilled_leavesWholeLines(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("trace.jsonl");
    TraceFile trace = TraceFile.create(file);
    for (int i = 0; i < 5000; i++) {
      trace.line(i, i, "block", i, ID);
      if (i % 7 == 0) {
        trace.line(i, i, "ping", -1, null);
      }
    }

    // Not closed, as when the process ends.
    assertThat(Files.readString(file)).hasSizeGreaterThan(100_000).endsWith("}\n");
    trace.close();
  }

  @Test
  void playedRun_isTracedAlike(@TempDir Path folder) throws IOException {
    Path first = folder.resolve("first.jsonl");
    Path second = folder.resolve("second.jsonl");
    for (Path file : List.of(first, second)) {
      try (TraceFile trace = TraceFile.create(file)) {
        Results.played(trace);
      }
    }

    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(Files.readAllLines(first))
        .hasSizeGreaterThan(500)
        .allSatisfy(line -> assertThat(MAPPER.readTree(line).get("nanos").isNumber()).isTrue());
  }

  @Test
  void fullDisk_endsTheRun_andSaysWhy() {
    SmallDisk disk = new SmallDisk();
    try (TraceFile trace = TraceFile.to(Path.of("trace.jsonl"), disk)) {
      assertThatThrownBy(() -> Results.played(trace))
          .isInstanceOf(CannotWrite.class)
          .hasMessage("cannot write trace.jsonl: No space left on device");
    }
    assertThat(disk.closed).isTrue();
  }

  @Test
  void lastBytesThatDoNotFit_areToldWhenClosed() {
    SmallDisk disk = new SmallDisk();
    disk.left = 10;
    TraceFile trace = TraceFile.to(Path.of("trace.jsonl"), disk);
    trace.line(1, 2, "block", 3, ID);

    assertThatThrownBy(trace::close)
        .isInstanceOf(CannotWrite.class)
        .hasMessage("cannot write trace.jsonl: No space left on device");
    assertThat(disk.closed).isTrue();
  }

  @Test
  void missingFolder_isTold(@TempDir Path folder) {
    Path file = folder.resolve("none").resolve("trace.jsonl");

    assertThatThrownBy(() -> TraceFile.create(file))
        .isInstanceOf(CannotWrite.class)
        .hasMessage("cannot write " + file + ": there is no such folder");
    assertThatThrownBy(() -> ReportFile.write(file, "text"))
        .isInstanceOf(CannotWrite.class)
        .hasMessage("cannot write " + file + ": there is no such folder");
    assertThatThrownBy(() -> ReportFile.write(folder, "text"))
        .isInstanceOf(CannotWrite.class)
        .hasMessage("cannot write " + folder + ": Is a directory");
  }
}
