package dev.waggle.app.chain;

import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All blocks that a node keeps, as a tree that grows from the genesis, and which of its branches is
 * the main chain: the one with the most work, and of equals the one that was there first.
 *
 * <p>Bodies lie in the block store; here are the facts that decide. Owned by one thread.
 */
final class BlockTree {
  /**
   * Blocks and transactions that the indexes name at most, some 200 MiB of heap. A node that has so
   * many takes no more blocks.
   */
  static final int MAX_IDS = 1 << 20;

  private final Map<MessageId, Node> nodes = new HashMap<>();

  /** Which blocks include a transaction: one on each branch at most. */
  private final Map<MessageId, List<Node>> inclusions = new HashMap<>();

  /** The main chain by height, from the genesis to the tip. */
  private final List<Node> mainChain = new ArrayList<>();

  private final long workPerBlock;
  private final int maxIds;
  private int ids;

  BlockTree(ChainRules rules) {
    this(rules, MAX_IDS);
  }

  BlockTree(ChainRules rules, int maxIds) {
    this.maxIds = maxIds;
    Block genesis = rules.genesis();
    Node root = new Node(genesis.id(), null, 0, genesis.timeMillis(), 0, Node.NOT_STORED, 0);
    workPerBlock = rules.workPerBlock();
    nodes.put(root.id, root);
    mainChain.add(root);
  }

  @Nullable Node find(MessageId blockId) {
    return nodes.get(blockId);
  }

  Node tip() {
    return mainChain.getLast();
  }

  boolean hasRoomFor(Block block) {
    return ids + 1 + block.transactions().size() <= maxIds;
  }

  /** Whether a block of the main chain includes this transaction. */
  boolean isInMainChain(MessageId transactionId) {
    return inclusions.getOrDefault(transactionId, List.of()).stream().anyMatch(this::isMain);
  }

  /** The branch that ends with {@code last}. */
  Branch branchTo(Node last) {
    Set<Node> side = new HashSet<>();
    Node at = last;
    while (!isMain(at)) {
      side.add(at);
      at = at.parent();
    }
    return new Branch(at.height, side);
  }

  /**
   * Adds a block that is valid on top of {@code parent}.
   *
   * @param position where the store keeps it
   */
  Change add(Block block, Node parent, long position) {
    int transactions = block.transactions().size();
    Node node =
        new Node(
            block.id(),
            parent,
            block.height(),
            block.timeMillis(),
            parent.totalWork + workPerBlock,
            position,
            transactions);
    nodes.put(node.id, node);
    for (Transaction transaction : block.transactions()) {
      inclusions.merge(transaction.id(), List.of(node), BlockTree::joined);
    }
    ids += 1 + transactions;
    return node.totalWork > tip().totalWork
        ? new Change(true, moveTipTo(node))
        : new Change(false, List.of());
  }

  /** Makes the branch of {@code newTip} the main chain; returns what left it, oldest first. */
  private List<Node> moveTipTo(Node newTip) {
    List<Node> adopted = new ArrayList<>();
    Node at = newTip;
    while (!isMain(at)) {
      adopted.add(at);
      at = at.parent();
    }
    List<Node> afterFork = mainChain.subList((int) at.height + 1, mainChain.size());
    List<Node> abandoned = List.copyOf(afterFork);
    afterFork.clear();
    mainChain.addAll(adopted.reversed());
    return abandoned;
  }

  private boolean isMain(Node node) {
    return node.height < mainChain.size() && mainChain.get((int) node.height) == node;
  }

  private static List<Node> joined(List<Node> one, List<Node> other) {
    List<Node> all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  /**
   * What adding a block did to the main chain.
   *
   * @param abandoned the blocks that left it, oldest first
   */
  record Change(boolean movedTip, List<Node> abandoned) {}

  /** The blocks from the genesis to some block. Valid until the tree changes. */
  final class Branch {
    private final long forkHeight;
    private final Set<Node> side;

    /** The main chain up to {@code forkHeight}, then the blocks of {@code side}. */
    private Branch(long forkHeight, Set<Node> side) {
      this.forkHeight = forkHeight;
      this.side = side;
    }

    boolean includes(MessageId transactionId) {
      return inclusions.getOrDefault(transactionId, List.of()).stream()
          .anyMatch(node -> side.contains(node) || (node.height <= forkHeight && isMain(node)));
    }
  }

  /** What stays in memory of a block: its place in the tree, and where its body is. */
  static final class Node {
    static final long NOT_STORED = -1;

    final MessageId id;
    final long height;
    final long timeMillis;

    /** Of the branch that ends here. */
    final long totalWork;

    /** In the block store; the genesis is {@link #NOT_STORED}. */
    final long position;

    final int transactions;
    private final @Nullable Node parent;

    private Node(
        MessageId id,
        @Nullable Node parent,
        long height,
        long timeMillis,
        long totalWork,
        long position,
        int transactions) {
      this.id = id;
      this.parent = parent;
      this.height = height;
      this.timeMillis = timeMillis;
      this.totalWork = totalWork;
      this.position = position;
      this.transactions = transactions;
    }

    /** Not to be asked of the genesis, which is on every chain. */
    private Node parent() {
      return Objects.requireNonNull(parent);
    }
  }
}
