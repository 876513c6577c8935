package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.HeaderChain.Stretch;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others are told of the main chain. */
class MainChainHeadersTest {
  private static final MessageId UNKNOWN = new MessageId(1, 2, 3, 4);

  private final MutableClock clock = new MutableClock(1_000_000_000);
  @TempDir Path dataDir;

  @Test
  void newNode_hasTheGenesisOnly() throws Exception {
    try (NodeService service = open()) {
      HeaderChain chain = service.headerChain();

      assertThat(chain.locator()).containsExactly(GENESIS.id());
      assertThat(chain.isOnChain(GENESIS.id())).isTrue();
      assertThat(chain.isOnChain(UNKNOWN)).isFalse();
      assertThat(chain.after(GENESIS.id(), 128)).isEqualTo(new Stretch(List.of(), GENESIS.id(), 0));
      assertThat(chain.after(UNKNOWN, 128)).isNull();
    }
  }

  @Test
  void stretch_endsWithWhatWasAskedFor_orWithTheTip() throws Exception {
    try (NodeService service = open()) {
      List<Block> blocks = grow(service, 300);
      HeaderChain chain = service.headerChain();
      MessageId tip = blocks.getLast().id();

      assertThat(chain.after(GENESIS.id(), 0)).isEqualTo(new Stretch(List.of(), GENESIS.id(), 300));
      assertThat(chain.after(GENESIS.id(), WireMessage.MAX_HEADERS))
          .isEqualTo(new Stretch(headers(blocks.subList(0, 256)), blocks.get(255).id(), 44));
      assertThat(chain.after(blocks.get(255).id(), WireMessage.MAX_HEADERS))
          .isEqualTo(new Stretch(headers(blocks.subList(256, 300)), tip, 0));
      assertThat(chain.after(blocks.get(298).id(), 1))
          .isEqualTo(new Stretch(headers(blocks.subList(299, 300)), tip, 0));
      assertThat(chain.after(tip, 128)).isEqualTo(new Stretch(List.of(), tip, 0));
      for (int max : new int[] {-1, WireMessage.MAX_HEADERS + 1}) {
        assertThatIllegalArgumentException().isThrownBy(() -> chain.after(tip, max));
      }
    }
  }

  /** A transaction stands in the same table as blocks do. */
  @Test
  void transaction_isOnNoChain() throws Exception {
    Transaction note = TestBlocks.transaction(1);
    try (NodeService service = open()) {
      service.deliver(delivery(blockOn(GENESIS, 1, note), null));

      assertThat(service.headerChain().isOnChain(note.id())).isFalse();
      assertThat(service.headerChain().after(note.id(), 1)).isNull();
    }
  }

  /**
   * Against a model that keeps the main chain as a list: forks near the tip and long ones, so that
   * blocks of the main chain were accepted in any order, over an index that is closed, opened and
   * thrown away at random.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomTree_isToldAsTheModelSays(long seed) throws Exception {
    Random random = new Random(seed);
    Model model = new Model();
    List<Block> blocks = new ArrayList<>(List.of(GENESIS));
    NodeService service = open();
    for (int i = 0; i < 300; i++) {
      int back = random.nextInt(10) < 5 ? 1 : random.nextInt(random.nextBoolean() ? 8 : i + 1) + 1;
      Block block = blockOn(blocks.get(Math.max(0, blocks.size() - back)), i);
      blocks.add(block);
      service.deliver(delivery(block, null));
      model.add(block);

      HeaderChain chain = service.headerChain();
      for (int asked = 0; asked < 5; asked++) {
        Block of = blocks.get(random.nextInt(blocks.size()));
        int max = random.nextInt(random.nextBoolean() ? 6 : WireMessage.MAX_HEADERS + 1);
        assertThat(chain.after(of.id(), max)).isEqualTo(model.after(of, max));
        assertThat(chain.isOnChain(of.id())).isEqualTo(model.main.contains(of));
      }
      assertThat(chain.locator()).isEqualTo(model.locator());
      if (random.nextInt(20) == 0) {
        service.close();
        if (random.nextBoolean()) {
          Files.delete(dataDir.resolve(ChainIndex.DIRECTORY).resolve("headers"));
        }
        service = open();
      }
    }
    service.close();
    assertThat(model.reorganisations).isGreaterThan(3);
  }

  /** All of it is the tip's branch, from the genesis on. */
  private static final class Model {
    private final Map<MessageId, Block> blocks = new HashMap<>(Map.of(GENESIS.id(), GENESIS));
    private List<Block> main = List.of(GENESIS);
    private int reorganisations;

