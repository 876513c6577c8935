package dev.waggle.chain;

import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges blocks against the tree of those that are there, by the rules of CHAIN §5 in their order.
 * The cheap checks come first: nothing is parsed, and no signature checked, that has not cost its
 * maker the work. Changes nothing.
 *
 * <p>Whether a block is rejected must follow from its bytes, its ancestors and the rules only:
 * other nodes, whose clocks and branches differ, are charged for what they have accepted.
 */
final class BlockValidator {
  /** For blocks that were judged by the clock before. */
  static final long ANY_TIME = Long.MAX_VALUE;

  private static final Refused KNOWN = new Refused(new Verdict.Ignore("the block is known"));

  private final BlockTree tree;

  BlockValidator(BlockTree tree) {
    this.tree = tree;
  }

  /**
   * Judges a block.
   *
   * @param examine says what it tells without the chain; asked if it is not known
   * @param latestMillis the latest time that it may bear
   * @throws IOException if the index cannot be read
   */
  Judgement judge(MessageId id, Supplier<Finding> examine, long latestMillis) throws IOException {
    if (tree.find(id) != null) {
      return KNOWN;
    }
    return switch (examine.get()) {
      case Finding.SoundBlock(Block block) -> judge(block, latestMillis);
      case Finding.Flawed(String why) -> reject(why);
      case Finding.SoundTransaction _ -> throw new IllegalArgumentException("no block: " + id);
    };
  }

  private Judgement judge(Block block, long latestMillis) throws IOException {
    Refused early = tooEarly(Place.of(block.header()), latestMillis);
    if (early != null) {
      return early;
    }
    IndexedBlock parent = tree.find(block.parent());
    if (parent == null) {
      return new Refused(new Verdict.Await(block.parent()));
    }
    String misfit = Place.of(block.header()).misfitTo(Place.of(parent));
    return misfit != null ? reject(misfit) : judgeTransactions(block, parent);
  }

  /**
   * Judges a block by its header: as the block itself would be, whatever is in it.
   *
   * @param examination what {@link Examiner#examineHeader} has said
   * @return {@link Verdict.Accept} if nothing speaks against it yet
   * @throws IOException if the index cannot be read
   */
  Verdict judgeHeader(MessageId id, Examination examination, long latestMillis) throws IOException {
    if (tree.find(id) != null) {
      return KNOWN.verdict();
    }
    if (examination instanceof Finding.Flawed(String why)) {
      return reject(why).verdict();
    }
    if (!(examination instanceof Examiner.SoundHeader(BlockHeader header))) {
      throw new IllegalArgumentException("no header was examined: " + id);
    }
    Refused early = tooEarly(Place.of(header), latestMillis);
    if (early != null) {
      return early.verdict();
    }
    IndexedBlock parent = tree.find(header.parent());
    if (parent == null) {
      return new Verdict.Await(header.parent());
    }
    return judge(Place.of(header), Place.of(parent));
  }

  private static Verdict judge(Place header, Place parent) {
    String misfit = header.misfitTo(parent);
    return misfit != null ? reject(misfit).verdict() : new Verdict.Accept();
  }

  /**
   * Judges headers in a row by what they follow, see {@link
   * dev.waggle.ports.gossip.HeaderChain#validateHeaders}.
   *
   * @param headers what {@link Examiner#examineHeaders} has said, and so {@code before}
   * @throws IOException if the index cannot be read
   */
  Verdict judgeHeaders(
      MessageId after, @Nullable Examination before, Examination headers, long latestMillis)
      throws IOException {
    if (headers instanceof Finding.Flawed(String why)) {
      return reject(why).verdict();
    }
    if (!(headers instanceof HeaderStretch stretch) || !stretch.after().equals(after)) {
      throw new IllegalArgumentException("no headers behind " + after + " were examined");
    }
    Refused early = tooEarly(stretch.last(), latestMillis);
    if (early != null) {
      return early.verdict();
    }
    Place place = before == null ? placeOf(after) : lastPlace(after, before);
    return place == null ? new Verdict.Await(after) : judge(stretch.first(), place);
  }

  private @Nullable Place placeOf(MessageId accepted) throws IOException {
    IndexedBlock block = tree.find(accepted);
    return block == null ? null : Place.of(block);
  }

  private static Place lastPlace(MessageId after, Examination before) {
    if (!(before instanceof HeaderStretch stretch) || !stretch.lastId().equals(after)) {
      throw new IllegalArgumentException("no headers up to " + after + " were examined");
    }
    return stretch.last();
  }

  private static @Nullable Refused tooEarly(Place place, long latestMillis) {
    if (place.timeMillis() <= latestMillis) {
      return null;
    }
    // Clocks differ: whoever passed it on may have been right to accept it.
    return new Refused(
        new Verdict.NotYet(
            "the block's time is too far in the future",
            Duration.ofMillis(place.timeMillis() - latestMillis)));
  }

  private Judgement judgeTransactions(Block block, IndexedBlock parent) throws IOException {
    BlockTree.Branch branch = tree.branchTo(parent);
    for (Transaction transaction : block.transactions()) {
      if (branch.includes(transaction.id())) {
        return reject("transaction " + transaction.id() + " is in the chain already");
      }
    }
    return new Valid(block, parent);
  }

  private static Refused reject(String why) {
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
