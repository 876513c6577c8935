package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MempoolTest {
  private final Mempool mempool = new Mempool();

  @Test
  void snapshot_keepsTheOrderOfArrival() {
    List<Transaction> added = fill(100);

    assertThat(mempool.snapshot()).isEqualTo(added);
    assertThat(mempool.find(added.get(50).id())).isEqualTo(added.get(50));
  }

  @Test
  void snapshot_staysAsItWas() {
    List<Transaction> first = fill(10);
    List<Transaction> snapshot = mempool.snapshot();

    mempool.add(TestBlocks.transaction(10));
    assertThat(snapshot).isEqualTo(first);
    mempool.removeIf(id -> id.equals(first.get(3).id()));
    mempool.add(TestBlocks.transaction(11));
    assertThat(snapshot).isEqualTo(first);
    assertThatThrownBy(() -> snapshot.set(0, first.get(1)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void removed_isForgotten() {
    List<Transaction> added = fill(20);

    mempool.removeIf(id -> !id.equals(added.get(7).id()));

    assertThat(mempool.snapshot()).containsExactly(added.get(7));
    assertThat(mempool.find(added.get(8).id())).isNull();
    mempool.add(added.get(8));
    assertThat(mempool.snapshot()).containsExactly(added.get(7), added.get(8));
  }

  @Test
  void sameTransactionAgain_changesNothing() {
    fill(1);
    fill(1);
    assertThat(mempool.snapshot()).hasSize(1);
  }

  @Test
  void bytes_areBounded() {
    long fitting = Mempool.MAX_TOTAL_BYTES / Transaction.MAX_BYTES;
    for (long salt = 0; salt < fitting; salt++) {
      mempool.add(large(salt));
    }
    assertThat(mempool.snapshot()).hasSize((int) fitting);
    assertThat(mempool.hasRoomFor(TestBlocks.transaction(1))).isFalse();

    mempool.removeIf(id -> id.equals(large(0).id()));
    assertThat(mempool.hasRoomFor(large(0))).isTrue();
  }

  private List<Transaction> fill(int count) {
    List<Transaction> added = new ArrayList<>();
    for (int salt = 0; salt < count; salt++) {
      added.add(TestBlocks.transaction(salt));
    }
    added.forEach(mempool::add);
    return added;
  }

  private static Transaction large(long salt) {
    return TestBlocks.transaction(salt, Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES]));
  }
}
