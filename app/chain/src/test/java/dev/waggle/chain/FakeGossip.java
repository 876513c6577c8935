package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gossip between chains in one process: what one accepts its neighbours get inside the same call,
 * and a block that waits for its parent has it fetched from whoever sent the block. Safe from any
 * thread: one lock stands for all node threads.
 */
public final class FakeGossip implements GossipPublisher {
  private static final Object NODE_THREAD = new Object();

  private final PeerId self;
  private final NodeService service;
  private final List<FakeGossip> neighbours = new ArrayList<>();

  public FakeGossip(PeerId self, NodeService service) {
    this.self = self;
    this.service = service;
  }

  @Override
  public CompletionStage<Verdict> publish(GossipMessage message) {
    synchronized (NODE_THREAD) {
      return CompletableFuture.completedStage(receive(message, null));
    }
  }

  /** Connects two nodes, each of which announces its inventory to the other. */
  public void connect(FakeGossip other) {
    synchronized (NODE_THREAD) {
      neighbours.add(other);
      other.neighbours.add(this);
      other.fetch(service.inventory(), this);
      fetch(other.service.inventory(), other);
    }
  }

  private void fetch(List<MessageId> ids, FakeGossip from) {
    for (MessageId id : ids) {
      receive(from.served(id), from);
    }
  }

  private GossipMessage served(MessageId id) {
    GossipMessage message = service.find(id);
    assertThat(message).as("%s of %s", id, self).isNotNull();
    return message;
  }

  private Verdict receive(GossipMessage message, @Nullable FakeGossip from) {
    MessageId id = MessageIds.of(message);
    PeerId sender = from == null ? null : from.self;
    Delivery delivery = new Delivery(id, message, service.examine(id, message), sender);
    Verdict verdict = service.validate(delivery);
    if (verdict instanceof Verdict.Await(MessageId missing) && from != null) {
      receive(from.served(missing), from);
      verdict = service.validate(delivery);
    }
    if (verdict instanceof Verdict.Accept) {
      try {
        service.deliver(delivery);
      } catch (DeliveryFailed e) {
        return new Verdict.Ignore(String.valueOf(e.getMessage()));
      }
      for (FakeGossip neighbour : neighbours) {
        if (neighbour != from) {
          neighbour.receive(message, this);
        }
      }
    }
    return verdict;
  }
}
