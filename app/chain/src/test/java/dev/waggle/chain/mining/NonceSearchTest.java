package dev.waggle.chain.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.SignedTemplate;
import dev.waggle.chain.TestBlocks;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NonceSearchTest {
  private static final SignedTemplate TEMPLATE =
      TestBlocks.author(1)
          .sign(
              new BlockTemplate(
                  1,
                  TestBlocks.GENESIS.id(),
                  5,
                  List.of(TestBlocks.transaction(1), TestBlocks.transaction(2))));

  @Test
  void found_isTheFirstNonceThatProvesTheWork() {
    ChainRules rules = new ChainRules("waggle-test", 10, TestBlocks.SCHEME);
    Block found = NonceSearch.under(rules).search(TEMPLATE, () -> false);

    long expected = 0;
    while (!rules.isProvenBy(TEMPLATE.with(expected).id())) {
      expected++;
    }
    assertThat(found).isEqualTo(TEMPLATE.with(expected));
  }

  @Test
  void staleSearch_isGivenUpAtTheNextLook() {
    AtomicInteger looks = new AtomicInteger();
    ChainRules hopeless =
        new ChainRules("waggle-test", ChainRules.MAX_DIFFICULTY_BITS, TestBlocks.SCHEME);
    Block found = NonceSearch.under(hopeless).search(TEMPLATE, () -> looks.incrementAndGet() == 10);

    assertThat(found).isNull();
    assertThat(looks).hasValue(10);
  }
}
