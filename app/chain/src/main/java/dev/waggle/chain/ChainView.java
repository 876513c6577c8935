package dev.waggle.chain;

import dev.waggle.ports.wire.MessageId;
import java.util.Collection;
import java.util.List;

/**
 * A chain at one moment, for any thread to read.
 *
 * @param tip the id of the newest block of the branch with the most work
 * @param height that block's height
 * @param tipTimeMillis that block's time, in milliseconds since the epoch
 * @param totalWork hashes that the branch has cost, on average
 * @param pending transactions that wait for a block, oldest first; unmodifiable
 */
public record ChainView(
    MessageId tip, long height, long tipTimeMillis, long totalWork, List<Transaction> pending) {

  /** Whether all these nodes have the same chain: a tip's hash covers everything before it. */
  public static boolean agree(Collection<ChainView> views) {
    return views.stream().map(ChainView::tip).distinct().count() <= 1;
  }
}
