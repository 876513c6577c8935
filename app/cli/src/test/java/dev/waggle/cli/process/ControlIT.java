package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and the commands that ask it, each in a process of its own. */
class ControlIT {
  @TempDir Path dir;

  @Test
  void aNode_isAskedAndStopped_evenAfterOneThatWasKilled() throws Exception {
    Path socket = dir.resolve("control.sock");
    try (NodeProcess killed = NodeProcess.start(dir, 0)) {
      killed.awaitControl();
      killed.process().kill();
    }
    assertThat(socket).exists();
    try (WaggleProcess status = ask("status")) {
      assertThat(status.awaitExit()).as("%s", status).isEqualTo(69);
      assertThat(status.stderr().all()).singleElement().asString().contains("no node listens at");
    }
    try (NodeProcess node = NodeProcess.start(dir, 0)) {
      node.awaitControl();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      try (WaggleProcess status = ask("status")) {
        assertThat(status.awaitExit()).as("%s", status).isZero();
        assertThat(status.stdout().all()).anyMatch(line -> line.startsWith("PeerId"));
        assertThat(status.stdout().all().toString())
            .contains(node.peerId())
            .contains("as process " + node.process().handle().pid());
      }
      try (WaggleProcess stop = ask("stop")) {
        assertThat(stop.awaitExit()).as("%s", stop).isZero();
        assertThat(stop.stdout().all()).containsExactly("the node has ended");
      }
      assertThat(node.process().awaitExit()).as("%s", node.process()).isZero();
    }
    assertThat(socket).doesNotExist();
  }

  private WaggleProcess ask(String command) throws Exception {
    return WaggleProcess.start(command, "--data-dir", dir.toString());
  }
}
