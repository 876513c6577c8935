package dev.waggle.simulator.fidelity;

import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of the protocol is computed, and how much only counted. */
public interface Fidelity {
  /**
   * Makes the identity of a node; the same for the same number.
   *
   * @param features that it has (PROTOCOL §7.4), ascending
   */
  Identity newIdentity(int node, List<Integer> features);

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

  /** The id of a block, by its header. */
  MessageId idOfHeader(Bytes header);

  /** The id of an item of a block. */
  MessageId idOfItem(Bytes payload);

  /** What the application's blocks are made of, or null if they are of one piece. */
  @Nullable BlockFormat formatOf(GossipApplication application);

  /**
   * Puts a block together, and examines it. All nodes of a run that put a block together share one.
   *
   * @return null if the parts give another block, or the application's blocks have none
   */
  @Nullable Delivery complete(GossipApplication application, Reconstruction reconstruction);

  /** The ids of the items that a block is made of, in its order; of anything else none. */
  List<MessageId> itemsOf(GossipApplication application, GossipMessage message);

  /** What arrives when something that was written before is sent a second time. */
  Object replayOf(Object content);

  /** The name of the suite whose sizes and costs count. */
  String suite();
}
