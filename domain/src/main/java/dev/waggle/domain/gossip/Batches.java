package dev.waggle.domain.gossip;

import dev.waggle.domain.peers.Neighbour;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Ids to announce or to request, gathered for each peer while one event is dealt with. */
final class Batches {
  private final Function<List<MessageId>, WireMessage> wrap;
  private final Map<Neighbour, List<MessageId>> batches = new LinkedHashMap<>();
  private long sent;

  Batches(Function<List<MessageId>, WireMessage> wrap) {
    this.wrap = wrap;
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
      for (int at = 0; at < ids.size(); at += WireMessage.MAX_IDS) {
        List<MessageId> part = ids.subList(at, Math.min(ids.size(), at + WireMessage.MAX_IDS));
        if (batch.getKey().send(wrap.apply(part), nowNanos)) {
          sent += part.size();
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
