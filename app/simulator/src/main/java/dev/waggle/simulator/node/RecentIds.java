package dev.waggle.simulator.node;

import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.ports.wire.MessageId;

/**
 * Ids of messages that were judged a moment ago: what comes again is dropped where it arrives, as
 * by the I/O threads of a real node. An id has one place, and is driven out by the next one there.
 */
final class RecentIds implements DuplicateFilter {
  private static final int MIN_PLACES = 64;
  private static final int MAX_PLACES = 1 << 12;

  /** The first words of ids: of two ids in one run they are never the same, unless it is sought. */
  private long[] places = new long[MIN_PLACES];

  private int added;

  private int place(long word) {
    return (int) word & (places.length - 1);
  }

  boolean contains(MessageId id) {
    return places[place(id.first())] == id.first();
  }

  @Override
  public void add(MessageId id) {
    if (++added > places.length && places.length < MAX_PLACES) {
      grow();
    }
    places[place(id.first())] = id.first();
  }

  private void grow() {
    long[] before = places;
    places = new long[2 * before.length];
    for (long word : before) {
      places[place(word)] = word;
    }
  }

  @Override
  public void remove(MessageId id) {
    if (contains(id)) {
      places[place(id.first())] = 0;
    }
  }
}
