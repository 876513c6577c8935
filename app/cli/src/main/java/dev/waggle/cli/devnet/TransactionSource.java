package dev.waggle.cli.devnet;

import dev.waggle.cli.devnet.DevnetPlan.Transactions;
import dev.waggle.cli.node.FullNode;
import dev.waggle.ports.Bytes;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;

/**
 * Publishes signed transactions at one node after the other, on a thread of its own. What a node
 * does not take is lost: its memory pool is full, or it is overloaded.
 */
final class TransactionSource implements AutoCloseable {
  /** Of a memo: with key and signature a transaction has 5,574 bytes, and 180 make a megabyte. */
  static final int MEMO_BYTES = 300;

  private final List<FullNode> nodes;
  private final ObjIntConsumer<Throwable> onFailure;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("devnet-transactions").daemon().factory());
  private int next;

  /**
   * Begins.
   *
   * @param onFailure hears which node could not be given a transaction, and why; nothing is
   *     published after that
   */
  TransactionSource(
      List<FullNode> nodes, Transactions transactions, ObjIntConsumer<Throwable> onFailure) {
    this.nodes = nodes;
    this.onFailure = onFailure;
    long everyNanos = TimeUnit.SECONDS.toNanos(1) / transactions.perSecond();
    var _ = clock.scheduleAtFixedRate(this::publish, 0, everyNanos, TimeUnit.NANOSECONDS);
  }

  private void publish() {
    int node = next;
    next = (next + 1) % nodes.size();
    byte[] memo = new byte[MEMO_BYTES];
    ThreadLocalRandom.current().nextBytes(memo);
    try {
      var _ = nodes.get(node).publish(Bytes.wrap(memo));
    } catch (RuntimeException | Error e) {
      onFailure.accept(e, node);
      throw e; // Which ends the schedule.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
