package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody fills the chain with as many transactions as blocks take, in a process whose heap would
 * not hold a fraction of their ids.
 */
class ChainGrowthTest {
  /** Without proof of work: an attacker has more machines than this test. */
  private static final ChainRules RULES = new ChainRules("waggle-test", 0);

  private static final String HEAP = "-Xmx24m";

  @TempDir Path dataDir;

  @Test
  void manySmallTransactions_takeNoHeapAndKeepNoBlockOut() throws Exception {
    grow(70);
  }

  /** Beyond 2^20 ids, where a chain ended once. */
  @Test
  @Tag("long")
  void aMillionTransactions_takeNoHeapAndKeepNoBlockOut() throws Exception {
    grow(300);
  }

  private void grow(int blocks) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Grower.class.getName(),
                dataDir.toString(),
                Integer.toString(blocks))
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Takes full blocks, then an honest one; closes the chain, opens it, and takes another. */
  static final class Grower {
    public static void main(String[] args) throws Exception {
      Path dataDir = Path.of(args[0]);
      int blocks = Integer.parseInt(args[1]);
      MutableClock clock = new MutableClock(1_000_000_000);
      Block tip = RULES.genesis();
      try (NodeService service = NodeService.open(RULES, dataDir, clock)) {
        for (int i = 0; i < blocks; i++) {
          tip = taken(service, full(tip));
        }
        tip = taken(service, TestBlocks.blockOn(tip, 1));
      }
      try (NodeService service = NodeService.open(RULES, dataDir, clock)) {
        assertThat(service.view().height()).isEqualTo(blocks + 1);
        Transaction known = Transaction.of(0, Bytes.EMPTY);
        assertThat(service.validate(TestBlocks.delivery(known, null)))
            .isEqualTo(new Verdict.Ignore("the transaction is known"));
        taken(service, TestBlocks.blockOn(tip, 2));
      }
    }

    private static Block full(Block parent) {
      long first = parent.height() * Block.MAX_TRANSACTIONS;
      List<Transaction> transactions =
          LongStream.range(first, first + Block.MAX_TRANSACTIONS)
              .mapToObj(salt -> Transaction.of(salt, Bytes.EMPTY))
              .toList();
      return Block.of(
          new BlockTemplate(
              parent.height() + 1,
              parent.id(),
              parent.timeMillis(),
              TestBlocks.peer(1),
              transactions),
          0);
    }

    private static Block taken(NodeService service, Block block) throws Exception {
      assertThat(service.validate(TestBlocks.delivery(block, null)))
          .isEqualTo(new Verdict.Accept());
      service.deliver(TestBlocks.delivery(block, null));
      assertThat(service.view().tip()).isEqualTo(block.id());
      return block;
    }
  }
}
