package dev.waggle.simulator.node;

import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Ids of messages that were judged a moment ago: what comes again is dropped where it arrives, as
 * by the I/O threads of a real node. An id has one place, and is driven out by the next one there.
 */
final class RecentIds implements DuplicateFilter {
  private static final int MIN_PLACES = 64;
  private static final int MAX_PLACES = 1 << 12;

  private @Nullable MessageId[] places = new MessageId[MIN_PLACES];
  private int added;

  private int place(MessageId id) {
    return (int) id.first() & (places.length - 1);
  }

  boolean contains(MessageId id) {
    return id.equals(places[place(id)]);
  }

  @Override
  public void add(MessageId id) {
    if (++added > places.length && places.length < MAX_PLACES) {
      grow();
    }
    places[place(id)] = id;
  }

  private void grow() {
    @Nullable MessageId[] before = places;
    places = new MessageId[2 * before.length];
    for (MessageId id : before) {
      if (id != null) {
        places[place(id)] = id;
      }
    }
  }

  @Override
  public void remove(MessageId id) {
    if (contains(id)) {
      places[place(id)] = null;
    }
  }
}
