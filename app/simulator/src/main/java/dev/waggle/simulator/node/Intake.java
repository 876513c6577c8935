package dev.waggle.simulator.node;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.relay.CompactArrival;
import dev.waggle.domain.relay.ItemsArrival;
import dev.waggle.domain.relay.OutlineArrival;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.sync.HeadersArrival;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
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
  private final @Nullable BlockFormat format;
  private final @Nullable HeaderChain chain;
  private final RecentIds known;

  /** Blocks whose proofs were checked: that is not done again. */
  private final RecentIds proven = new RecentIds();

  private final Processor processor;

  Intake(
      RunningNode node,
      World world,
      GossipApplication application,
      @Nullable BlockFormat format,
      @Nullable HeaderChain chain,
      RecentIds known,
      Processor processor) {
    this.node = node;
    this.world = world;
    this.application = application;
    this.format = format;
    this.chain = chain;
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
      case WireMessage.Compact compact -> compactArrived(end, compact);
      case WireMessage.Outline outline -> outlineArrived(end, outline);
      case WireMessage.Items items -> itemsArrived(end, items);
      case WireMessage.Headers headers -> headersArrived(end, headers);
      case WireMessage.Request _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
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
    submit(end, message, () -> judge(end, id, carried));
  }

  /** Has a message handled as soon as the processor is free. */
  private void submit(LinkEnd end, WireMessage message, Runnable handling) {
    end.enters(message);
    processor.submit(
        () ->
            node.run(
                () -> {
                  end.handled(message);
                  world.observer().handles(node, end, message);
                  handling.run();
                }),
        Lane.of(message) == Lane.EXPRESS);
  }

  // ---- blocks without their items

  private void compactArrived(LinkEnd end, WireMessage.Compact compact) {
    BlockFormat blocks = format;
    if (blocks == null) {
      handle(end, compact); // It is not our feature, so the node makes nothing of it.
      return;
    }
    MessageId id = world.fidelity().idOfHeader(compact.header());
    processor.charge(world.charges().naming(compact.header().length()));
    if (known.contains(id)) {
      world.observer().duplicate(node, id);
    } else {
      submit(end, compact, () -> take(end, id, compact, blocks));
    }
  }

  private void take(LinkEnd end, MessageId id, WireMessage.Compact compact, BlockFormat blocks) {
    List<MessageId> prefilled = named(compact.prefilled());
    Examination header =
        examinedHeader(id, compact.header(), compact.proof(), compact.items(), blocks);
    node.service()
        .compactArrived(
            end.id(), new CompactArrival(id, compact, header, prefilled), node.nowNanos());
  }

  private void outlineArrived(LinkEnd end, WireMessage.Outline outline) {
    BlockFormat blocks = format;
    if (blocks == null) {
      handle(end, outline);
      return;
    }
    MessageId id = world.fidelity().idOfHeader(outline.header());
    processor.charge(world.charges().naming(outline.header().length()));
    if (known.contains(id)) {
      world.observer().duplicate(node, id);
    } else {
      submit(end, outline, () -> take(end, id, outline, blocks));
    }
  }

  private void take(LinkEnd end, MessageId id, WireMessage.Outline outline, BlockFormat blocks) {
    int items = outline.ids().size();
    Examination header = examinedHeader(id, outline.header(), outline.proof(), items, blocks);
    processor.charge(world.charges().committing(items));
    node.service()
        .outlineArrived(end.id(), new OutlineArrival(id, outline, header), node.nowNanos());
  }

  /** What the application says of a header; nothing if the block is known, or is on its way. */
  private Examination examinedHeader(
      MessageId id, Bytes header, Bytes proof, int items, BlockFormat blocks) {
    if (node.service().isKnown(id)) {
      world.observer().duplicate(node, id);
      return Examination.NONE;
    }
    if (node.service().isHeaderKnown(id)) {
      return Examination.NONE;
    }
    int bytes = header.length() + proof.length();
    processor.charge(world.charges().examiningHeader(bytes, !proven.contains(id), items));
    proven.add(id);
    return blocks.examineHeader(id, header, proof, items);
  }

  private void itemsArrived(LinkEnd end, WireMessage.Items items) {
    submit(
        end,
        items,
        () -> {
          ItemsArrival arrival = new ItemsArrival(items, named(items.items()));
          node.service().itemsArrived(end.id(), arrival, node.nowNanos());
        });
  }

  private List<MessageId> named(List<IndexedItem> items) {
    processor.charge(world.charges().namingItems(items));
    List<MessageId> names = new ArrayList<>(items.size());
    for (IndexedItem item : items) {
      names.add(world.fidelity().idOfItem(item.payload()));
    }
    return names;
  }

  /** Puts a block together as soon as the processor is free. */
  void complete(Reconstruction reconstruction) {
    processor.submit(() -> node.run(() -> completeNow(reconstruction)), true);
  }

  private void completeNow(Reconstruction reconstruction) {
    BlockParts parts = reconstruction.parts();
    List<MessageId> items = parts.items().stream().map(BlockParts.Item::id).toList();
    processor.charge(world.charges().completing(parts, unknownOf(items)));
    Delivery block = world.fidelity().complete(application, reconstruction);
    if (block != null) {
      processor.charge(world.charges().judging(block.message(), node.endCount()));
      world.observer().completed(node, block.id());
    }
    node.service().reconstructed(reconstruction, block, node.nowNanos());
  }

  // ---- headers

  private void headersArrived(LinkEnd end, WireMessage.Headers headers) {
    HeaderChain headerChain = chain;
    if (headerChain == null) {
      handle(end, headers); // It is not our feature, so the node makes nothing of it.
      return;
    }
    submit(end, headers, () -> take(end, headers, headerChain));
  }

  private void take(LinkEnd end, WireMessage.Headers headers, HeaderChain headerChain) {
    processor.charge(world.charges().examiningHeaders(headers.headers()));
    List<MessageId> ids = new ArrayList<>(headers.headers().size());
    for (Bytes header : headers.headers()) {
      ids.add(world.fidelity().idOfHeader(header));
    }
    Examination examination = headerChain.examineHeaders(headers.after(), ids, headers.headers());
    node.service()
        .headersArrived(end.id(), new HeadersArrival(headers, ids, examination), node.nowNanos());
  }

  // ---- whole messages

  private void judge(LinkEnd end, MessageId id, GossipMessage message) {
    boolean isKnown = node.service().isKnown(id);
    Examination examination = Examination.NONE;
    if (isKnown) {
      world.observer().duplicate(node, id);
    } else {
      processor.charge(
          world
                  .charges()
                  .examining(message, unknownOf(world.fidelity().itemsOf(application, message)))
              + world.charges().judging(message, node.endCount()));
      examination = world.fidelity().examine(application, id, message);
    }
    node.service()
        .gossiped(
            end.id(),
            new Delivery(id, message, partsOf(message), examination, end.peer()),
            node.nowNanos());
  }

  /** What a block is made of; null of anything else, or if it is of one piece. */
  @Nullable BlockParts partsOf(GossipMessage message) {
    return format != null && message instanceof GossipMessage.Block(Bytes payload)
        ? format.split(payload)
        : null;
  }

  private int unknownOf(List<MessageId> items) {
    int count = 0;
    for (MessageId item : items) {
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
      case WireMessage.GetHeaders(var locator, _) -> locator.size();
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
          WireMessage.Headers _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ ->
          0;
    };
  }

  private void handle(LinkEnd end, WireMessage message) {
    submit(
        end,
        message,
        () -> {
          processor.charge(world.charges().handling(ids(message)));
          node.service().received(end.id(), message, node.nowNanos());
        });
  }
}
