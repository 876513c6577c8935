package dev.waggle.node.runtime;

import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message before the node hears of it: gossip is named and examined, and what is
 * known already is dropped; large messages only pass, and come back to be named. None of that is a
 * decision, so none of it costs the node thread time. Owned by one thread.
 */
final class Intake {
  /** Larger ones are named by {@link Naming}: these take 10 microseconds at most. */
  private static final int MAX_SMALL_BYTES = 16 * 1024;

  private final MessageIds ids;
  private final KnownIds known;
  private final GossipApplication application;

  Intake(MessageIds ids, KnownIds known, GossipApplication application) {
    this.ids = ids;
    this.known = known;
    this.application = application;
  }

  /**
   * What the node has to hear, or null if nothing.
   *
   * @param from who sent it
   */
  @Nullable Incoming take(WireMessage message, PeerId from) {
    return switch (message) {
      case WireMessage.Gossip(GossipMessage carried) -> take(carried, from);
      case WireMessage.Announce(var announced) -> unknown(announced);
      case WireMessage.Request _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.Goodbye _ ->
          new Incoming.Other(message);
    };
  }

  private @Nullable Arrival take(GossipMessage message, PeerId from) {
    Arrival arrival = new Arrival(message, from);
    if (message.payload().length() <= MAX_SMALL_BYTES) {
      name(arrival);
      arrival.weigh();
    }
    return arrival.isKnown() ? null : arrival;
  }

  /** Names a message, and examines it if it is new and that does not take long. */
  void name(Arrival arrival) {
    GossipMessage message = arrival.message();
    MessageId id = ids.of(message);
    arrival.named(id);
    if (known.contains(id)) {
      arrival.known();
    } else if (!application.takesLong(message)) {
      arrival.examined(application.examine(id, message));
    }
  }

  private Incoming.@Nullable Other unknown(List<MessageId> announced) {
    List<MessageId> unknown = new ArrayList<>();
    for (MessageId id : announced) {
      if (!known.contains(id)) {
        unknown.add(id);
      }
    }
    return unknown.isEmpty() ? null : new Incoming.Other(new WireMessage.Announce(unknown));
  }

  /** A message of this node's own: whoever publishes it waits until it is examined. */
  Delivery published(GossipMessage message) {
    MessageId id = ids.of(message);
    return new Delivery(id, message, application.examine(id, message), null);
  }
}
