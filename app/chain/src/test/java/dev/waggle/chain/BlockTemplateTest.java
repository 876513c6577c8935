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
    BlockTemplate template = BlockTemplate.on(view(5000, List.of(pending)), 6000);

    assertThat(template).isEqualTo(new BlockTemplate(8, TIP, 6000, List.of(pending)));
  }

  @Test
  void onViewOfTheFuture_takesItsTime() {
    BlockTemplate template = BlockTemplate.on(view(5000, List.of()), 4000);

    assertThat(template.timeMillis()).isEqualTo(5000);
  }

  @Test
  void onViewWithMuchPending_fillsABlock() {
    List<Transaction> pending = new ArrayList<>();
    for (int salt = 0; salt < 140; salt++) {
      pending.add(TestBlocks.transaction(salt, Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES])));
    }
    Transaction small = TestBlocks.transaction(99);
    pending.add(small);

    BlockTemplate template = BlockTemplate.on(view(0, pending), 0);

    assertThat(template.transactions()).hasSize(128).startsWith(pending.getFirst()).endsWith(small);
    assertThat(template.encodedLength()).isLessThanOrEqualTo(Block.MAX_BYTES);
  }

  @Test
  void whatNoBlockMayHave_isTheCallersMistake() {
    Transaction one = TestBlocks.transaction(1);
    assertIllegal(-1, 0, List.of());
    assertIllegal(0, -1, List.of());
    assertIllegal(0, 0, List.of(one, one));

    List<Transaction> tooLarge = new ArrayList<>();
    for (int salt = 0; salt < 128; salt++) {
      tooLarge.add(TestBlocks.transaction(salt, Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES])));
    }
    assertIllegal(0, 0, tooLarge);
  }

  private static ChainView view(long tipTimeMillis, List<Transaction> pending) {
    return new ChainView(TIP, 7, tipTimeMillis, 7, pending);
  }

  private static void assertIllegal(long height, long time, List<Transaction> transactions) {
    assertThatThrownBy(() -> new BlockTemplate(height, TIP, time, transactions))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
