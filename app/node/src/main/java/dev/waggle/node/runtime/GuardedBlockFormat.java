package dev.waggle.node.runtime;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's format of blocks as the node sees it. Where it throws, that costs it the block,
 * and nothing else.
 */
final class GuardedBlockFormat implements BlockFormat {
  private static final Logger log = LoggerFactory.getLogger(GuardedBlockFormat.class);

  private final BlockFormat inner;

  GuardedBlockFormat(BlockFormat inner) {
    this.inner = inner;
  }

  /** A block whose parts break the bounds of a message that carries them is of one piece. */
  @Override
  public @Nullable BlockParts split(Bytes payload) {
    try {
      BlockParts parts = inner.split(payload);
      return parts == null || isWithinBounds(parts) ? parts : null;
    } catch (RuntimeException e) {
      log.error("the application could not take a block apart; it is one piece", e);
      return null;
    }
  }

  private static boolean isWithinBounds(BlockParts parts) {
    int headerBytes = parts.header().length();
    return headerBytes >= 1
        && headerBytes <= WireMessage.MAX_HEADER_BYTES
        && parts.proof().length() <= WireMessage.MAX_PROOF_BYTES
        && parts.items().size() <= WireMessage.MAX_ITEMS;
  }

  /** What this throws is the concern of {@link Reconstructions}, which has no other answer. */
  @Override
  public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
    return inner.join(header, proof, items);
  }

  @Override
  public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
    try {
      return inner.examineHeader(id, header, proof, items);
    } catch (RuntimeException e) {
      log.error("the application could not examine the header of {}; it is ignored", id, e);
      return GuardedApplication.FAILED;
    }
  }

  @Override
  public Verdict validateHeader(MessageId id, Examination examination) {
    if (examination == GuardedApplication.FAILED) {
      return GuardedApplication.IGNORED;
    }
    try {
      return inner.validateHeader(id, examination);
    } catch (RuntimeException e) {
      log.error("the application could not judge the header of {}; it is ignored", id, e);
      return GuardedApplication.IGNORED;
    }
  }

  @Override
  public boolean commitsTo(Bytes header, List<MessageId> items) {
    try {
      return inner.commitsTo(header, items);
    } catch (RuntimeException e) {
      log.error("the application could not say what a header commits to; not to these items", e);
      return false;
    }
  }

  @Override
  public List<MessageId> candidates() {
    try {
      return inner.candidates();
    } catch (RuntimeException e) {
      log.error("the application could not say what waits for a block", e);
      return List.of();
    }
  }

  @Override
  public @Nullable Bytes candidate(MessageId id) {
    try {
      return inner.candidate(id);
    } catch (RuntimeException e) {
      log.error("the application could not say what {} is, which waits for a block", id, e);
      return null;
    }
  }
}
