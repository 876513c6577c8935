package dev.waggle.simulator.run;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.fidelity.Fidelity;
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
  private static final String OTHER = "other";

  private final LongSupplier clock;
  private final ToIntFunction<PeerId> numberOf;
  private final Fidelity fidelity;
  private final Spreads spreads;
  private final Relays relays;
  private final Map<String, Long> failures = new HashMap<>();
  private boolean complete;
  private long rejected;
  private long gossip;
  private long announces;
  private long requests;
  private final SortedMap<String, Long> others = new TreeMap<>();

  Measures(LongSupplier clock, int nodes, Fidelity fidelity, ToIntFunction<PeerId> numberOf) {
    this.clock = clock;
    this.numberOf = numberOf;
    this.fidelity = fidelity;
    this.spreads = new Spreads(nodes);
    this.relays = new Relays(nodes, fidelity);
  }

  /** What is published from now on is not measured. */
  void takeNoMore() {
    complete = true;
  }

  @Override
  public void arrived(RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
    relays.arrived(node, from.remoteNode(), message, id);
    if (id != null) {
      gossip++;
      spreads.copyArrived(id);
    } else if (message instanceof WireMessage.Announce) {
      announces++;
    } else if (message instanceof WireMessage.Request) {
      requests++;
    } else {
      if (message instanceof WireMessage.Compact compact) {
        spreads.copyArrived(fidelity.idOfHeader(compact.header()));
      } else if (message instanceof WireMessage.Outline outline) {
        spreads.copyArrived(fidelity.idOfHeader(outline.header()));
      }
      others.merge(isOfBlocks(message) ? Trace.kind(message) : OTHER, 1L, Long::sum);
    }
  }

  /** Whether it is one of those that bring blocks to nodes which may have most of them. */
  private static boolean isOfBlocks(WireMessage message) {
    return Feature.of(message) == Feature.COMPACT_BLOCKS
        || Feature.of(message) == Feature.EARLY_NOTICES;
  }

  @Override
  public void completed(RunningNode node, MessageId id) {
    relays.built(node.number(), id);
  }

  @Override
  public void accepted(RunningNode node, Delivery delivery) {
    PeerId from = delivery.from();
    if (from == null) {
      if (!complete) {
        spreads.published(delivery.id(), delivery.message(), node.number(), clock.getAsLong());
        if (delivery.message().kind() == GossipMessage.Kind.BLOCK) {
          relays.published(node, delivery);
        }
      }
    } else {
      relays.accepted(node, delivery);
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
    counts.put(OTHER, 0L);
    counts.putAll(others);
    return counts;
  }

  long rejected() {
    return rejected;
  }

  SortedMap<String, Long> failures() {
    return new TreeMap<>(failures);
  }

  List<SpreadResult> results(GossipMessage.Kind kind) {
    return spreads.results(kind, relays::result);
  }

  long usefulBytes() {
    return spreads.usefulBytes();
  }
}
