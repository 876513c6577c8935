package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All blocks that a node keeps, as a tree that grows from the genesis, and which of its branches is
 * the main chain: the one with the most work, and of equals the one that was there first (CHAIN
 * §6).
 *
 * <p>Bodies lie in the block store, and the facts that decide in the index; nothing here grows with
 * them. Owned by one thread.
 *
 * <p>Side branches may be long. Each block knows its parent and one ancestor further back, chosen
 * so that every ancestor is O(log n) steps away (Myers, "An applicative random-access stack",
 * 1983): a block jumps as far as its parent's jump and the one behind that together, if those are
 * of the same length, and else to its parent.
 */
final class BlockTree {
  /**
   * So many of the blocks that a reorganisation abandons are named, the newest ones: whatever they
   * hold is more than the mempool takes.
   */
  static final int MAX_NAMED = 4096;

  private final ChainIndex index;
  private final long workPerBlock;
  private IndexedBlock tip;

  /** Takes up what the index holds; an empty one gets the genesis. */
  BlockTree(ChainRules rules, ChainIndex index) throws IOException {
    this.index = index;
    workPerBlock = rules.workPerBlock();
    if (index.count() == 0) {
      addGenesis(rules.genesis());
    }
    tip = index.tip();
  }

  private void addGenesis(Block genesis) throws IOException {
    IndexedBlock root =
        new IndexedBlock(
            0, genesis.id(), 0, 0, 0, genesis.timeMillis(), IndexedBlock.NOT_STORED, 0);
    index.reserve(genesis);
    index.add(root, genesis);
    index.putIntoMainChain(root);
    index.moveTipTo(root);
  }

  @Nullable IndexedBlock find(MessageId blockId) throws IOException {
    return index.find(blockId);
  }

  IndexedBlock tip() {
    return tip;
  }

  /** The work of the main chain. */
  long totalWork() {
    return tip.height() * workPerBlock;
  }

  /** Whether a block of the main chain includes this transaction. */
  boolean isInMainChain(MessageId transactionId) throws IOException {
    return index.anyInclusion(transactionId, this::isMain);
  }

  private boolean isMain(long number, long height) throws IOException {
    return height <= tip.height() && index.mainChainAt(height) == number;
  }

  /** Whether a block is one of the main chain. */
  boolean isMain(IndexedBlock block) throws IOException {
    return isMain(block.number(), block.height());
  }

  /** The block of the main chain at a height that it has. */
  IndexedBlock mainBlockAt(long height) throws IOException {
    return index.block(index.mainChainAt(height));
  }

  /**
   * The encoded headers of the main chain behind one of its blocks, in their order.
   *
   * @param last whose header is the last of them: of the main chain, and higher than {@code start}
   */
  List<Bytes> headersBetween(IndexedBlock start, IndexedBlock last) throws IOException {
    return index.headersBetween(start, last);
  }

  /** The branch that ends with {@code last}. */
  Branch branchTo(IndexedBlock last) throws IOException {
    IndexedBlock at = last;
    while (!isMain(at)) {
      IndexedBlock jump = index.block(at.jump());
      at = isMain(jump) ? index.block(at.parent()) : jump;
    }
    return new Branch(at.height(), last);
  }

  private IndexedBlock ancestor(IndexedBlock of, long height) throws IOException {
    IndexedBlock at = of;
    while (at.height() > height) {
      IndexedBlock jump = index.block(at.jump());
      at = jump.height() >= height ? jump : index.block(at.parent());
    }
    return at;
  }

  /** Makes room for a block: if that fails, nothing has changed. */
  void reserve(Block block) throws IOException {
    index.reserve(block);
  }

  /**
   * Adds a block that is valid on top of {@code parent}, and for which room was made.
   *
   * @param position where the store keeps it
   */
  Change add(Block block, IndexedBlock parent, long position) throws IOException {
    IndexedBlock added =
        new IndexedBlock(
            index.count(),
            block.id(),
            parent.number(),
            jumpFrom(parent),
            block.height(),
            block.timeMillis(),
            position,
            block.transactions().size());
    index.add(added, block);
    // All blocks cost the same work, so the longest branch is the one with the most.
    return added.height() > tip.height() ? moveTipTo(added) : new Change(false, 0, List.of());
  }

  private long jumpFrom(IndexedBlock parent) throws IOException {
    IndexedBlock first = index.block(parent.jump());
    IndexedBlock second = index.block(first.jump());
    return parent.height() - first.height() == first.height() - second.height()
        ? second.number()
        : parent.number();
  }

  /** Makes the branch of {@code newTip} the main chain. */
  private Change moveTipTo(IndexedBlock newTip) throws IOException {
    long forkHeight = branchTo(newTip).forkHeight;
    List<IndexedBlock> abandoned = new ArrayList<>();
    IndexedBlock old = tip;
    while (old.height() > forkHeight && abandoned.size() < MAX_NAMED) {
      abandoned.add(old);
      old = index.block(old.parent());
    }
    IndexedBlock at = newTip;
    while (at.height() > forkHeight) {
      index.putIntoMainChain(at);
      at = index.block(at.parent());
    }
    long abandonedBlocks = tip.height() - forkHeight;
    index.moveTipTo(newTip);
    tip = newTip;
    return new Change(true, abandonedBlocks, abandoned.reversed());
  }

  /**
   * What adding a block did to the main chain.
   *
   * @param abandonedBlocks how many blocks left it
   * @param abandoned those blocks, oldest first; of many the newest {@link #MAX_NAMED}
   */
  record Change(boolean movedTip, long abandonedBlocks, List<IndexedBlock> abandoned) {}

  /** The blocks from the genesis to some block. Valid until the tree changes. */
  final class Branch {
    private final long forkHeight;
    private final IndexedBlock last;

    /** The main chain up to {@code forkHeight}, then the ancestors of {@code last}, and it. */
    private Branch(long forkHeight, IndexedBlock last) {
      this.forkHeight = forkHeight;
      this.last = last;
    }

    boolean includes(MessageId transactionId) throws IOException {
      return index.anyInclusion(transactionId, this::isOnIt);
    }

    private boolean isOnIt(long number, long height) throws IOException {
      if (height <= forkHeight) {
        return index.mainChainAt(height) == number;
      }
      return height <= last.height() && ancestor(last, height).number() == number;
    }
  }
}
