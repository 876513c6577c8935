package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTemplateTest {
  private static final MessageId TIP = new MessageId(1, 2, 3, 4);

  @Test
  void onView_followsItsTip() {
    Transaction pending = TestBlocks.transaction(1);
    BlockTemplate template =
        BlockTemplate.on(view(5000, List.of(pending)), TestBlocks.peer(9), 6000);

    assertThat(template)
        .isEqualTo(new BlockTemplate(8, TIP, 6000, TestBlocks.peer(9), List.of(pending)));
  }

  @Test
  void onViewOfTheFuture_takesItsTime() {
    BlockTemplate template = BlockTemplate.on(view(5000, List.of()), TestBlocks.peer(9), 4000);

    assertThat(template.timeMillis()).isEqualTo(5000);
  }

  @Test
  void onViewWithMuchPending_fillsABlock() {
    List<Transaction> pending = new ArrayList<>();
    for (int salt = 0; salt < 20; salt++) {
      pending.add(Transaction.of(salt, Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES])));
    }
    Transaction small = TestBlocks.transaction(99);
    pending.add(small);

    BlockTemplate template = BlockTemplate.on(view(0, pending), TestBlocks.peer(9), 0);

    assertThat(template.transactions()).hasSize(16).startsWith(pending.getFirst()).endsWith(small);
    assertThat(template.encode(0).length).isLessThanOrEqualTo(Block.MAX_BYTES);
  }

  @Test
  void onViewWithManyPending_takesAsManyAsABlockMayHave() {
    List<Transaction> pending = new ArrayList<>();
    for (int salt = 0; salt <= Block.MAX_TRANSACTIONS; salt++) {
      pending.add(TestBlocks.transaction(salt));
    }
    BlockTemplate template = BlockTemplate.on(view(0, pending), TestBlocks.peer(9), 0);

    assertThat(template.transactions()).isEqualTo(pending.subList(0, Block.MAX_TRANSACTIONS));
  }

  @Test
  void whatNoBlockMayHave_isTheCallersMistake() {
    Transaction one = TestBlocks.transaction(1);
    assertIllegal(-1, 0, List.of());
    assertIllegal(0, -1, List.of());
    assertIllegal(0, 0, List.of(one, one));

    List<Transaction> tooLarge = new ArrayList<>();
    for (int salt = 0; salt < 17; salt++) {
      tooLarge.add(Transaction.of(salt, Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES])));
    }
    assertIllegal(0, 0, tooLarge);

    List<Transaction> tooMany = new ArrayList<>();
    for (int salt = 0; salt <= Block.MAX_TRANSACTIONS; salt++) {
      tooMany.add(TestBlocks.transaction(salt));
    }
    assertIllegal(0, 0, tooMany);
  }

  private static ChainView view(long tipTimeMillis, List<Transaction> pending) {
    return new ChainView(TIP, 7, tipTimeMillis, 7, pending);
  }

  private static void assertIllegal(long height, long time, List<Transaction> transactions) {
    assertThatThrownBy(() -> new BlockTemplate(height, TIP, time, TestBlocks.peer(1), transactions))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
