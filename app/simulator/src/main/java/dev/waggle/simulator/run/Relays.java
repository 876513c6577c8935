package dev.waggle.simulator.run;

import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.node.RunningNode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What it took to bring each block of a run to everybody. */
final class Relays {
  /** Blocks that are followed node by node: 9 bytes for each. Of older ones nobody is counted. */
  static final int MAX_OPEN = 64;

  private final int nodes;
  private final Fidelity fidelity;
  private final Map<MessageId, Relay> all = new HashMap<>();
  private final ArrayDeque<Relay> open = new ArrayDeque<>();

  Relays(int nodes, Fidelity fidelity) {
    this.nodes = nodes;
    this.fidelity = fidelity;
  }

  /** A node has published a block. */
  void published(RunningNode miner, Delivery block) {
    if (all.containsKey(block.id())) {
      return;
    }
    Relay relay = new Relay(nodes, compactBytes(miner.takenApart(block.message())));
    all.put(block.id(), relay);
    open.add(relay);
    if (open.size() > MAX_OPEN) {
      open.remove().close();
    }
  }

  private int compactBytes(@Nullable BlockParts parts) {
    if (parts == null) {
      return 0;
    }
    ShortIds ids = ShortIds.wrap(new long[parts.items().size()]);
    return WireLength.of(new WireMessage.Compact(parts.header(), parts.proof(), 0, ids, List.of()));
  }

  /** A message has come to a node. */
  void arrived(RunningNode to, int from, WireMessage message, @Nullable MessageId gossip) {
    if (all.isEmpty()) {
      return;
    }
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) -> {
        if (gossip != null && carried.kind() == GossipMessage.Kind.BLOCK) {
          arrived(to, message, List.of(gossip), _ -> {});
        }
      }
      case WireMessage.Compact compact ->
          arrived(to, message, List.of(fidelity.idOfHeader(compact.header())), _ -> {});
      case WireMessage.Outline outline ->
          arrived(to, message, List.of(fidelity.idOfHeader(outline.header())), _ -> {});
      case WireMessage.Items(MessageId block, _) -> arrived(to, message, List.of(block), _ -> {});
      case WireMessage.RequestItems(MessageId block, _) ->
          arrived(to, message, List.of(block), relay -> relay.askedForItems(from));
      case WireMessage.Announce(var ids) -> arrived(to, message, ids, _ -> {});
      case WireMessage.Request(var ids) -> arrived(to, message, ids, relay -> relay.asked(from));
      case WireMessage.RequestCompact(var ids) ->
          arrived(to, message, ids, relay -> relay.asked(from));
      case WireMessage.Preamble(MessageId id, _) -> arrived(to, message, List.of(id), _ -> {});
      case WireMessage.IDontWant(var ids) -> arrived(to, message, ids, _ -> {});
      case WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.SendCompact _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ -> {}
    }
  }

  /** Of a message that names several, each has its part. */
  private void arrived(
      RunningNode to, WireMessage message, List<MessageId> ids, Consumer<Relay> then) {
    int bytes = 0;
    for (MessageId id : ids) {
      Relay relay = all.get(id);
      if (relay != null) {
        bytes = bytes == 0 ? WireLength.of(message) : bytes;
        relay.arrived(to.number(), Trace.kind(message), bytes / ids.size());
        then.accept(relay);
      }
    }
  }

  void built(int node, MessageId id) {
    Relay relay = all.get(id);
    if (relay != null) {
      relay.built(node);
    }
  }

  /** A node that has not published it has accepted a block, and is about to keep it. */
  void accepted(RunningNode node, Delivery block) {
    Relay relay = all.get(block.id());
    if (relay == null) {
      return;
    }
    boolean isCompact = node.identity().settings().features().contains(Feature.COMPACT_BLOCKS);
    BlockParts parts = isCompact ? node.takenApart(block.message()) : null;
    int useful = block.message().payload().length();
    if (parts != null) {
      useful = relay.compactBytes();
      for (BlockParts.Item item : parts.items()) {
        useful += node.isKnown(item.id()) ? 0 : item.payload().length();
      }
    }
    relay.accepted(node.number(), useful);
  }

  /** Of a block that was published; null of anything else. */
  @Nullable RelayResult result(MessageId id) {
    Relay relay = all.get(id);
    return relay == null ? null : relay.result();
  }
}
