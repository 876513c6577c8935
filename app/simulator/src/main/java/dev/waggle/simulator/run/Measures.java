package dev.waggle.simulator.run;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What is measured in a run. */
final class Measures implements NodeObserver {
  private final LongSupplier clock;
  private final ToIntFunction<PeerId> numberOf;
  private final Spreads spreads;
  private final Map<String, Long> failures = new HashMap<>();
  private boolean complete;
  private long rejected;
  private long gossip;
  private long announces;
  private long requests;
  private long others;

  Measures(LongSupplier clock, int nodes, ToIntFunction<PeerId> numberOf) {
    this.clock = clock;
    this.numberOf = numberOf;
    this.spreads = new Spreads(nodes);
  }

  /** What is published from now on is not measured. */
  void takeNoMore() {
    complete = true;
  }

  @Override
  public void arrived(RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
    if (id != null) {
      gossip++;
      spreads.copyArrived(id);
    } else if (message instanceof WireMessage.Announce) {
      announces++;
    } else if (message instanceof WireMessage.Request) {
      requests++;
    } else {
      others++;
    }
  }

  @Override
  public void accepted(RunningNode node, Delivery delivery) {
    PeerId from = delivery.from();
    if (from == null) {
      if (!complete) {
        spreads.published(delivery.id(), delivery.message(), node.number(), clock.getAsLong());
      }
    } else {
      spreads.accepted(delivery.id(), node.number(), numberOf.applyAsInt(from), clock.getAsLong());
    }
  }

  @Override
  public void rejected(RunningNode node, MessageId id, @Nullable PeerId from, String why) {
    rejected++;
  }

  @Override
  public void dialFailed(RunningNode node, String why) {
    failures.merge("dial: " + why, 1L, Long::sum);
  }

  @Override
  public void closed(RunningNode node, LinkEnd peer, CloseReason why) {
    failures.merge("closed: " + why, 1L, Long::sum);
  }

  /** Messages that arrived, by what they are. */
  SortedMap<String, Long> messages() {
    SortedMap<String, Long> counts = new TreeMap<>();
    counts.put("gossip", gossip);
    counts.put("announce", announces);
    counts.put("request", requests);
    counts.put("other", others);
    return counts;
  }

  long rejected() {
    return rejected;
  }

  SortedMap<String, Long> failures() {
    return new TreeMap<>(failures);
  }

  List<SpreadResult> results(GossipMessage.Kind kind) {
    return spreads.results(kind);
  }

  long usefulBytes() {
    return spreads.usefulBytes();
  }
}
