package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the blocks of this chain follow each other: the verdicts on headers in a row (CHAIN §5), and
 * what others are told of the main chain (§8). Where the index cannot be read, nobody is at fault,
 * and others are told nothing.
 */
final class ChainHeaders implements HeaderChain {
  /** Blocks at the tip that a locator names one by one: most forks are shorter. */
  static final int DENSE = 10;

  private final Examiner examiner;
  private final BlockValidator validator;
  private final BlockTree tree;
  private final MessageId genesis;
  private final InstantSource clock;
  private final StoreHealth health;

  ChainHeaders(
      Examiner examiner,
      BlockValidator validator,
      BlockTree tree,
      MessageId genesis,
      InstantSource clock,
      StoreHealth health) {
    this.examiner = examiner;
    this.validator = validator;
    this.tree = tree;
    this.genesis = genesis;
    this.clock = clock;
    this.health = health;
  }

  /** {@inheritDoc} Where the index cannot be read: the tip, what could be read, the genesis. */
  @Override
  public List<MessageId> locator() {
    IndexedBlock tip = tree.tip();
    List<MessageId> locator = new ArrayList<>();
    try {
      for (long height : locatorHeights(tip.height())) {
        locator.add(height == tip.height() ? tip.id() : tree.mainBlockAt(height).id());
      }
    } catch (IOException e) {
      health.failed(e);
    }
    locator.add(genesis);
    return locator;
  }

  /**
   * Heights of the blocks that a locator names before the genesis: the tip, so many more one by
   * one, and then each twice as far from the one before it.
   */
  static List<Long> locatorHeights(long tip) {
    List<Long> heights = new ArrayList<>();
    long step = 1;
    for (long height = tip; height > 0 && heights.size() < MAX_LOCATOR - 1; height -= step) {
      heights.add(height);
      if (heights.size() >= DENSE) {
        step *= 2;
      }
    }
    return heights;
  }

  @Override
  public boolean isOnChain(MessageId id) {
    try {
      return findOnChain(id) != null;
    } catch (IOException e) {
      health.failed(e);
      return false;
    }
  }

  private @Nullable IndexedBlock findOnChain(MessageId id) throws IOException {
    IndexedBlock block = tree.find(id);
    return block != null && tree.isMain(block) ? block : null;
  }

  @Override
  public @Nullable Stretch after(MessageId block, int max) {
    if (max < 0 || max > WireMessage.MAX_HEADERS) {
      throw new IllegalArgumentException("so many headers are not told at once: " + max);
    }
    try {
      IndexedBlock start = findOnChain(block);
      return start == null ? null : behind(start, max);
    } catch (IOException e) {
      health.failed(e);
      return null;
    }
  }

  private Stretch behind(IndexedBlock start, int max) throws IOException {
    long further = tree.tip().height() - start.height();
    int count = (int) Math.min(max, further);
    if (count == 0) {
      return new Stretch(List.of(), start.id(), further);
    }
    IndexedBlock last = tree.mainBlockAt(start.height() + count);
    return new Stretch(tree.headersBetween(start, last), last.id(), further - count);
  }

  @Override
  public Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> headers) {
    return examiner.examineHeaders(after, ids, headers);
  }

  @Override
  public Verdict validateHeaders(
      MessageId after, @Nullable Examination before, Examination headers) {
    try {
      return validator.judgeHeaders(after, before, headers, ChainRules.latestMillis(clock));
    } catch (IOException e) {
      health.failed(e);
      return new Verdict.Ignore("the chain cannot be read");
    }
  }
}
