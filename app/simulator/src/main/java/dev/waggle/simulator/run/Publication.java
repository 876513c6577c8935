package dev.waggle.simulator.run;

import dev.waggle.chain.ChainView;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Something that a node is to publish.
 *
 * @param atNanos since the network began
 */
public record Publication(long atNanos, int node, GossipMessage.Kind kind) {
  /** All that is published in a run: transactions, then blocks, both in the order of time. */
  public static List<Publication> draw(Scenario scenario, Seeds seeds) {
    Workload work = scenario.workload();
    SplittableRandom random = seeds.random(Purpose.PUBLISHERS);
    Duration begin = scenario.startWithin().plus(scenario.settle());
    List<Publication> all = new ArrayList<>();
    for (int i = 0; i < work.transactions(); i++) {
      long after = part(work.transactionsWithin().toNanos(), i, work.transactions());
      int node = random.nextInt(scenario.nodes());
      all.add(new Publication(begin.toNanos() + after, node, GossipMessage.Kind.TRANSACTION));
    }
    for (int i = 0; i < work.blocks(); i++) {
      long at = begin.plus(work.blockEvery().multipliedBy(i)).toNanos();
      int node = random.nextInt(scenario.nodes());
      all.add(new Publication(at, node, GossipMessage.Kind.BLOCK));
    }
    return all;
  }

  /** The message itself, on top of the publisher's chain at that time. */
  public GossipMessage message(Workload work, BlockMaker maker, ChainView chain, long nowMillis) {
    return switch (kind) {
      case BLOCK ->
          maker.on(chain, nowMillis, work.blockBytes(), work.blockTransactions()).toMessage();
      case TRANSACTION -> maker.transaction(work.transactionBytes()).toMessage();
      case EVIDENCE -> throw new IllegalStateException("nobody publishes evidence");
    };
  }

  /** When it is over: some time after the last was published, or after the first could be. */
  public static Duration end(Scenario scenario, List<Publication> all) {
    long last =
        all.stream()
            .mapToLong(Publication::atNanos)
            .max()
            .orElse(scenario.startWithin().plus(scenario.settle()).toNanos());
    return scenario.drain().plusNanos(last);
  }

  /** When the {@code index}th of so many things is to be that fill the whole evenly. */
  static long part(long whole, int index, int count) {
    return (long) ((double) whole * index / count);
  }
}
