package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTreeTest {
  @TempDir Path dataDir;
  private BlockTree tree;

  @BeforeEach
  void openTree() throws IOException {
    tree = new BlockTree(RULES, ChainIndex.inMemory(GENESIS.id()));
  }

  @Test
  void branch_includesWhatItsBlocksDo() throws IOException {
    Block root = blockOn(GENESIS, 1, transaction(1));
    Block main = blockOn(root, 1, transaction(2));
    Block side = blockOn(root, 2, transaction(3));
    add(root);
    add(main);
    add(side);

    BlockTree.Branch toSide = tree.branchTo(tree.find(side.id()));
    assertThat(toSide.includes(transaction(1).id())).isTrue();
    assertThat(toSide.includes(transaction(2).id())).isFalse();
    assertThat(toSide.includes(transaction(3).id())).isTrue();
    BlockTree.Branch toRoot = tree.branchTo(tree.find(root.id()));
    assertThat(toRoot.includes(transaction(1).id())).isTrue();
    assertThat(toRoot.includes(transaction(2).id())).isFalse();
    assertThat(tree.isInMainChain(transaction(2).id())).isTrue();
    assertThat(tree.isInMainChain(transaction(3).id())).isFalse();
  }

  @Test
  void change_namesTheAbandonedOldestFirst() throws IOException {
    Block first = blockOn(GENESIS, 1);
    Block second = blockOn(first, 1);
    Block side = blockOn(GENESIS, 2);
    Block sideNext = blockOn(side, 2);
    Block sideTip = blockOn(sideNext, 2);
    for (Block block : new Block[] {first, second, side, sideNext}) {
      add(block);
    }
    assertThat(tree.tip().id()).isEqualTo(second.id());

    BlockTree.Change change = add(sideTip);
    assertThat(change.movedTip()).isTrue();
    assertThat(change.abandonedBlocks()).isEqualTo(2);
    assertThat(change.abandoned())
        .extracting(IndexedBlock::id)
        .containsExactly(first.id(), second.id());
    assertThat(tree.tip().id()).isEqualTo(sideTip.id());
  }

  /**
   * Against a model that walks and keeps everything: random trees, with forks near the tip, long
   * side branches and transactions that many branches include, over an index that is closed and
   * opened at random.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomTree_isWhatTheModelSays(long seed) throws IOException {
    Random random = new Random(seed);
    Model model = new Model();
    ChainIndex index = ChainIndex.open(dataDir, GENESIS.id());
    tree = new BlockTree(RULES, index);
    List<Block> blocks = new ArrayList<>(List.of(GENESIS));
    for (int i = 0; i < 400; i++) {
      // On the newest, on a recent one, or anywhere: branches grow, compete and lie idle.
      int back = random.nextInt(10) < 6 ? 1 : random.nextInt(random.nextBoolean() ? 8 : i + 1) + 1;
      Block parent = blocks.get(Math.max(0, blocks.size() - back));
      Block block = blockOn(parent, i, model.freshFor(parent, random));
      blocks.add(block);
      BlockTree.Change change = add(block);
      model.add(block, change);

      assertThat(tree.tip().id()).isEqualTo(model.tip.id());
      Block last = blocks.get(random.nextInt(blocks.size()));
      BlockTree.Branch branch = tree.branchTo(tree.find(last.id()));
      for (int salt = 0; salt < Model.SALTS; salt++) {
        MessageId id = transaction(salt).id();
        assertThat(branch.includes(id)).isEqualTo(model.included(last).contains(id));
        assertThat(tree.isInMainChain(id)).isEqualTo(model.included(model.tip).contains(id));
      }
      if (random.nextInt(20) == 0) {
        index.close();
        index = ChainIndex.open(dataDir, GENESIS.id());
        tree = new BlockTree(RULES, index);
        assertThat(index.count()).isEqualTo(blocks.size());
      }
    }
    index.close();
  }

  /** A side branch as long as that costs no more to walk than a short one, nor to adopt. */
  @Test
  void longSideBranch_isJudgedAndAdopted() throws IOException {
    Block main = GENESIS;
    Block side = GENESIS;
    List<Block> mainBlocks = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      main = blockOn(main, 1, transaction(i));
      mainBlocks.add(main);
      add(main);
    }
    for (int i = 0; i < 5000; i++) {
      side = blockOn(side, 2, transaction(-1 - i));
      add(side);
    }
    BlockTree.Branch branch = tree.branchTo(tree.find(side.id()));
    assertThat(branch.includes(transaction(-1).id())).isTrue();
    assertThat(branch.includes(transaction(-5000).id())).isTrue();
    assertThat(branch.includes(transaction(0).id())).isFalse();

    BlockTree.Change change = add(blockOn(side, 2));
    assertThat(change.abandonedBlocks()).isEqualTo(5000);
    assertThat(change.abandoned())
        .hasSize(BlockTree.MAX_NAMED)
        .last()
        .extracting(IndexedBlock::id)
        .isEqualTo(mainBlocks.getLast().id());
    assertThat(tree.isInMainChain(transaction(-1).id())).isTrue();
    assertThat(tree.isInMainChain(transaction(4999).id())).isFalse();
  }

  private BlockTree.Change add(Block block) throws IOException {
    tree.reserve(block);
    return tree.add(block, tree.find(block.parent()), block.height());
  }

  /** The tree as one would write it without thinking of its size. */
  private static final class Model {
    static final int SALTS = 12;

    private final Map<MessageId, Block> blocks = new HashMap<>(Map.of(GENESIS.id(), GENESIS));
    Block tip = GENESIS;

    Set<MessageId> included(Block last) {
      Set<MessageId> ids = new HashSet<>();
      path(last).values().forEach(b -> b.transactions().forEach(t -> ids.add(t.id())));
      return ids;
    }

    private Map<MessageId, Block> path(Block last) {
      Map<MessageId, Block> path = new LinkedHashMap<>();
      for (Block at = last; at != null; at = blocks.get(at.parent())) {
        path.put(at.id(), at);
      }
      return path;
    }

    Transaction[] freshFor(Block parent, Random random) {
      Set<MessageId> there = included(parent);
      return random
          .ints(0, SALTS)
          .limit(2)
          .distinct()
          .mapToObj(TestBlocks::transaction)
          .filter(transaction -> !there.contains(transaction.id()))
          .toArray(Transaction[]::new);
    }

    void add(Block block, BlockTree.Change change) {
      blocks.put(block.id(), block);
      boolean moves = block.height() > tip.height();
      assertThat(change.movedTip()).isEqualTo(moves);
      if (moves) {
        Set<MessageId> kept = path(block).keySet();
        List<MessageId> left = new ArrayList<>(path(tip).keySet().stream().toList().reversed());
        left.removeAll(kept);
        assertThat(change.abandonedBlocks()).isEqualTo(left.size());
        assertThat(change.abandoned()).extracting(IndexedBlock::id).isEqualTo(left);
        tip = block;
      }
    }
  }
}
