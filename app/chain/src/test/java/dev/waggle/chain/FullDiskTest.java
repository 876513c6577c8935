package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.testkit.SmallFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of blocks while the disk is full. */
class FullDiskTest {
  @RegisterExtension final SmallFileSystem disk = SmallFileSystem.ofMegabytes(2);

  @Test
  void fullDisk_stopsBlocksUntilThereIsRoom_andNothingIsLost() throws Exception {
    RecordingListener heard = new RecordingListener();
    MutableClock clock = new MutableClock(1_000_000_000);
    Path ballast = disk.root().resolve("ballast");
    ChainView before;
    try (NodeService service = NodeService.open(RULES, disk.root(), clock)) {
      service.addListener(heard);
      disk.fill(ballast);
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
    try (NodeService service = NodeService.open(RULES, disk.root(), clock)) {
      assertThat(service.view()).isEqualTo(before);
    }
  }

  /** Some 60 KiB and 4 transactions. */
  private static Block large(Block parent) {
    Bytes memo = Bytes.wrap(new byte[15_000]);
    Transaction[] transactions = new Transaction[4];
    for (int i = 0; i < transactions.length; i++) {
      transactions[i] = TestBlocks.transaction(10 * parent.height() + i, memo);
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
}
