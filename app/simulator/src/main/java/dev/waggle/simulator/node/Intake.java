package dev.waggle.simulator.node;

import dev.waggle.domain.lane.Lane;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message between its link and the rules: it is named, dropped if it was judged a
 * moment ago, waits for the processor, and is examined if it is new; each at its cost.
 */
final class Intake {
  private final RunningNode node;
  private final World world;
  private final GossipApplication application;
  private final RecentIds known;
  private final Processor processor;

  Intake(
      RunningNode node,
      World world,
      GossipApplication application,
      RecentIds known,
      Processor processor) {
    this.node = node;
    this.world = world;
    this.application = application;
    this.known = known;
    this.processor = processor;
  }

  /** A message has come out of a link's channel. */
  void arrived(LinkEnd end, WireMessage message, @Nullable MessageId told) {
    node.takeEvents(); // The link's own establishment, which may have come out just before.
    MessageId id =
        told == null && message instanceof WireMessage.Gossip(GossipMessage carried)
            ? world.fidelity().idOf(carried)
            : told;
    world.observer().arrived(node, end, message, id);
    if (!node.filter().lets(end, message)) {
      return;
    }
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) ->
          gossiped(end, message, carried, Objects.requireNonNull(id));
      case WireMessage.Announce(var ids) -> announced(end, ids);
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
          handle(end, message);
    }
  }

  private void gossiped(LinkEnd end, WireMessage message, GossipMessage carried, MessageId id) {
    processor.charge(world.charges().naming(carried.payload().length()));
    if (known.contains(id)) {
      world.observer().duplicate(node, id);
      return;
    }
    end.enters(message);
    processor.submit(
        () ->
            node.run(
                () -> {
                  end.handled(message);
                  world.observer().handles(node, end, message);
                  judge(end, id, carried);
                }),
        Lane.of(carried) == Lane.EXPRESS);
  }

  private void judge(LinkEnd end, MessageId id, GossipMessage message) {
    boolean isKnown = node.service().isKnown(id);
    Examination examination = Examination.NONE;
    if (isKnown) {
      world.observer().duplicate(node, id);
    } else {
      processor.charge(
          world.charges().examining(message, newItems(message))
              + world.charges().judging(message, node.endCount()));
      examination = world.fidelity().examine(application, id, message);
    }
    node.service()
        .gossiped(end.id(), new Delivery(id, message, examination, end.peer()), node.nowNanos());
  }

  private int newItems(GossipMessage message) {
    int count = 0;
    for (MessageId item : world.fidelity().itemsOf(application, message)) {
      if (!application.isKnown(item)) {
        count++;
      }
    }
    return count;
  }

  private void announced(LinkEnd end, List<MessageId> ids) {
    List<MessageId> unknown = new ArrayList<>(ids.size());
    for (MessageId id : ids) {
      if (!known.contains(id)) {
        unknown.add(id);
      }
    }
    if (!unknown.isEmpty()) {
      handle(end, new WireMessage.Announce(unknown));
    }
  }

  private static int ids(WireMessage message) {
    return switch (message) {
      case WireMessage.Announce(var ids) -> ids.size();
      case WireMessage.Request(var ids) -> ids.size();
      case WireMessage.RequestCompact(var ids) -> ids.size();
      case WireMessage.IDontWant(var ids) -> ids.size();
      case WireMessage.Gossip _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.Goodbye _ ->
          0;
    };
  }

  private void handle(LinkEnd end, WireMessage message) {
    end.enters(message);
    processor.submit(
        () ->
            node.run(
                () -> {
                  end.handled(message);
                  processor.charge(world.charges().handling(ids(message)));
                  world.observer().handles(node, end, message);
                  node.service().received(end.id(), message, node.nowNanos());
                }),
        Lane.of(message) == Lane.EXPRESS);
  }
}
