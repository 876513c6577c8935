package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static dev.waggle.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeServiceStoreTest {
  private static final Verdict ACCEPT = new Verdict.Accept();

  private final MutableClock clock = new MutableClock(1_000_000);
  @TempDir Path dataDir;

  @Test
  void restartedNode_hasItsChain() throws Exception {
    Block first = blockOn(GENESIS, 1, transaction(1));
    Block side = blockOn(GENESIS, 2);
    Block tip = blockOn(first, 1);
    ChainView before;
    try (NodeService service = open()) {
      for (Block block : List.of(first, side, tip)) {
        service.deliver(delivery(block, null));
      }
      before = service.view();
    }
    for (Damage damage : Damage.values()) {
      damage.toIndex(dataDir.resolve(ChainIndex.DIRECTORY));
      try (NodeService service = open()) {
        assertThat(service.view()).as("%s", damage).isEqualTo(before);
        assertThat(service.view().tip()).isEqualTo(tip.id());
        for (Block block : List.of(first, side, tip)) {
          assertThat(service.find(block.id())).isEqualTo(block.toMessage());
        }
        assertThat(service.headerChain().after(GENESIS.id(), 9).headers())
            .as("%s", damage)
            .containsExactly(first.encodedHeader(), tip.encodedHeader());
        assertThat(service.validate(delivery(transaction(1), null)))
            .isInstanceOf(Verdict.Ignore.class);
        assertThat(service.validate(delivery(blockOn(side, 2), null))).isEqualTo(ACCEPT);
      }
    }
  }

  /** What may have happened to an index between two starts. */
  private enum Damage {
    NONE,
    MISSING,
    NO_STATE,
    NO_IDS,
    NO_HEADERS,
    CUT_SHORT,
    HEADERS_CUT_SHORT,
    STATE_CHANGED,
    LAST_BLOCK_CHANGED,
    TIPS_HEADER_CHANGED,
    TIPS_HEADER_OF_ANOTHER;

    void toIndex(Path index) throws IOException {
      switch (this) {
        case NONE -> {}
        case MISSING -> {
          try (Stream<Path> files = Files.list(index)) {
            for (Path file : files.toList()) {
              Files.delete(file);
            }
          }
          Files.delete(index);
        }
        case NO_STATE -> Files.delete(index.resolve("state"));
        case NO_IDS -> Files.delete(index.resolve("ids"));
        case NO_HEADERS -> Files.delete(index.resolve("headers"));
        case CUT_SHORT -> Files.write(index.resolve("blocks"), new byte[100]);
        case HEADERS_CUT_SHORT -> Files.write(index.resolve("headers"), new byte[100]);
        case STATE_CHANGED -> change(index.resolve("state"), 90);
        case LAST_BLOCK_CHANGED ->
            change(index.resolve("blocks"), 3 * (IndexedBlock.BYTES + Integer.BYTES) + 5);
        case TIPS_HEADER_CHANGED ->
            change(index.resolve("headers"), 3 * (BlockHeader.BYTES + Integer.BYTES) + 5);
        case TIPS_HEADER_OF_ANOTHER -> {
          try (Records headers = FileRecords.open(index.resolve("headers"), BlockHeader.BYTES)) {
            headers.write(3, ByteBuffer.wrap(headers.read(1, 1)));
          }
        }
      }
    }

    private static void change(Path file, int offset) throws IOException {
      byte[] content = Files.readAllBytes(file);
      content[offset] ^= 1;
      Files.write(file, content);
    }
  }

  @Test
  void indexThatWasNotClosed_isBuiltAnew() throws Exception {
    Block first = blockOn(GENESIS, 1, transaction(1));
    Block second = blockOn(first, 1);
    Path index = dataDir.resolve(ChainIndex.DIRECTORY);
    byte[] inUse;
    try (NodeService service = open()) {
      service.deliver(delivery(first, null));
      inUse = Files.readAllBytes(index.resolve("state"));
      service.deliver(delivery(second, null));
    }
    Files.write(index.resolve("state"), inUse); // as a kill would leave it

    try (NodeService service = open()) {
      assertThat(service.view().tip()).isEqualTo(second.id());
    }
  }

  @Test
  void indexThatIsAheadOfTheBlocks_isBuiltAnew() throws Exception {
    Block first = blockOn(GENESIS, 1);
    long size;
    try (NodeService service = open()) {
      service.deliver(delivery(first, null));
      size = Files.size(dataDir.resolve(FileBlockStore.FILE_NAME));
      service.deliver(delivery(blockOn(first, 1, transaction(1)), null));
    }
    byte[] blocks = Files.readAllBytes(dataDir.resolve(FileBlockStore.FILE_NAME));
    Files.write(dataDir.resolve(FileBlockStore.FILE_NAME), Arrays.copyOf(blocks, (int) size));

    try (NodeService service = open()) {
      assertThat(service.view().tip()).isEqualTo(first.id());
      assertThat(service.validate(delivery(transaction(1), null))).isEqualTo(ACCEPT);
    }
  }

  @Test
  void wholeIndex_sparesTheReplay() throws Exception {
    Block first = blockOn(GENESIS, 1);
    try (NodeService service = open()) {
      service.deliver(delivery(first, null));
      service.deliver(delivery(blockOn(first, 1), null));
    }
    // Nobody would get past this block.
    Path file = dataDir.resolve(FileBlockStore.FILE_NAME);
    byte[] blocks = Files.readAllBytes(file);
    blocks[FileBlockStore.FILE_HEADER_BYTES + FileBlockStore.RECORD_HEADER_BYTES] ^= 1;
    Files.write(file, blocks);

    try (NodeService service = open()) {
      assertThat(service.view().height()).isEqualTo(2);
      assertThat(service.find(first.id())).isNull();
      assertThat(service.validate(delivery(blockOn(GENESIS, 2), null))).isEqualTo(ACCEPT);
    }
  }

  /** It would take hours for a long chain. */
  @Test
  void blocksThatAreIndexedAnew_areNotCheckedForSignatures() throws Exception {
    CountingScheme scheme = new CountingScheme();
    Block tip = blockOn(blockOn(GENESIS, 1, transaction(1)), 1);
    try (NodeService service = NodeService.open(scheme.rules(), dataDir, clock)) {
      service.deliver(delivery(blockOn(GENESIS, 1, transaction(1)), null));
      service.deliver(delivery(tip, null));
    }
    assertThat(scheme.checks()).isEqualTo(3);
    Damage.NO_STATE.toIndex(dataDir.resolve(ChainIndex.DIRECTORY));

    try (NodeService service = NodeService.open(scheme.rules(), dataDir, clock)) {
      assertThat(service.view().tip()).isEqualTo(tip.id());
      assertThat(scheme.checks()).isZero();
    }
  }

  @Test
  void largestBlock_isKeptAndFoundAgain() throws Exception {
    Block largest = BlockTest.largestOn(GENESIS);
    try (NodeService service = open()) {
      assertThat(service.validate(delivery(largest, null))).isEqualTo(ACCEPT);
      service.deliver(delivery(largest, null));
    }
    try (NodeService service = open()) {
      assertThat(service.view().tip()).isEqualTo(largest.id());
      assertThat(service.find(largest.id())).isEqualTo(largest.toMessage());
    }
  }

  @Test
  void restartWithAClockSetBack_keepsTheChain() throws Exception {
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
    try (BlockStore store = FileBlockStore.open(dataDir, RULES)) {
      store.replay(BlockStore.START, (position, block) -> {});
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
  void storeThatCannotWrite_takesNoBlockUntilItCan() throws Exception {
    FailingStore store = new FailingStore();
    RecordingListener heard = new RecordingListener();
    NodeService service = NodeService.open(RULES, store, clock);
    service.addListener(heard);
    Block first = blockOn(GENESIS, 1);
    service.deliver(delivery(first, null));

    store.failing = true;
    Block second = blockOn(first, 1);
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(service.validate(delivery(second, null))).isEqualTo(ACCEPT);
      assertThatThrownBy(() -> service.deliver(delivery(second, null)))
          .isInstanceOf(DeliveryFailed.class)
          .hasMessageContaining("no space left");
    }
    assertThat(service.view().tip()).isEqualTo(first.id());
    assertThat(service.find(second.id())).isNull();
    assertThat(service.find(first.id())).isNull();
    assertThat(service.validate(delivery(transaction(1), null))).isEqualTo(ACCEPT);
    assertThat(heard.others).containsExactly("store failed: no space left");

    store.failing = false;
    assertThat(service.validate(delivery(second, null))).isEqualTo(ACCEPT);
    service.deliver(delivery(second, null));
    service.deliver(delivery(blockOn(second, 1), null));

    assertThat(service.view().height()).isEqualTo(3);
    assertThat(service.find(first.id())).isEqualTo(first.toMessage());
    assertThat(heard.others).containsExactly("store failed: no space left", "store recovered");
  }

  @Test
  void blockThatCannotBeRead_holdsNoOtherUp() throws Exception {
    FailingStore store = new FailingStore();
    RecordingListener heard = new RecordingListener();
    NodeService service = NodeService.open(RULES, store, clock);
    service.addListener(heard);
    Block first = blockOn(GENESIS, 1);
    service.deliver(delivery(first, null));

    store.failing = true;
    assertThat(service.find(first.id())).isNull();
    store.failing = false;
    service.deliver(delivery(blockOn(first, 1), null));

    assertThat(service.view().height()).isEqualTo(2);
    assertThat(heard.others).isEmpty();
  }

  private NodeService open() throws IOException {
    return NodeService.open(RULES, dataDir, clock);
  }

  /** A disk that gives up when told. */
  private static final class FailingStore implements BlockStore {
    private final MemoryBlockStore memory = new MemoryBlockStore();
    private boolean failing;

    @Override
    public void replay(long after, Visitor visitor) throws IOException {
      memory.replay(after, visitor);
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
