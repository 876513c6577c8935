package dev.waggle.simulator.chain;

import dev.waggle.chain.BlockStore;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.NodeService;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.node.SimulatedNode.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a simulated node, which holds the blocks of its chain, and the chain on top of it.
 */
public final class ChainDisk implements Disk {
  private final ChainRules rules;
  private final InstantSource clock;
  private BlockStore store;
  private @Nullable NodeService open;

  /**
   * An empty disk.
   *
   * @param clock the node's time of day
   */
  public ChainDisk(ChainRules rules, InstantSource clock) {
    this(rules, clock, PreparedChain.none(rules));
  }

  /** A disk that has that chain. */
  public ChainDisk(ChainRules rules, InstantSource clock, PreparedChain chain) {
    this.rules = rules;
    this.clock = clock;
    this.store = new SharedBlockStore(chain.blocks());
  }

  @Override
  public GossipApplication open() {
    try {
      NodeService service = NodeService.open(rules, store, clock);
      open = service;
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException("a disk in memory failed", e);
    }
  }

  @Override
  public void wipe() {
    store = new SharedBlockStore(List.of());
  }

  /**
   * Has a transaction wait for a block, unless it is known or finds no room.
   *
   * @param examined of the kind of a transaction
   */
  public void add(Delivery examined) {
    NodeService service = service();
    if (!(service.validate(examined) instanceof Verdict.Accept)) {
      return;
    }
    try {
      service.deliver(examined);
    } catch (DeliveryFailed e) {
      throw new IllegalStateException("a disk in memory failed", e);
    }
  }

  /** A block of the chain, or a transaction that waits, or null. */
  public @Nullable GossipMessage find(MessageId id) {
    return service().find(id);
  }

  /** The chain of the node as it runs now, or ran last. */
  public ChainView view() {
    return service().view();
  }

  private NodeService service() {
    NodeService service = open;
    if (service == null) {
      throw new IllegalStateException("the node was never started");
    }
    return service;
  }
}
