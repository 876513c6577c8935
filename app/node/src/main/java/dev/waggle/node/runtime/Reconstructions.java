package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.relay.Reconstructor;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has blocks put together beside the node, by the threads that examine: as other work on blocks in
 * the turn of whoever has caused it, the party of the peer that has sent the header (PROTOCOL
 * §9.8). Asked by the node thread.
 */
final class Reconstructions implements Reconstructor {
  /**
   * Blocks that may wait or be put together: more than are mined while the first of them is, unless
   * somebody wants to keep the others from theirs. Their bytes are the router's to bound.
   */
  static final int MAX_OPEN = 16;

  private static final Logger log = LoggerFactory.getLogger(Reconstructions.class);

  private final PriorityPool<Lane, Runnable> pool;
  private final Supplier<Intake> intake;
  private final Function<PeerId, @Nullable Party> parties;
  private final Consumer<NodeEvent> results;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Nothing is put together yet.
   *
   * @param pool hears of an {@link Error}
   * @param intake the calling thread's
   * @param parties of the peers that are connected; asked by the node thread
   * @param results takes each result to the node thread; called by any thread
   */
  Reconstructions(
      PriorityPool<Lane, Runnable> pool,
      Supplier<Intake> intake,
      Function<PeerId, @Nullable Party> parties,
      Consumer<NodeEvent> results) {
    this.pool = pool;
    this.intake = intake;
    this.parties = parties;
    this.results = results;
  }

  /** What is too much has the result of what cannot be put together: it is fetched whole then. */
  @Override
  public void reconstruct(Reconstruction reconstruction) {
    if (open.incrementAndGet() > MAX_OPEN) {
      log.debug("too many blocks are being put together; {} is not", reconstruction.id());
      finish(reconstruction, null);
      return;
    }
    // If the pool is closed, nobody waits any more.
    boolean _ = pool.submit(Lane.EXPRESS, partyOf(reconstruction), () -> run(reconstruction));
  }

  private Party partyOf(Reconstruction reconstruction) {
    Party party = parties.apply(reconstruction.from());
    // Whoever has left is all the same to us: they share one turn.
    return party == null ? new Party.Ourselves() : party;
  }

  private void run(Reconstruction reconstruction) {
    Delivery block = null;
    try {
      block = intake.get().complete(reconstruction);
    } catch (RuntimeException e) {
      log.error("the block {} could not be put together", reconstruction.id(), e);
    }
    finish(reconstruction, block);
  }

  private void finish(Reconstruction reconstruction, @Nullable Delivery block) {
    open.decrementAndGet();
    results.accept(new NodeEvent.Reconstructed(reconstruction, block));
  }
}
