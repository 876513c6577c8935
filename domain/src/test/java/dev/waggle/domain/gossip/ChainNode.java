package dev.waggle.domain.gossip;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.sync.HeadersArrival;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A router above a toy chain, and its peers, by number. */
final class ChainNode {
  final int number;
  final ToyChain chain;
  final GossipRouter router;
  final Map<Integer, FakeNeighbour> peers = new LinkedHashMap<>();

  /** What it was told of catching up, as {@code accepted/further}, and {@code accepted/whole}. */
  final List<String> heard = new ArrayList<>();

  /** What it was asked of headers, for lies about these. */
  final List<WireMessage.GetHeaders> asked = new ArrayList<>();

  /** What becomes of messages that it sends: those of an honest one stay as they are. */
  UnaryOperator<List<WireMessage>> lies = UnaryOperator.identity();

  private final MessageIds ids = ToyChain.ids();
  private final Alarm alarm = new Alarm();

  ChainNode(int number, ToyChain chain, GossipSettings settings) {
    this.number = number;
    this.chain = chain;
    this.router =
        new GossipRouter(
            settings,
            chain,
            DuplicateFilter.NONE,
            _ -> {},
            new CatchUpObserver() {
              @Override
              public void catchingUp(long accepted, long further) {
                heard.add(accepted + "/" + further);
              }

              @Override
              public void caughtUp(long accepted, boolean whole) {
                heard.add(accepted + "/" + whole);
              }
            },
            new Draws(new SeededRandom(number)),
            alarm);
  }

  void publish(GossipMessage message, long now) {
    var _ = router.publish(delivery(message, null), now);
  }

  private Delivery delivery(
      GossipMessage message, @org.jspecify.annotations.Nullable Neighbour from) {
    MessageIds.Named name = ids.name(message);
    return new Delivery(
        name.id(), message, name.parts(), Examination.NONE, from == null ? null : from.id());
  }

  /** A peer sends something. */
  void receive(Neighbour from, WireMessage message, long now) {
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) ->
          router.gossiped(from, delivery(carried, from), now);
      case WireMessage.Announce(var announced) -> router.announced(from, announced, now);
      case WireMessage.Request(var requested) -> router.requested(from, requested, now);
      case WireMessage.GetHeaders ask -> {
        asked.add(ask);
        router.headersRequested(from, ask.locator(), ask.count(), now);
      }
      case WireMessage.Headers headers ->
          router.headersArrived(from, HeadersArrival.examined(headers, chain, ids), now);
      case WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
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
          throw new IllegalArgumentException("unexpected: " + message);
    }
  }

  void pass(long now) {
    while (alarm.rings(now)) {
      router.timePassed(now);
    }
  }
}
