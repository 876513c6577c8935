package dev.waggle.domain.gossip;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An application that judges as it is told, accepts what it was told nothing of, and delivers. */
final class FakeApplication implements GossipApplication {
  final Map<MessageId, Verdict> verdicts = new LinkedHashMap<>();
  final List<MessageId> judged = new ArrayList<>();
  final List<MessageId> delivered = new ArrayList<>();
  final Set<MessageId> known = new LinkedHashSet<>();
  final List<MessageId> inventory = new ArrayList<>();
  final List<MessageId> found = new ArrayList<>();
  boolean full;
  final Map<MessageId, GossipMessage> stored = new LinkedHashMap<>();
  @Nullable HeaderChain chain;

  @Override
  public boolean isKnown(MessageId id) {
    return known.contains(id);
  }

  @Override
  public Verdict validate(Delivery candidate) {
    judged.add(candidate.id());
    if (verdicts.get(candidate.id()) instanceof Verdict.Await(MessageId missing)
        && delivered.contains(missing)) {
      return new Verdict.Accept();
    }
    return verdicts.getOrDefault(candidate.id(), new Verdict.Accept());
  }

  @Override
  public void deliver(Delivery accepted) throws DeliveryFailed {
    if (full) {
      throw new DeliveryFailed("no room", new RuntimeException());
    }
    delivered.add(accepted.id());
  }

  @Override
  public List<MessageId> inventory() {
    return inventory;
  }

  @Override
  public @Nullable HeaderChain headerChain() {
    return chain;
  }

  @Override
  public @Nullable GossipMessage find(MessageId id) {
    found.add(id);
    return stored.get(id);
  }
}
