package dev.waggle.chain.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.chain.FakeGossip;
import dev.waggle.chain.MemoryBlockStore;
import dev.waggle.chain.MutableClock;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.TestBlocks;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class TransactionPublisherTest {
  private static final Bytes MEMO = Bytes.ofHex("cafe");

  @Test
  void publishedMemo_waitsForABlockUnderTheIdThatIsReturned() throws Exception {
    NodeService service = service();
    TransactionPublisher publisher =
        new TransactionPublisher(new FakeGossip(TestBlocks.peer(1), service), TestBlocks.author(1));

    MessageId first = publisher.publish(MEMO).toCompletableFuture().get();
    MessageId second = publisher.publish(MEMO).toCompletableFuture().get();

    assertThat(service.view().pending()).extracting(Transaction::memo).containsExactly(MEMO, MEMO);
    assertThat(service.view().pending())
        .extracting(Transaction::id)
        .containsExactly(first, second)
        .doesNotHaveDuplicates();
  }

  @Test
  void ignored_failsWithTheReason() {
    TransactionPublisher publisher =
        new TransactionPublisher(
            _ -> CompletableFuture.completedStage(new Verdict.Ignore("overloaded")),
            TestBlocks.author(1));

    assertThatThrownBy(() -> publisher.publish(MEMO).toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(NotAccepted.class)
        .hasMessageContaining("overloaded");
  }

  @Test
  void tooLargeMemo_isTheCallersMistake() throws IOException {
    TransactionPublisher publisher =
        new TransactionPublisher(
            new FakeGossip(TestBlocks.peer(1), service()), TestBlocks.author(1));
    Bytes memo = Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES + 1]);

    assertThatThrownBy(() -> publisher.publish(memo)).isInstanceOf(IllegalArgumentException.class);
  }

  private static NodeService service() throws IOException {
    return NodeService.open(TestBlocks.RULES, new MemoryBlockStore(), new MutableClock(0));
  }
}
