package dev.waggle.chain.mining;

import dev.waggle.chain.Author;
import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainReader;
import dev.waggle.chain.ChainView;
import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mines blocks on the newest tip, with the transactions that wait, on one daemon thread of its own.
 *
 * <p>It keeps the time of a block interval between a tip and the block that follows, for at a toy's
 * difficulty nothing else would, and begins anew at once when the tip moves. The interval counts
 * from when the tip was seen here: the time that it bears is its maker's word, who would hold
 * everybody up with one from the future. While its blocks are not accepted, because the disk is
 * full for example, it rests for longer and longer between two. Safe from any thread.
 */
public final class Miner implements AutoCloseable {
  /** How long it rests when a block of its own was not accepted, so that it does not spin. */
  static final Duration REST = Duration.ofSeconds(1);

  /** How long at most, each rest being twice the one before: so soon it goes on when it can. */
  static final Duration MAX_REST = Duration.ofMinutes(1);

  /** How long {@link #close} waits for the thread, which looks up every few hundred hashes. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Miner.class);

  private final ChainReader chain;
  private final GossipPublisher publisher;
  private final Author self;
  private final InstantSource clock;
  private final Duration interval;
  private final Consumer<Error> onError;
  private final NonceSearch search;
  private final TipWatch tips;
  private final Thread thread;
  private volatile boolean closed;

  /** The next rest, the miner's thread's; {@link #REST} while blocks are accepted. */
  private Duration rest = REST;

  /**
   * A miner at rest.
   *
   * @param self who signs its blocks, and whom they name
   * @param interval between a tip's arrival and the block to follow; zero does not wait
   * @param onError hears of an {@link Error}, on the miner's thread, which then ends
   */
  public Miner(
      ChainReader chain,
      GossipPublisher publisher,
      Author self,
      InstantSource clock,
      Duration interval,
      Consumer<Error> onError) {
    this(
        chain,
        publisher,
        self,
        clock,
        interval,
        onError,
        NonceSearch.under(chain.rules()),
        new TipWatch(chain, System::nanoTime));
  }

  Miner(
      ChainReader chain,
      GossipPublisher publisher,
      Author self,
      InstantSource clock,
      Duration interval,
      Consumer<Error> onError,
      NonceSearch search,
      TipWatch tips) {
    this.chain = chain;
    this.publisher = publisher;
    this.self = self;
    this.clock = clock;
    this.interval = interval;
    this.onError = onError;
    this.search = search;
    this.tips = tips;
    thread = Thread.ofPlatform().daemon().name("waggle-miner").unstarted(this::run);
  }

  /**
   * Begins to mine one block after the other.
   *
   * @throws IllegalThreadStateException if it was called before
   */
  public void start() {
    ChainView view = chain.view();
    tips.begin(view.tip(), claimedAge(view));
    chain.addListener(tips);
    thread.start();
  }

  /**
   * Mines exactly one block on the tip of this moment, without a pause before it. The search runs
   * on the calling thread; should the tip move meanwhile, it begins anew. Needs no {@link #start}.
   *
   * @return the block's id once the own node has accepted it, or {@link NotAccepted}
   */
  public CompletionStage<MessageId> mineOne() {
    Block block = null;
    while (block == null) {
      block = mineOn(chain.view(), false);
    }
    return publish(block);
  }

  private void run() {
    try {
      while (!closed) {
        mineNext();
      }
    } catch (InterruptedException e) {
      log.debug("the miner was stopped"); // close interrupts it
    } catch (RuntimeException e) {
      log.error("the miner failed and has stopped", e);
    } catch (Error e) {
      onError.accept(e);
    }
  }

  /** The tip's age by the time that it bears, as far as that can matter. */
  private Duration claimedAge(ChainView view) {
    long ageMillis = clock.millis() - view.tipTimeMillis();
    return Duration.ofMillis(Math.clamp(ageMillis, 0, interval.toMillis()));
  }

  private void mineNext() throws InterruptedException {
    ChainView view = chain.view();
    Duration early = interval.minus(tips.age(view.tip()));
    if (early.isPositive()) {
      tips.awaitMoveFrom(view.tip(), early);
      return;
    }
    Block block = mineOn(view, true);
    if (block == null) {
      return;
    }
    try {
      publish(block).toCompletableFuture().get();
      log.debug("mined block {} at height {}", block.id(), block.height());
      rest = REST;
    } catch (ExecutionException e) {
      if (rest.equals(REST)) {
        log.warn("a block mined here is lost, trying again: {}", String.valueOf(e.getCause()));
      }
      tips.awaitMoveFrom(view.tip(), rest);
      Duration twice = rest.multipliedBy(2);
      rest = twice.compareTo(MAX_REST) < 0 ? twice : MAX_REST;
    }
  }

  /** A block on top of {@code view}, or null if that is not the chain any more. */
  private @Nullable Block mineOn(ChainView view, boolean untilClosed) {
    BlockTemplate template = BlockTemplate.on(view, clock.millis());
    return search.search(
        self.sign(template), () -> (untilClosed && closed) || !tips.isTip(view.tip()));
  }

  private CompletionStage<MessageId> publish(Block block) {
    return Publication.publish(publisher, block.id(), block.toMessage());
  }

  /** Stops mining; returns when the thread has ended. Idempotent. */
  @Override
  public void close() {
    closed = true;
    chain.removeListener(tips);
    thread.interrupt();
    try {
      thread.join(CLOSE_LIMIT.toMillis()); // returns at once if it never started
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
