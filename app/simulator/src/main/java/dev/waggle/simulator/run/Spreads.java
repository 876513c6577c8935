package dev.waggle.simulator.run;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How all messages of a run spread, in the order of their publication. */
final class Spreads {
  /**
   * Messages that are still followed although somebody has never had them: 4 KiB for each node,
   * which is little beside the node itself. Of older ones nobody is counted any more.
   */
  static final int MAX_OPEN = 4096;

  private final int nodes;
  private final Map<MessageId, Spread> all = new LinkedHashMap<>();
  private final ArrayDeque<Spread> open = new ArrayDeque<>();

  Spreads(int nodes) {
    this.nodes = nodes;
  }

  /** A node has published a message, unless it is one that is known already. */
  void published(MessageId id, GossipMessage message, int publisher, long nowNanos) {
    if (all.containsKey(id)) {
      return;
    }
    Spread spread =
        new Spread(id, message.kind(), publisher, nowNanos, message.payload().length(), nodes);
    all.put(id, spread);
    open.add(spread);
    if (open.size() > MAX_OPEN) {
      open.removeIf(one -> !one.isOpen());
    }
    if (open.size() > MAX_OPEN) {
      open.remove().close();
    }
  }

  void accepted(MessageId id, int node, int from, long nowNanos) {
    Spread spread = all.get(id);
    if (spread != null) {
      spread.accepted(node, from, nowNanos);
    }
  }

  void copyArrived(MessageId id) {
    Spread spread = all.get(id);
    if (spread != null) {
      spread.copyArrived();
    }
  }

  /** How many keep a byte for each node. */
  int open() {
    return (int) all.values().stream().filter(Spread::isOpen).count();
  }

  /**
   * Those of one kind.
   *
   * @param relays what it took to bring each to everybody, or null
   */
  List<SpreadResult> results(
      GossipMessage.Kind kind, Function<MessageId, @Nullable RelayResult> relays) {
    return all.values().stream()
        .filter(spread -> spread.kind() == kind)
        .map(spread -> spread.result(relays.apply(spread.id())))
        .toList();
  }

  long usefulBytes() {
    return all.values().stream().mapToLong(Spread::usefulBytes).sum();
  }
}
