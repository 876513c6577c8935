package dev.waggle.simulator.run;

import dev.waggle.ports.wire.MessageId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Who has which tip: since when all nodes have one, and how many differ from most. */
final class Agreement {
  private final int nodes;
  private final Map<Integer, MessageId> tips = new HashMap<>();
  private final MessageId genesis;
  private final Map<MessageId, Integer> counts = new HashMap<>();
  private long sinceNanos;
  private boolean agreed = true;

  Agreement(int nodes, MessageId genesis) {
    this.nodes = nodes;
    this.genesis = genesis;
    counts.put(genesis, nodes);
  }

  void tip(int node, MessageId tip, long nowNanos) {
    MessageId before = tips.getOrDefault(node, genesis);
    if (before.equals(tip)) {
      return;
    }
    counts.computeIfPresent(before, (_, count) -> count == 1 ? null : count - 1);
    counts.merge(tip, 1, Integer::sum);
    tips.put(node, tip);
    boolean now = counts.size() == 1;
    if (now && !agreed) {
      sinceNanos = nowNanos;
    }
    agreed = now;
  }

  boolean isAgreed() {
    return agreed;
  }

  /** Nodes that have another tip than most have. */
  int apart() {
    return nodes - Collections.max(counts.values());
  }

  /** Since when; only if {@link #isAgreed}. */
  long sinceNanos() {
    return sinceNanos;
  }
}
