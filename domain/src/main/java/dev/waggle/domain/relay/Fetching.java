package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the peers that have a block for the items that are missing here: each for a few at a time,
 * and each item of one peer, so that a fast peer brings more than a slow one, and one that brings
 * nothing holds up little.
 */
final class Fetching {
  /** Items that one peer is asked for at a time. */
  static final int WINDOW = 64;

  /** How long a peer may bring none of what it was asked for before others are asked for it. */
  static final Duration PATIENCE = Duration.ofMillis(500);

  /** How long none of them may bring anything: they may be waiting for it themselves. */
  static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

  /** What one peer has been asked for. */
  private static final class Source {
    private final BitSet asked = new BitSet();
    private long progressNanos;
    private boolean stalled;
  }

  private final PartialBlock block;
  private final BitSet unasked;
  private long progressNanos;
  private final Map<Neighbour, Source> sources = new LinkedHashMap<>();

  /** Nobody is asked yet. */
  Fetching(PartialBlock block, long nowNanos) {
    this.block = block;
    this.progressNanos = nowNanos;
    this.unasked = (BitSet) block.missing().clone();
  }

  PartialBlock block() {
    return block;
  }

  /** The peers that have the block, or are getting it, in the order in which they said so. */
  Set<Neighbour> sources() {
    return sources.keySet();
  }

  /** A peer says that it has the block, too. */
  void has(Neighbour peer, long nowNanos) {
    Source source = sources.get(peer);
    if (source == null) {
      source = new Source();
      sources.put(peer, source);
    }
    ask(peer, source, nowNanos);
  }

  /** Asks a peer for what nobody is being asked for, once half of its window is free. */
  private void ask(Neighbour peer, Source source, long nowNanos) {
    int room = WINDOW - source.asked.cardinality();
    if (source.stalled || unasked.isEmpty() || room < WINDOW / 2 || !peer.isConnected()) {
      return;
    }
    BitSet wanted = new BitSet();
    int next = unasked.nextSetBit(0);
    for (int taken = 0; taken < room && next >= 0; taken++) {
      wanted.set(next);
      next = unasked.nextSetBit(next + 1);
    }
    List<ItemRange> ranges = ranges(wanted);
    if (peer.send(new WireMessage.RequestItems(block.id(), ranges), nowNanos)) {
      if (source.asked.isEmpty()) {
        source.progressNanos = nowNanos;
      }
      source.asked.or(wanted);
      unasked.andNot(wanted);
    } else {
      stall(source);
    }
  }

  private static List<ItemRange> ranges(BitSet wanted) {
    List<ItemRange> ranges = new ArrayList<>();
    for (int first = wanted.nextSetBit(0); first >= 0; ) {
      int end = wanted.nextClearBit(first);
      ranges.add(new ItemRange(first, end - first));
      first = wanted.nextSetBit(end);
    }
    return ranges;
  }

  /** An item is here now, whoever has sent it. */
  void arrived(int index, Neighbour from, long nowNanos) {
    unasked.clear(index);
    progressNanos = nowNanos;
    for (Map.Entry<Neighbour, Source> each : sources.entrySet()) {
      Source source = each.getValue();
      source.asked.clear(index);
      if (each.getKey().equals(from)) {
        source.progressNanos = nowNanos;
        source.stalled = false;
      }
    }
  }

  /** Asks whoever has room for more. */
  void goOn(long nowNanos) {
    sources.forEach((peer, source) -> ask(peer, source, nowNanos));
  }

  /** Nothing more comes from this peer. */
  void departed(Neighbour peer) {
    Source source = sources.remove(peer);
    if (source != null) {
      unasked.or(source.asked);
    }
  }

  /** Takes back what was asked of peers that bring nothing, where there are others to ask. */
  void timePassed(long nowNanos) {
    for (Source source : sources.values()) {
      boolean late = nowNanos - source.progressNanos >= PATIENCE.toNanos();
      if (late && !source.asked.isEmpty() && hasOther(source)) {
        stall(source);
      }
    }
    goOn(nowNanos);
  }

  private boolean hasOther(Source source) {
    for (Source other : sources.values()) {
      if (!other.equals(source) && !other.stalled) {
        return true;
      }
    }
    return false;
  }

  /** It may still bring what it was asked for, and is asked for more then. */
  private void stall(Source source) {
    source.stalled = true;
    unasked.or(source.asked);
    unasked.and(block.missing());
    source.asked.clear();
  }

  /** Whether anybody may still bring something. */
  boolean isHopeful(long nowNanos) {
    if (block.isComplete()) {
      return true;
    }
    boolean asked = false;
    for (Source source : sources.values()) {
      asked |= !source.asked.isEmpty();
    }
    return asked && nowNanos - progressNanos < LAST_PATIENCE.toNanos();
  }
}