    void add(Block block) {
      blocks.put(block.id(), block);
      if (block.height() > main.getLast().height()) {
        reorganisations += block.parent().equals(main.getLast().id()) ? 0 : 1;
        List<Block> path = new ArrayList<>();
        for (Block at = block; at != null; at = blocks.get(at.parent())) {
          path.add(at);
        }
        main = path.reversed();
      }
    }

    Stretch after(Block block, int max) {
      int at = main.indexOf(block);
      if (at < 0) {
        return null;
      }
      int end = Math.min(at + 1 + max, main.size());
      return new Stretch(
          headers(main.subList(at + 1, end)), main.get(end - 1).id(), main.size() - end);
    }

    List<MessageId> locator() {
      List<MessageId> ids = new ArrayList<>();
      int behind = 0;
      for (int at = main.size() - 1; at > 0; at -= behind < 10 ? 1 : 1 << (behind - 9)) {
        ids.add(main.get(at).id());
        behind++;
      }
      ids.add(GENESIS.id());
      return ids;
    }
  }

  @Test
  void damagedHeader_isToldNobody_untilTheIndexIsBuiltAnew() throws Exception {
    RecordingListener heard = new RecordingListener();
    List<Block> blocks;
    Path file = dataDir.resolve(ChainIndex.DIRECTORY).resolve("headers");
    try (NodeService service = open()) {
      service.addListener(heard);
      blocks = grow(service, 10);
      byte[] content = Files.readAllBytes(file);
      content[5 * (BlockHeader.BYTES + Integer.BYTES) + 20] ^= 1;
      Files.write(file, content);

      HeaderChain chain = service.headerChain();
      assertThat(chain.after(GENESIS.id(), 4).headers()).hasSize(4);
      assertThat(heard.others).isEmpty();
      assertThat(chain.after(GENESIS.id(), 5)).isNull();
      assertThat(chain.after(blocks.get(3).id(), 1)).isNull();
      assertThat(chain.after(blocks.get(4).id(), 5).headers()).hasSize(5);
      assertThat(heard.others).containsExactly("store failed: " + file + ": record 5 is damaged");
    }
    try (NodeService service = open()) {
      assertThat(service.headerChain().after(GENESIS.id(), 10).headers())
          .isEqualTo(headers(blocks));
    }
  }

  @Test
  void locator_isShortForAnyChain() {
    assertThat(ChainHeaders.locatorHeights(0)).isEmpty();
    assertThat(ChainHeaders.locatorHeights(1)).containsExactly(1L);
    assertThat(ChainHeaders.locatorHeights(30))
        .containsExactly(30L, 29L, 28L, 27L, 26L, 25L, 24L, 23L, 22L, 21L, 19L, 15L, 7L);
    assertThat(ChainHeaders.locatorHeights(1_000_000_000)).hasSize(38);
    assertThat(ChainHeaders.locatorHeights(Long.MAX_VALUE)).hasSize(HeaderChain.MAX_LOCATOR - 1);
  }

  /** Whoever asks is told at most as many blocks again as he lacks. */
  @ParameterizedTest
  @ValueSource(longs = {1, 9, 10, 11, 12, 100, 1000, 123_456})
  void locator_namesABlockNearEachFork(long tip) {
    List<Long> heights = new ArrayList<>(ChainHeaders.locatorHeights(tip));
    heights.add(0L);
    int next = 0;
    for (long fork = tip; fork >= 0; fork--) {
      while (heights.get(next) > fork) {
        next++;
      }
      assertThat(fork - heights.get(next)).isLessThanOrEqualTo(tip - fork);
    }
  }

  private NodeService open() throws IOException {
    return NodeService.open(RULES, dataDir, clock);
  }

  private static List<Block> grow(NodeService service, int length) throws Exception {
    List<Block> blocks = new ArrayList<>();
    Block last = GENESIS;
    for (int i = 0; i < length; i++) {
      last = blockOn(last, 1);
      service.deliver(delivery(last, null));
      blocks.add(last);
    }
    return blocks;
  }

  private static List<Bytes> headers(List<Block> blocks) {
    return blocks.stream().map(Block::encodedHeader).toList();
  }
}
