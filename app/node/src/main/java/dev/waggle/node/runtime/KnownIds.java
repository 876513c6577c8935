package dev.waggle.node.runtime;

import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.ports.wire.MessageId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Ids of messages that were judged a moment ago, for the I/O threads to drop what comes again.
 *
 * <p>A table in which an id has one place, and is driven out by the next one that belongs there:
 * most duplicates come within a second, and one that is let through is dropped by the node. Written
 * by the node thread, read by any: ids are immutable, so a reader sees an id or none, and that it
 * may be too old by a moment does not matter.
 */
final class KnownIds implements DuplicateFilter {
  /** Two seconds of the fastest gossip; 3 MiB when full. */
  private static final int PLACES = 1 << 16;

  private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(MessageId[].class);

  private final @Nullable MessageId[] places = new MessageId[PLACES];

  private static int place(MessageId id) {
    return (int) id.first() & (PLACES - 1);
  }

  /** Whether the message need not be handed to the node. */
  boolean contains(MessageId id) {
    return id.equals(ELEMENTS.getOpaque(places, place(id)));
  }

  @Override
  public void add(MessageId id) {
    ELEMENTS.setOpaque(places, place(id), id);
  }

  @Override
  public void remove(MessageId id) {
    if (contains(id)) {
      ELEMENTS.setOpaque(places, place(id), null);
    }
  }
}
