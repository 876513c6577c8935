package dev.waggle.domain.gossip;

import dev.waggle.ports.wire.MessageId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many peers owe us a message: a peer that does is heard even if the message is known by now.
 */
final class Debts {
  private final Map<MessageId, Integer> debtors = new LinkedHashMap<>();

  boolean isOwed(MessageId id) {
    return !debtors.isEmpty() && debtors.containsKey(id);
  }

  void add(MessageId id) {
    debtors.merge(id, 1, Integer::sum);
  }

  void remove(MessageId id) {
    debtors.computeIfPresent(id, (_, count) -> count == 1 ? null : count - 1);
  }
}
