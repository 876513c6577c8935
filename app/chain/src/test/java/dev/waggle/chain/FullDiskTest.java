package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.DeliveryFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of two megabytes, which only root can make, and which is full for a while. */
class FullDiskTest {
  @TempDir Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
    assumeTrue(mounted, "this machine lacks the right to mount a file system");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void fullDisk_stopsBlocksUntilThereIsRoom_andNothingIsLost() throws Exception {
    RecordingListener heard = new RecordingListener();
    MutableClock clock = new MutableClock(1_000_000_000);
    Path ballast = disk.resolve("ballast");
    ChainView before;
    try (NodeService service = NodeService.open(RULES, disk, clock)) {
      service.addListener(heard);
      fill(ballast);
      Block tip = GENESIS;
      Block next = large(tip);
      while (isTaken(service, next)) {
        tip = next;
        next = large(tip);
      }
      assertThat(isTaken(service, next)).isFalse();
      assertThat(service.view().tip()).isEqualTo(tip.id());
      assertThat(heard.others).hasSize(1).first().asString().startsWith("store failed: ");

      Files.delete(ballast);
      assertThat(isTaken(service, next)).isTrue();
      assertThat(isTaken(service, large(next))).isTrue();
      assertThat(heard.others).hasSize(2).last().isEqualTo("store recovered");
      before = service.view();
    }
    try (NodeService service = NodeService.open(RULES, disk, clock)) {
      assertThat(service.view()).isEqualTo(before);
    }
  }

  /** Some 60 KiB and 4 transactions. */
  private static Block large(Block parent) {
    Bytes memo = Bytes.wrap(new byte[15_000]);
    Transaction[] transactions = new Transaction[4];
    for (int i = 0; i < transactions.length; i++) {
      transactions[i] = Transaction.of(10 * parent.height() + i, memo);
    }
    return blockOn(parent, 1, transactions);
  }

  private static boolean isTaken(NodeService service, Block block) {
    try {
      service.deliver(delivery(block, null));
      return true;
    } catch (DeliveryFailed e) {
      return false;
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(Files.size(file)).isPositive();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
