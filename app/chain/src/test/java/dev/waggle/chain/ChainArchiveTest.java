package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static dev.waggle.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.ChainArchive.KeptBlock;
import dev.waggle.chain.ChainArchive.KeptTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChainArchiveTest {
  @TempDir Path dataDir;

  @Test
  void blocksOfAllBranches_areFound_andSaidToBeWhereTheyAre() throws Exception {
    Block first = blockOn(GENESIS, 1, transaction(1));
    Block side = blockOn(GENESIS, 2, transaction(2));
    Block tip = blockOn(first, 1);
    try (NodeService service = open()) {
      for (Block block : List.of(first, side, tip)) {
        service.deliver(delivery(block, null));
      }
      ChainArchive archive = service.archive();

      assertThat(archive.block(first.id())).contains(new KeptBlock(first, true));
      assertThat(archive.block(side.id())).contains(new KeptBlock(side, false));
      assertThat(archive.block(GENESIS.id())).contains(new KeptBlock(GENESIS, true));
      assertThat(archive.block(transaction(1).id())).isEmpty();
      assertThat(archive.blockAt(0)).contains(new KeptBlock(GENESIS, true));
      assertThat(archive.blockAt(1)).contains(new KeptBlock(first, true));
      assertThat(archive.blockAt(2)).contains(new KeptBlock(tip, true));
      assertThat(archive.blockAt(3)).isEmpty();
      assertThat(archive.blockAt(-1)).isEmpty();
    }
  }

  @Test
  void aTransaction_isFoundWhereItWaits_andInTheMainChain_butOnNoSideBranch() throws Exception {
    Block first = blockOn(GENESIS, 1, transaction(8), transaction(1));
    Block side = blockOn(GENESIS, 2, transaction(2));
    try (NodeService service = open()) {
      service.deliver(delivery(first, null));
      service.deliver(delivery(side, null));
      service.deliver(delivery(transaction(3), null));
      ChainArchive archive = service.archive();

      assertThat(archive.transaction(transaction(1).id()))
          .contains(new KeptTransaction(transaction(1), first));
      assertThat(archive.transaction(transaction(3).id()))
          .contains(new KeptTransaction(transaction(3), null));
      assertThat(archive.transaction(transaction(2).id())).isEmpty();
      assertThat(archive.transaction(first.id())).isEmpty();
    }
  }

  /** The node and its readers share files and buffers. */
  @Test
  void whoeverReadsWhileTheNodeAddsBlocks_readsWhatIsThere() throws Exception {
    List<Block> blocks = new ArrayList<>(List.of(GENESIS));
    for (int i = 1; i <= 300; i++) {
      blocks.add(blockOn(blocks.getLast(), 1, transaction(i)));
    }
    try (NodeService service = open()) {
      ChainArchive archive = service.archive();
      AtomicBoolean done = new AtomicBoolean();
      CountDownLatch reading = new CountDownLatch(1);
      CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(() -> readUntil(done, reading, service, archive, blocks));
      reading.await();
      for (Block block : blocks.subList(1, blocks.size())) {
        service.deliver(delivery(block, null));
      }
      done.set(true);
      assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
    }
  }

  private static int readUntil(
      AtomicBoolean done,
      CountDownLatch reading,
      NodeService service,
      ChainArchive archive,
      List<Block> blocks) {
    int read = 0;
    try {
      while (!done.get()) {
        Block expected = blocks.get((int) service.view().height());
        assertThat(archive.blockAt(expected.height())).contains(new KeptBlock(expected, true));
        assertThat(archive.block(expected.id())).contains(new KeptBlock(expected, true));
        for (Transaction transaction : expected.transactions()) {
          assertThat(archive.transaction(transaction.id()))
              .contains(new KeptTransaction(transaction, expected));
        }
        read++;
        reading.countDown();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      reading.countDown();
    }
    return read;
  }

  private NodeService open() throws Exception {
    return NodeService.open(RULES, dataDir, new MutableClock(1_000_000));
  }
}
