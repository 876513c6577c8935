package dev.waggle.domain.gossip;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/** Messages as they reach the router. */
final class Deliveries {
  private static final MessageIds IDS = new MessageIds(ToySuite.create().hash());

  static MessageId id(GossipMessage message) {
    return IDS.of(message);
  }

  static Delivery delivery(GossipMessage message, @Nullable Neighbour from) {
    return new Delivery(id(message), message, Examination.NONE, from == null ? null : from.id());
  }

  private Deliveries() {}
}
