package dev.waggle.domain.gossip;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.relay.CompactArrival;
import dev.waggle.domain.relay.ItemsArrival;
import dev.waggle.domain.relay.OutlineArrival;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A router with an application whose blocks are made of parts, and its peers, by number. */
final class RelayNode {
  final int number;
  final ToyBlocks blocks = new ToyBlocks();
  final Map<Integer, FakeNeighbour> peers = new LinkedHashMap<>();
  final List<MessageId> accepted = new ArrayList<>();
  final Set<MessageId> invalid = new LinkedHashSet<>();
  final Deque<Reconstruction> reconstructions = new ArrayDeque<>();
  final GossipRouter router;
  private final MessageIds ids = ToyBlocks.ids();
  private final Alarm alarm = new Alarm();
  private final GossipApplication application = new Application();
  private long now = 1_000;

  /** Accepts every block and item but the invalid ones. */
  private final class Application implements GossipApplication {
    @Override
    public Verdict validate(Delivery candidate) {
      return invalid.contains(candidate.id())
          ? new Verdict.Reject("invalid")
          : new Verdict.Accept();
    }

    @Override
    public void deliver(Delivery delivery) {
      accepted.add(delivery.id());
      if (delivery.message() instanceof GossipMessage.Transaction(Bytes item)) {
        blocks.add(item);
      }
    }

    @Override
    public BlockFormat blockFormat() {
      return blocks;
    }
  }

  RelayNode(int number) {
    this(number, GossipSettings.DEFAULTS);
  }

  RelayNode(int number, GossipSettings settings) {
    this.number = number;
    this.router =
        new GossipRouter(
            settings,
            application,
            DuplicateFilter.NONE,
            reconstructions::add,
            CatchUpObserver.NONE,
            new Draws(new SeededRandom(number)),
            alarm);
  }

  /** Links a peer that has both features. */
  FakeNeighbour link(int peer) {
    return link(peer, Feature.COMPACT_BLOCKS, Feature.EARLY_NOTICES);
  }

  FakeNeighbour link(int peer, Integer... features) {
    FakeNeighbour neighbour = new FakeNeighbour(peer);
    neighbour.features.addAll(List.of(features));
    peers.put(peer, neighbour);
    router.linked(neighbour, now);
    return neighbour;
  }

  void publish(GossipMessage message) {
    Verdict _ = router.publish(delivery(message, null), now);
  }

  private Delivery delivery(
      GossipMessage message, @org.jspecify.annotations.Nullable Neighbour from) {
    MessageIds.Named name = ids.name(message);
    return new Delivery(
        name.id(), message, name.parts(), Examination.NONE, from == null ? null : from.id());
  }

  /** A peer sends something. */
  void receive(Neighbour from, WireMessage message) {
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) ->
          router.gossiped(from, delivery(carried, from), now);
      case WireMessage.Announce(var announced) -> router.announced(from, announced, now);
      case WireMessage.Request(var requested) -> router.requested(from, requested, now);
      case WireMessage.RequestCompact(var requested) ->
          router.compactRequested(from, requested, now);
      case WireMessage.Compact compact -> {
        MessageId id = CompactArrival.nameOf(compact, ids);
        router.compactArrived(from, CompactArrival.examined(id, compact, blocks, ids), now);
      }
      case WireMessage.Outline outline ->
          router.outlineArrived(from, OutlineArrival.examined(outline, blocks, ids), now);
      case WireMessage.RequestItems(var block, var ranges) ->
          router.itemsRequested(from, block, ranges, now);
      case WireMessage.Items items ->
          router.itemsArrived(from, ItemsArrival.named(items, ids), now);
      case WireMessage.SendCompact(int rank) -> router.compactWished(from, rank, now);
      case WireMessage.Preamble(var id, _) -> router.noticed(from, id, now);
      case WireMessage.IDontWant(var unwanted) -> router.unwanted(from, unwanted, now);
      case WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ ->
          throw new IllegalArgumentException("no gossip: " + message);
    }
  }

  /** Puts together what is complete. */
  void reconstruct() {
    for (Reconstruction next = reconstructions.poll();
        next != null;
        next = reconstructions.poll()) {
      router.reconstructed(next, next.complete(blocks, application), now);
    }
  }

  void pass(Duration time) {
    now += time.toNanos();
    if (alarm.rings(now)) {
      router.timePassed(now);
    }
  }
}
