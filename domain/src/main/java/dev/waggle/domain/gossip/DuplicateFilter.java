package dev.waggle.domain.gossip;

import dev.waggle.ports.wire.MessageId;

/**
 * Hears which messages, and announcements of messages, gossip need not be told of again, so that
 * they can be dropped where they arrive. It may forget what it was told, and whether it makes use
 * of it changes nothing but the work that is done.
 */
public interface DuplicateFilter {
  /** Drops nothing. */
  DuplicateFilter NONE =
      new DuplicateFilter() {
        @Override
        public void add(MessageId id) {}

        @Override
        public void remove(MessageId id) {}
      };

  /** From now on nobody cares for this message. */
  void add(MessageId id);

  /** If this message comes, it counts: it was forgotten, or asked for. */
  void remove(MessageId id);
}
