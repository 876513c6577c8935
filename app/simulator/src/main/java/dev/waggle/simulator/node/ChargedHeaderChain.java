package dev.waggle.simulator.node;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chain of a node's application, whose node thread is busy while it looks headers up. */
final class ChargedHeaderChain implements HeaderChain {
  private final HeaderChain chain;
  private final RunningNode node;

  ChargedHeaderChain(HeaderChain chain, RunningNode node) {
    this.chain = chain;
    this.node = node;
  }

  @Override
  public List<MessageId> locator() {
    return chain.locator();
  }

  @Override
  public boolean isOnChain(MessageId id) {
    return chain.isOnChain(id);
  }

  @Override
  public @Nullable Stretch after(MessageId block, int max) {
    Stretch found = chain.after(block, max);
    node.charge(node.charges().findingHeaders(found == null ? 0 : found.headers().size()));
    return found;
  }

  /** Charged where headers arrive: that is not the node thread's work. */
  @Override
  public Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> headers) {
    return chain.examineHeaders(after, ids, headers);
  }

  @Override
  public Verdict validateHeaders(
      MessageId after, @Nullable Examination before, Examination headers) {
    return chain.validateHeaders(after, before, headers);
  }
}
