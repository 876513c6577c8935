package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of a node in a process of its own. */
class LogIT {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path dir;

  @Test
  void logInAFile_isNotOnStderr_andHasAllUpToTheEnd() throws Exception {
    Path file = dir.resolve("waggle.log");
    try (NodeProcess node =
        NodeProcess.start(dir, 0, "--log-file", file.toString(), "--log-format", "json")) {
      node.await("listening");
      node.process().terminate();
      assertThat(node.process().awaitExit()).isZero();
      assertThat(node.process().stderr().all()).isEmpty();
    }
    List<JsonNode> lines =
        Files.readAllLines(file).stream().map(new JsonMapper()::readTree).toList();
    assertThat(lines)
        .extracting(line -> line.get("message").asString())
        .anyMatch(message -> message.startsWith("listening on 127.0.0.1:"))
        .last()
        .isEqualTo("closing");
  }

  @Test
  void logOnAFullDisk_doesNotStopTheNode_andIsToldOnce() throws Exception {
    assumeTrue(Files.isWritable(FULL), "this machine has no /dev/full");
    try (NodeProcess node =
        NodeProcess.start(
            dir, 0, "--mine", "--mine-interval", "50ms", "--log-file", FULL.toString())) {
      node.awaitNth(3, "block-accepted", _ -> true);
      node.process().terminate();
      assertThat(node.process().awaitExit()).isZero();
      assertThat(node.process().stderr().all())
          .containsExactly(
              "waggle: the log file /dev/full cannot be written: No space left on device; going on"
                  + " without, until it can");
    }
  }

  @Test
  void fileThatCannotBeOpened_isOneLineAndExitCode2() throws Exception {
    Path file = dir.resolve("no/such/folder");
    try (NodeProcess node = NodeProcess.start(dir, 0, "--log-file", file.toString())) {
      assertThat(node.process().awaitExit()).isEqualTo(2);
      assertThat(node.process().stderr().all())
          .singleElement()
          .asString()
          .startsWith("waggle: log_file = '" + file + "' (--log-file): cannot be opened: ");
    }
  }
}
