package dev.waggle.simulator.fidelity;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of the protocol is computed, and how much only counted. */
public interface Fidelity {
  /** Makes the identity of a node; the same for the same number. */
  Identity newIdentity(int node);

  /**
   * One side of a connection.
   *
   * @param pinned who must answer, or null if anyone may
   */
  Channel channel(
      Identity self, boolean responds, @Nullable PeerId pinned, ChannelOutput out, long nowNanos);

  MessageId idOf(GossipMessage message);

  /** What the application says about a message by looking at nothing else. */
  Examination examine(GossipApplication application, MessageId id, GossipMessage message);

  /** The ids of the items that a block is made of, in its order; of anything else none. */
  List<MessageId> itemsOf(GossipApplication application, GossipMessage message);

  /** What arrives when something that was written before is sent a second time. */
  Object replayOf(Object content);

  /** The name of the suite whose sizes and costs count. */
  String suite();
}
