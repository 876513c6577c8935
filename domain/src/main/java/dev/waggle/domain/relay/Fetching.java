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
import org.jspecify.annotations.Nullable;

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

  /** A peer that has the block, or is getting it. */
  private static final class Source {
    private int asked;
    private long progressNanos;
    private boolean stalled;
  }

  private final PartialBlock block;

  /** Who is being asked for each item. */
  private final @Nullable Source[] askedOf;

  private final BitSet unasked;
  private final Map<Neighbour, Source> sources = new LinkedHashMap<>();
  private int asked;
  private long progressNanos;

  /** Nobody is asked yet. */
  Fetching(PartialBlock block, long nowNanos) {
    this.block = block;
    this.askedOf = new @Nullable Source[block.count()];
    this.unasked = (BitSet) block.missing().clone();
    this.progressNanos = nowNanos;
  }

  /** A peer says that it has the block, too. */
  void has(Neighbour peer, long nowNanos) {
    ask(peer, sources.computeIfAbsent(peer, _ -> new Source()), nowNanos);
  }

  /** Asks a peer for what nobody is being asked for, once half of its window is free. */
  private void ask(Neighbour peer, Source source, long nowNanos) {
    int room = WINDOW - source.asked;
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
    if (!peer.send(new WireMessage.RequestItems(block.id(), ranges), nowNanos)) {
      source.stalled = true;
      return;
    }
    if (source.asked == 0) {
      source.progressNanos = nowNanos;
    }
    wanted.stream().forEach(index -> askedOf[index] = source);
    source.asked += wanted.cardinality();
    asked += wanted.cardinality();
    unasked.andNot(wanted);
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
    progressNanos = nowNanos;
    unasked.clear(index);
    release(index);
    Source sender = sources.get(from);
    if (sender != null) {
      sender.progressNanos = nowNanos;
      sender.stalled = false;
    }
  }

  private void release(int index) {
    Source source = askedOf[index];
    if (source != null) {
      askedOf[index] = null;
      source.asked--;
      asked--;
    }
  }

  /** Asks whoever has room for more. */
  void goOn(long nowNanos) {
    if (!unasked.isEmpty()) {
      sources.forEach((peer, source) -> ask(peer, source, nowNanos));
    }
  }

  /** Nothing more comes from this peer. */
  void departed(Neighbour peer) {
    Source source = sources.remove(peer);
    if (source != null) {
      takeBack(source);
    }
  }

  /** Takes back what was asked of peers that bring nothing, where there are others to ask. */
  void timePassed(long nowNanos) {
    for (Source source : sources.values()) {
      boolean late = nowNanos - source.progressNanos >= PATIENCE.toNanos();
      if (late && source.asked > 0 && hasOther(source)) {
        source.stalled = true; // It is asked for more when it brings something after all.
        takeBack(source);
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

  private void takeBack(Source source) {
    for (int index = 0; source.asked > 0; index++) {
      if (source.equals(askedOf[index])) {
        release(index);
        unasked.set(index);
      }
    }
  }

  /** Whether anybody may still bring something. */
  boolean isHopeful(long nowNanos) {
    return block.isComplete() || (asked > 0 && nowNanos - progressNanos < LAST_PATIENCE.toNanos());
  }
}
