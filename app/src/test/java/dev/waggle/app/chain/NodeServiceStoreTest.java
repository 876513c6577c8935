package dev.waggle.app.chain;

import static dev.waggle.app.chain.TestBlocks.GENESIS;
import static dev.waggle.app.chain.TestBlocks.RULES;
import static dev.waggle.app.chain.TestBlocks.blockOn;
import static dev.waggle.app.chain.TestBlocks.delivery;
import static dev.waggle.app.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeServiceStoreTest {
  private static final Verdict ACCEPT = new Verdict.Accept();

  private final MutableClock clock = new MutableClock(1_000_000);
  @TempDir Path dataDir;

  @Test
  void restartedNode_hasItsChain() throws IOException {
    Block first = blockOn(GENESIS, 1, transaction(1));
    Block side = blockOn(GENESIS, 2);
    Block tip = blockOn(first, 1);
    ChainView before;
    try (NodeService service = open()) {
      List.of(first, side, tip).forEach(block -> service.deliver(delivery(block, null)));
      before = service.view();
    }
    try (NodeService service = open()) {
      assertThat(service.view()).isEqualTo(before);
      assertThat(service.view().tip()).isEqualTo(tip.id());
      for (Block block : List.of(first, side, tip)) {
        assertThat(service.find(block.id())).isEqualTo(block.toMessage());
      }
      assertThat(service.validate(delivery(transaction(1), null)))
          .isInstanceOf(Verdict.Ignore.class);
      assertThat(service.validate(delivery(blockOn(side, 2), null))).isEqualTo(ACCEPT);
    }
  }

  @Test
  void restartWithAClockSetBack_keepsTheChain() throws IOException {
    try (NodeService service = open()) {
      service.deliver(delivery(blockOn(GENESIS, clock.millis(), 1), null));
    }
    clock.set(0);
    try (NodeService service = open()) {
      assertThat(service.view().height()).isEqualTo(1);
    }
  }

  @Test
  void storeWithABlockThatBreaksTheRules_isRefusedAndClosed() throws IOException {
    try (BlockStore store = FileBlockStore.open(dataDir, GENESIS.id())) {
      store.replay((position, block) -> {});
      store.append(blockOn(GENESIS, 1).payload());
      store.append(blockOn(blockOn(GENESIS, 2), 2).payload());
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(BlockStoreException.class)
          .hasMessageContaining("blocks.dat, offset")
          .hasMessageContaining("does not belong here");
    }
  }

  @Test
  void storeThatCannotWrite_stopsBlocksAndSaysSoOnce() throws IOException {
    FailingStore store = new FailingStore();
    RecordingListener heard = new RecordingListener();
    NodeService service = NodeService.open(RULES, store, clock);
    service.addListener(heard);
    Block first = blockOn(GENESIS, 1);
    service.deliver(delivery(first, null));

    store.failing = true;
    Block second = blockOn(first, 1);
    assertThat(service.validate(delivery(second, null))).isEqualTo(ACCEPT);
    service.deliver(delivery(second, null));

    assertThat(service.view().tip()).isEqualTo(first.id());
    assertThat(service.validate(delivery(second, null))).isInstanceOf(Verdict.Ignore.class);
    assertThat(service.find(second.id())).isNull();
    assertThat(service.find(first.id())).isNull();
    assertThat(heard.others).containsExactly("store failed: no space left");
    assertThat(service.validate(delivery(transaction(1), null))).isEqualTo(ACCEPT);
  }

  private NodeService open() throws IOException {
    return NodeService.open(RULES, FileBlockStore.open(dataDir, GENESIS.id()), clock);
  }

  /** A disk that gives up when told. */
  private static final class FailingStore implements BlockStore {
    private final MemoryBlockStore memory = new MemoryBlockStore();
    private boolean failing;

    @Override
    public void replay(Visitor visitor) throws IOException {
      memory.replay(visitor);
    }

    @Override
    public long append(Bytes block) throws IOException {
      requireWorking();
      return memory.append(block);
    }

    @Override
    public Bytes read(long position) throws IOException {
      requireWorking();
      return memory.read(position);
    }

    private void requireWorking() throws IOException {
      if (failing) {
        throw new IOException("no space left");
      }
    }

    @Override
    public void close() {}
  }
}
