package dev.waggle.simulator.fidelity;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A format that does what another one does: for whoever wants some of it to be otherwise. */
abstract class ForwardingFormat implements BlockFormat {
  private final BlockFormat format;

  ForwardingFormat(BlockFormat format) {
    this.format = format;
  }

  @Override
  public @Nullable BlockParts split(Bytes payload) {
    return format.split(payload);
  }

  @Override
  public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
    return format.join(header, proof, items);
  }

  @Override
  public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
    return format.examineHeader(id, header, proof, items);
  }

  @Override
  public Verdict validateHeader(MessageId id, Examination examination) {
    return format.validateHeader(id, examination);
  }

  @Override
  public boolean commitsTo(Bytes header, List<MessageId> items) {
    return format.commitsTo(header, items);
  }

  @Override
  public List<MessageId> candidates() {
    return format.candidates();
  }

  @Override
  public @Nullable Bytes candidate(MessageId id) {
    return format.candidate(id);
  }
}
