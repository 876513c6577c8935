package dev.waggle.app.chain;

import static dev.waggle.app.chain.TestBlocks.GENESIS;
import static dev.waggle.app.chain.TestBlocks.RULES;
import static dev.waggle.app.chain.TestBlocks.blockOn;
import static dev.waggle.app.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.app.chain.BlockValidator.Judgement;
import dev.waggle.app.chain.BlockValidator.Refused;
import dev.waggle.app.chain.BlockValidator.Valid;
import dev.waggle.ports.gossip.Verdict;
import org.junit.jupiter.api.Test;

class BlockTreeTest {
  @Test
  void fullTree_takesNoMoreBlocks() {
    BlockTree tree = new BlockTree(RULES, 4);
    add(tree, blockOn(GENESIS, 1, transaction(1), transaction(2)));

    assertThat(judge(tree, blockOn(GENESIS, 2))).isInstanceOf(Valid.class);
    assertThat(judge(tree, blockOn(GENESIS, 2, transaction(3))))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.verdict()).isInstanceOf(Verdict.Ignore.class));
  }

  @Test
  void branch_includesWhatItsBlocksDo() {
    BlockTree tree = new BlockTree(RULES);
    Block root = blockOn(GENESIS, 1, transaction(1));
    Block main = blockOn(root, 1, transaction(2));
    Block side = blockOn(root, 2, transaction(3));
    add(tree, root);
    add(tree, main);
    add(tree, side);

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
  void change_namesTheAbandonedOldestFirst() {
    BlockTree tree = new BlockTree(RULES);
    Block first = blockOn(GENESIS, 1);
    Block second = blockOn(first, 1);
    Block side = blockOn(GENESIS, 2);
    Block sideNext = blockOn(side, 2);
    Block sideTip = blockOn(sideNext, 2);
    for (Block block : new Block[] {first, second, side, sideNext}) {
      add(tree, block);
    }
    assertThat(tree.tip().id).isEqualTo(second.id());

    BlockTree.Change change = add(tree, sideTip);
    assertThat(change.movedTip()).isTrue();
    assertThat(change.abandoned())
        .extracting(node -> node.id)
        .containsExactly(first.id(), second.id());
    assertThat(tree.tip().id).isEqualTo(sideTip.id());
  }

  private static BlockTree.Change add(BlockTree tree, Block block) {
    return tree.add(block, tree.find(block.parent()), 0);
  }

  private static Judgement judge(BlockTree tree, Block block) {
    return new BlockValidator(RULES, tree)
        .judge(block.id(), block.payload(), BlockValidator.ANY_TIME);
  }
}
