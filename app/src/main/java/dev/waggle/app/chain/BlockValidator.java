package dev.waggle.app.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.time.Duration;

/**
 * Judges blocks against the rules and the tree of those that are there. The cheap checks come
 * first: nothing is parsed that has not cost its maker the work. Changes nothing. What needs the
 * tree is the node thread's.
 */
final class BlockValidator {
  /** For blocks that were judged by the clock before. */
  static final long ANY_TIME = Long.MAX_VALUE;

  private final ChainRules rules;
  private final BlockTree tree;

  BlockValidator(ChainRules rules, BlockTree tree) {
    this.rules = rules;
    this.tree = tree;
  }

  /** What a block tells without the chain. Called by any thread. */
  Finding examine(MessageId id, Bytes payload) {
    if (!rules.isProvenBy(id)) {
      return new Finding.Flawed(
          "its hash does not start with " + rules.difficultyBits() + " zero bits");
    }
    try {
      Block block = Block.decode(id, payload);
      return block.height() == 0
          ? new Finding.Flawed("it is another network's genesis")
          : new Finding.SoundBlock(block);
    } catch (MalformedMessage e) {
      return new Finding.Flawed("malformed block: " + e.getMessage());
    }
  }

  /**
   * Judges a block.
   *
   * @param id the hash of {@code payload}, computed by the caller
   * @param examination what {@link #examine} has said, or anything else if it was not asked
   * @param latestMillis the latest time that it may bear
   * @throws IOException if the index cannot be read
   */
  Judgement judge(MessageId id, Bytes payload, Examination examination, long latestMillis)
      throws IOException {
    if (tree.find(id) != null) {
      return new Refused(new Verdict.Ignore("the block is known"));
    }
    Finding finding = examination instanceof Finding examined ? examined : examine(id, payload);
    return switch (finding) {
      case Finding.SoundBlock(Block block) -> judge(block, latestMillis);
      case Finding.Flawed(String why) -> reject(why);
      case Finding.SoundTransaction _ -> throw new IllegalArgumentException("no block: " + id);
    };
  }

  private Judgement judge(Block block, long latestMillis) throws IOException {
    if (block.timeMillis() > latestMillis) {
      // Clocks differ: whoever passed it on may have been right to accept it.
      return new Refused(
          new Verdict.NotYet(
              "the block's time is too far in the future",
              Duration.ofMillis(block.timeMillis() - latestMillis)));
    }
    IndexedBlock parent = tree.find(block.parent());
    return parent == null
        ? new Refused(new Verdict.Await(block.parent()))
        : judgeOnParent(block, parent);
  }

  private Judgement judgeOnParent(Block block, IndexedBlock parent) throws IOException {
    if (block.height() != parent.height() + 1) {
      return reject("height " + block.height() + " does not follow " + parent.height());
    }
    if (block.timeMillis() < parent.timeMillis()) {
      return reject("its time lies before its parent's");
    }
    BlockTree.Branch branch = tree.branchTo(parent);
    for (Transaction transaction : block.transactions()) {
      if (branch.includes(transaction.id())) {
        return reject("transaction " + transaction.id() + " is in the chain already");
      }
    }
    return new Valid(block, parent);
  }

  private static Judgement reject(String why) {
    return new Refused(new Verdict.Reject(why));
  }

  /** What becomes of a block. */
  sealed interface Judgement {}

  /** It may be added on top of {@code parent}. */
  record Valid(Block block, IndexedBlock parent) implements Judgement {}

  /**
   * It may not be added, at least not now.
   *
   * @param verdict anything but {@link Verdict.Accept}
   */
  record Refused(Verdict verdict) implements Judgement {}
}
