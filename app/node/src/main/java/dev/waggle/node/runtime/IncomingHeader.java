package dev.waggle.node.runtime;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.MessageId;
import java.util.Objects;

/**
 * A block's header and proof that a link has received without the block, on their way to the node.
 * The block has its name from the beginning, by the header.
 */
abstract sealed class IncomingHeader extends Examinee permits IncomingCompact, IncomingOutline {
  private final MessageId id;
  private final Bytes header;
  private final Subject subject;

  IncomingHeader(
      MessageId id, Bytes header, Bytes proof, int items, long bytes, long contentBytes) {
    super(bytes, contentBytes);
    this.id = id;
    this.header = header;
    this.subject = new Subject(id, proof, items);
  }

  /**
   * All that {@link BlockFormat#examineHeader} is given. The id stands for the header, which only
   * claims that the rest belongs to it: somebody may send the header of a good block with a proof
   * of his own, and that must not be held against whoever sends the right one.
   */
  private record Subject(MessageId id, Bytes proof, int items) {
    /** By the id alone: proofs are long, and those that share an id are few. */
    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  @Override
  final MessageId id() {
    return id;
  }

  @Override
  final Object subject() {
    return subject;
  }

  @Override
  final Examination examineBy(GossipApplication application) {
    BlockFormat format = Objects.requireNonNull(application.blockFormat(), "no format any more");
    return format.examineHeader(id, header, subject.proof, subject.items);
  }
}
