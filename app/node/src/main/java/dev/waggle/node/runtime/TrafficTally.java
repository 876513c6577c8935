package dev.waggle.node.runtime;

import dev.waggle.ports.operator.MessageType;
import dev.waggle.ports.operator.Traffic;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what one link, or all that have ended, have sent and received. Written by one thread; any
 * other may read, and sees each number as it is now or was a moment ago.
 */
final class TrafficTally {
  private static final List<MessageType> TYPES = List.of(MessageType.values());
  private static final Map<MessageType, Integer> BEGINS = new EnumMap<>(MessageType.class);
  private static final int SENT_BYTES = 0;
  private static final int RECEIVED_BYTES = 1;
  private static final int SEALING_KEYS = 2;
  private static final int OPENING_KEYS = 3;

  /** Behind these follow the columns of each type. */
  private static final int FIXED = 4;

  private static final int COLUMNS = 4;
  private static final int SENT = 0;
  private static final int RECEIVED = 2;

  static {
    TYPES.forEach(type -> BEGINS.put(type, FIXED + COLUMNS * BEGINS.size()));
  }

  private final AtomicLongArray counts = new AtomicLongArray(FIXED + COLUMNS * TYPES.size());

  /** Bytes that were handed to the connection. */
  void wrote(int bytes) {
    add(SENT_BYTES, bytes);
  }

  /** Bytes that have come from the connection. */
  void read(int bytes) {
    add(RECEIVED_BYTES, bytes);
  }

  void sent(WireMessage message, int bytes) {
    count(message, SENT, bytes);
  }

  void received(WireMessage message, int bytes) {
    count(message, RECEIVED, bytes);
  }

  private void count(WireMessage message, int column, int bytes) {
    int index = column(MessageType.of(message)) + column;
    add(index, 1);
    add(index + 1, bytes);
  }

  /** Where the counts of a type begin. */
  private static int column(MessageType type) {
    return Objects.requireNonNull(BEGINS.get(type));
  }

  /** No other thread writes, so nothing that costs more than a store is needed. */
  private void add(int index, long more) {
    counts.lazySet(index, counts.getPlain(index) + more);
  }

  /** How many keys have been in use in each direction. */
  void keys(long sealing, long opening) {
    counts.lazySet(SEALING_KEYS, sealing);
    counts.lazySet(OPENING_KEYS, opening);
  }

  long sealingKeys() {
    return counts.get(SEALING_KEYS);
  }

  long openingKeys() {
    return counts.get(OPENING_KEYS);
  }

  /** Adds what another one has counted, but for its keys. */
  void addAll(TrafficTally other) {
    add(SENT_BYTES, other.counts.get(SENT_BYTES));
    add(RECEIVED_BYTES, other.counts.get(RECEIVED_BYTES));
    for (int i = FIXED; i < counts.length(); i++) {
      add(i, other.counts.get(i));
    }
  }

  Traffic traffic() {
    List<Traffic.OfType> messages = new ArrayList<>(TYPES.size());
    for (MessageType type : TYPES) {
      int index = column(type);
      messages.add(
          new Traffic.OfType(
              type,
              counts.get(index + SENT),
              counts.get(index + SENT + 1),
              counts.get(index + RECEIVED),
              counts.get(index + RECEIVED + 1)));
    }
    return new Traffic(counts.get(SENT_BYTES), counts.get(RECEIVED_BYTES), List.copyOf(messages));
  }
}
