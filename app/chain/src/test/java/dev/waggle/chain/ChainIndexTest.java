package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainIndexTest {
  private static final int BLOCKS = 5;

  @TempDir Path dataDir;

  /** Or what an older version left would be read as something else. */
  @Test
  void indexOfAnOlderLayout_isEmpty() throws IOException {
    List<Block> chain = makeChain();
    try (ChainIndex index = open()) {
      assertThat(index.count()).isEqualTo(chain.size());
    }
    for (String older : List.of("waggle-1", "waggle-2")) {
      Path state = file("state");
      int length = (int) Files.size(state) - Integer.BYTES;
      try (Records records = FileRecords.open(state, length)) {
        ByteBuffer content = ByteBuffer.wrap(records.read(0, 1));
        content.put(0, older.getBytes(StandardCharsets.US_ASCII));
        records.write(0, content);
      }
      try (ChainIndex index = open()) {
        assertThat(index.count()).as(older).isZero();
        refill(index, chain);
      }
    }
    try (ChainIndex index = open()) {
      assertThat(index.count()).isEqualTo(chain.size());
    }
  }

  @Test
  void headers_areThoseBetweenBlocks() throws IOException {
    List<Block> chain = makeChain();
    List<Bytes> headers = chain.stream().map(Block::encodedHeader).toList();
    try (ChainIndex index = open()) {
      for (int start = 0; start < BLOCKS; start++) {
        for (int last = start + 1; last <= BLOCKS; last++) {
          assertThat(between(index, start, last)).isEqualTo(headers.subList(start + 1, last + 1));
        }
      }
    }
  }

  /** And the next start builds it anew, which is what the message promises. */
  @Test
  void damagedHeader_putsTheIndexOutOfUse() throws IOException {
    List<Block> chain = makeChain();
    byte[] headers = Files.readAllBytes(file("headers"));
    headers[2 * (BlockHeader.BYTES + Integer.BYTES) + 100] ^= 1;
    Files.write(file("headers"), headers);
    try (ChainIndex index = open()) {
      assertThat(between(index, 2, BLOCKS)).hasSize(BLOCKS - 2);
      assertThatThrownBy(() -> between(index, 1, BLOCKS))
          .isInstanceOf(BlockStoreException.class)
          .hasMessageContaining("record 2 is damaged");
      requireOutOfUse(index, chain);
    }
    try (ChainIndex index = open()) {
      assertThat(index.count()).isZero();
    }
  }

  @Test
  void headerOfAnotherBlock_isToldNobody() throws IOException {
    List<Block> chain = makeChain();
    try (Records records = FileRecords.open(file("headers"), BlockHeader.BYTES)) {
      records.write(3, ByteBuffer.wrap(records.read(4, 1)));
    }
    for (int start = 0; start < 3; start++) {
      for (int last = 3; last <= BLOCKS; last++) {
        requireNotLinked(chain, start, last);
      }
    }
  }

  /** As when a reorganisation has failed halfway: it begins with the new tip. */
  @Test
  void headersOfTwoBranches_areToldNobody() throws IOException {
    List<Block> blocks = makeChain();
    blocks.add(blockOn(blocks.get(1), 2));
    blocks.add(blockOn(blocks.getLast(), 2));
    int newTip = blocks.size() - 1;
    try (ChainIndex index = open()) {
      BlockTree tree = new BlockTree(RULES, index);
      for (Block side : blocks.subList(newTip - 1, newTip + 1)) {
        tree.reserve(side);
        tree.add(side, tree.find(side.parent()), 99);
      }
      index.putIntoMainChain(index.block(newTip));
    }
    requireNotLinked(blocks, 2, newTip);
    requireNotLinked(blocks, 0, newTip);
    requireNotLinked(blocks, 0, newTip - 1);
    requireNotLinked(blocks, 0, 3);
    requireNotLinked(blocks, 2, BLOCKS);
  }

  private void requireNotLinked(List<Block> blocks, int start, int last) throws IOException {
    byte[] whole = Files.readAllBytes(file("state"));
    try (ChainIndex index = open()) {
      assertThatThrownBy(() -> between(index, start, last))
          .as("from %s to %s", start, last)
          .isInstanceOf(BlockStoreException.class)
          .hasMessageContaining("before block " + blocks.get(last).id() + " are not its own");
      requireOutOfUse(index, blocks);
    }
    Files.write(file("state"), whole);
  }

  private static List<Bytes> between(ChainIndex index, int start, int last) throws IOException {
    return index.headersBetween(index.block(start), index.block(last));
  }

  @Test
  void room_isMadeForTheHeaderToo() throws IOException {
    List<Block> chain = makeChain();
    Block next = blockOn(chain.getLast(), 1);
    try (ChainIndex index = open()) {
      long before = Files.size(file("headers"));
      index.reserve(next);
      assertThat(Files.size(file("headers"))).isEqualTo(before + BlockHeader.BYTES + Integer.BYTES);
      assertThat(index.count()).isEqualTo(chain.size());
    }
  }

  /** Its branch may win, long after the tip was looked at. */
  @Test
  void headerThatIsMissingBehindTheTips_showsWhenTheIndexIsOpened() throws IOException {
    List<Block> chain = makeChain();
    try (ChainIndex index = open()) {
      BlockTree tree = new BlockTree(RULES, index);
      Block side = blockOn(GENESIS, 2);
      tree.reserve(side);
      tree.add(side, tree.find(GENESIS.id()), 99);
    }
    byte[] headers = Files.readAllBytes(file("headers"));
    Files.write(
        file("headers"),
        Arrays.copyOf(headers, chain.size() * (BlockHeader.BYTES + Integer.BYTES)));
    try (ChainIndex index = open()) {
      assertThat(index.count()).isZero();
    }
  }

  private static void requireOutOfUse(ChainIndex index, List<Block> chain) {
    assertThatThrownBy(() -> index.reserve(blockOn(chain.getLast(), 1)))
        .isInstanceOf(BlockStoreException.class)
        .hasMessageContaining("started again, the node builds it anew");
  }

  /** A chain of {@link #BLOCKS} blocks behind the genesis, in an index that was closed. */
  private List<Block> makeChain() throws IOException {
    List<Block> chain = new ArrayList<>(List.of(GENESIS));
    while (chain.size() <= BLOCKS) {
      chain.add(blockOn(chain.getLast(), 1));
    }
    try (ChainIndex index = open()) {
      refill(index, chain);
    }
    return chain;
  }

  private static void refill(ChainIndex index, List<Block> chain) throws IOException {
    BlockTree tree = new BlockTree(RULES, index);
    for (Block block : chain.subList(1, chain.size())) {
      tree.reserve(block);
      tree.add(block, tree.tip(), block.height());
    }
  }

  private ChainIndex open() throws IOException {
    return ChainIndex.open(dataDir, GENESIS.id());
  }

  private Path file(String name) {
    return dataDir.resolve(ChainIndex.DIRECTORY).resolve(name);
  }
}
