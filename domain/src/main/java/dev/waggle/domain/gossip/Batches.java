package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Ids to announce or to request, gathered for each peer until they are sent. */
final class Batches {
  private final int maxIds;
  private final Function<List<MessageId>, WireMessage> wrap;
  private final BiConsumer<Neighbour, List<MessageId>> unsent;
  private final Map<Neighbour, List<MessageId>> batches = new LinkedHashMap<>();
  private long sent;

  /**
   * Gathers nothing yet.
   *
   * @param maxIds sent to one peer at once; of more, the last ones
   * @param wrap makes a message of at most {@link WireMessage#MAX_IDS} ids
   * @param unsent hears of ids for which a peer's queue had no room
   */
  Batches(
      int maxIds,
      Function<List<MessageId>, WireMessage> wrap,
      BiConsumer<Neighbour, List<MessageId>> unsent) {
    this.maxIds = maxIds;
    this.wrap = wrap;
    this.unsent = unsent;
  }

  /** Gathers for peers of whom nobody cares what they were not told. */
  Batches(int maxIds, Function<List<MessageId>, WireMessage> wrap) {
    this(maxIds, wrap, (_, _) -> {});
  }

  void add(Neighbour to, MessageId id) {
    batches.computeIfAbsent(to, _ -> new ArrayList<>()).add(id);
  }

  /** Sends them; what finds no room in a queue is dropped. */
  void flush(long nowNanos) {
    if (batches.isEmpty()) {
      return;
    }
    for (Map.Entry<Neighbour, List<MessageId>> batch : batches.entrySet()) {
      List<MessageId> ids = batch.getValue();
      for (int at = Math.max(0, ids.size() - maxIds); at < ids.size(); at += WireMessage.MAX_IDS) {
        List<MessageId> part = ids.subList(at, Math.min(ids.size(), at + WireMessage.MAX_IDS));
        if (batch.getKey().send(wrap.apply(part), nowNanos)) {
          sent += part.size();
        } else {
          unsent.accept(batch.getKey(), part);
        }
      }
    }
    batches.clear();
  }

  /** Ids sent since the start. */
  long sent() {
    return sent;
  }
}
