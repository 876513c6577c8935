package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that cannot keep blocks any more: the system lets none of their files grow beyond a limit,
 * as a full disk would not.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "this machine has no ulimit")
@Tag("long")
class StoreFailureIT {
  /** What {@code --help} promises for it. */
  private static final int STORE_FAILED = 5;

  /** Blocks of 512 bytes, as POSIX has it: a second of mining. */
  private static final int LIMIT = 1024;

  @TempDir Path dir;

  @Test
  void byDefault_theNodeEndsWithACodeOfItsOwn_andSaysWhyInOneLine() throws Exception {
    try (NodeProcess node = start()) {
      assertThat(node.process().awaitExit()).as("%s", node.process()).isEqualTo(STORE_FAILED);
      assertThat(node.await("store-failed").get("why").asString()).contains("too large");
      assertThat(node.process().stderr().all())
          .filteredOn(line -> line.startsWith("waggle: "))
          .singleElement()
          .asString()
          .startsWith("waggle: blocks cannot be kept in " + dir)
          .endsWith("(on_store_failure = stop)");
    }
  }

  @Test
  void degraded_itGoesOn_andTakesBlocksAgainOnceItCan() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "this machine has no prlimit");
    try (NodeProcess node = start("--on-store-failure", "degrade")) {
      assertThat(node.await("store-failed").get("why").asString()).contains("too large");
      node.process().unlimit();
      node.await("store-recovered");
      node.process().terminate();
      assertThat(node.process().awaitExit()).as("%s", node.process()).isZero();
    }
  }

  private NodeProcess start(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--mine", "--mine-interval", "1ms"));
    arguments.addAll(List.of(more));
    return NodeProcess.startLimited(LIMIT, dir, arguments.toArray(String[]::new));
  }
}
