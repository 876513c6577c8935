package dev.waggle.operator.metrics;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.chain.ChainListener;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.MessageId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the chain: its blocks, how long they took to get here, its store. Hears of it on
 * the node's one thread, and is read by any.
 */
final class ChainMeters implements ChainListener, CatchUpObserver {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(30),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
  };

  private final InstantSource clock;
  private final Timer propagation;
  private final Counter fromPeers;
  private final Counter fromHere;
  private final Counter rejected;
  private final Counter reorganisations;
  private final Counter abandoned;
  private final Counter storeFailures;

  private volatile boolean catchingUp;

  /** Blocks that follow the tip, by what peers say: they may lie. */
  private volatile long further;

  private volatile boolean storeFails;

  ChainMeters(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    propagation =
        Timer.builder("waggle.block.propagation")
            .description("From a block's time, as its miner gives it, to its acceptance here")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    String accepted = "Blocks accepted, on side branches too, by where they came from";
    fromPeers = counter(registry, "blocks.accepted", accepted, Tags.of("origin", "peer"));
    fromHere = counter(registry, "blocks.accepted", accepted, Tags.of("origin", "here"));
    Tags none = Tags.empty();
    rejected = counter(registry, "blocks.rejected", "Blocks that broke a rule", none);
    reorganisations =
        counter(
            registry, "chain.reorganisations", "How often another branch became the chain", none);
    abandoned = counter(registry, "chain.abandoned.blocks", "Blocks that left the chain", none);
    storeFailures = counter(registry, "store.failures", "How often the store began to fail", none);
    gauge(registry, "store.failing", "1 while blocks cannot be kept", () -> storeFails ? 1 : 0);
    gauge(registry, "sync.catching.up", "1 while it catches up", () -> catchingUp ? 1 : 0);
  }

  private static Counter counter(MeterRegistry registry, String name, String help, Tags tags) {
    return Counter.builder("waggle." + name).description(help).tags(tags).register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, String help, Supplier<Number> value) {
    Gauge.builder("waggle." + name, value).description(help).register(registry);
  }

  void bind(Moments moments) {
    Tags none = Tags.empty();
    moments.gauge(
        "ethereum.blockchain.height",
        Moments.COUNT,
        "The current height of the canonical chain",
        none,
        moment -> moment.chain().height());
    moments.gauge(
        "ethereum.best.known.block.number",
        Moments.COUNT,
        "The estimated highest block available",
        none,
        moment -> (double) moment.chain().height() + further);
    moments.gauge(
        "waggle.chain.tip.timestamp",
        Moments.SECONDS,
        "The time of the newest block, since the epoch",
        none,
        moment -> moment.chain().tipTimeMillis() / 1e3);
    moments.gauge(
        "waggle.mempool.transactions",
        Moments.COUNT,
        "Transactions that wait for a block",
        none,
        moment -> moment.chain().pending().size());
  }

  boolean isStoreFailing() {
    return storeFails;
  }

  @Override
  public void blockAccepted(AcceptedBlock block) {
    further = Math.max(0, further - 1);
    if (block.abandonedBlocks() > 0) {
      reorganisations.increment();
      abandoned.increment(block.abandonedBlocks());
    }
    if (block.from() == null) {
      fromHere.increment();
      return;
    }
    fromPeers.increment();
    if (!catchingUp) {
      // Clocks differ: a block that was made later than now has been here at once.
      long tookMillis = Math.max(0, clock.millis() - block.timeMillis());
      propagation.record(Duration.ofMillis(tookMillis));
    }
  }

  @Override
  public void blockRejected(MessageId id, String why, @Nullable PeerId from) {
    rejected.increment();
  }

  @Override
  public void storeFailed(IOException why) {
    storeFails = true;
    storeFailures.increment();
  }

  @Override
  public void storeRecovered() {
    storeFails = false;
  }

  @Override
  public void catchingUp(long accepted, long further) {
    catchingUp = true;
    this.further = further;
  }

  @Override
  public void caughtUp(long accepted, boolean whole) {
    catchingUp = false;
    further = 0;
  }
}
