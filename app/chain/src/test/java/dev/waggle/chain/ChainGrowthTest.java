package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.ports.gossip.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody fills the chain with as small transactions as there are, in a process whose heap would
 * not hold a fraction of their ids.
 */
class ChainGrowthTest {
  /** Without proof of work: an attacker has more machines than this test. */
  private static final ChainRules RULES = new ChainRules("waggle-test", 0, TestBlocks.SCHEME);

  private static final String HEAP = "-Xmx24m";

  /** Transactions of a block of about a megabyte. */
  private static final int COUNT = 180;

  private static final SigningKeyPair KEYS = TestBlocks.SCHEME.generate(new SeededRandom(1));

  private static final Author AUTHOR = new Author(RULES, KEYS, new SeededRandom(2));

  @TempDir Path dataDir;

  @Test
  void manySmallTransactions_takeNoHeapAndKeepNoBlockOut() throws Exception {
    grow(400);
  }

  /** Beyond 2^20 ids, where a chain ended once. */
  @Test
  @Tag("long")
  void aMillionTransactions_takeNoHeapAndKeepNoBlockOut() throws Exception {
    grow(5900);
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
        tip = taken(service, next(tip));
      }
      try (NodeService service = NodeService.open(RULES, dataDir, clock)) {
        assertThat(service.view().height()).isEqualTo(blocks + 1);
        Transaction known = note(0);
        assertThat(service.validate(TestBlocks.delivery(known, null)))
            .isEqualTo(new Verdict.Ignore("the transaction is known"));
        taken(service, next(tip));
      }
    }

    private static Block full(Block parent) {
      long first = parent.height() * COUNT;
      List<Transaction> transactions =
          LongStream.range(first, first + COUNT).mapToObj(salt -> note(salt)).toList();
      return AUTHOR
          .sign(
              new BlockTemplate(
                  parent.height() + 1, parent.id(), parent.timeMillis(), transactions))
          .with(0);
    }

    private static Transaction note(long salt) {
      return new Author(RULES, KEYS, new SeededRandom(salt)).write(salt, Bytes.EMPTY);
    }

    private static Block next(Block parent) {
      return AUTHOR
          .sign(new BlockTemplate(parent.height() + 1, parent.id(), parent.timeMillis(), List.of()))
          .with(0);
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
