package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Catches up with chains of which the node is behind, and lets others do so (PROTOCOL §8.6). Owned
 * by the node thread. Where an application does not say how its blocks follow each other, nothing
 * happens in here.
 */
public final class CatchUp {
  private final @Nullable HeaderReplies replies;

  /**
   * Behind nobody.
   *
   * @param chain null if it is not known how blocks follow each other
   */
  public CatchUp(@Nullable HeaderChain chain) {
    this.replies = chain == null ? null : new HeaderReplies(chain);
  }

  public void departed(Neighbour peer) {
    if (replies != null) {
      replies.departed(peer);
    }
  }

  /** A peer takes more again, perhaps on another link. */
  public void drained(Neighbour peer) {
    if (replies != null) {
      replies.drained(peer);
    }
  }

  /** A peer wants to know what follows on this node's chain. */
  public void headersRequested(Neighbour from, List<MessageId> locator, int count, long nowNanos) {
    if (replies != null) {
      replies.requested(from, locator, count, nowNanos);
    }
  }

  /** Sends what was asked for, and sees to it that this is called again in time. */
  public void finish(Alarm alarm, long nowNanos) {
    if (replies != null && replies.isReady()) {
      replies.serve(nowNanos);
      if (replies.isReady()) {
        alarm.by(nowNanos);
      }
    }
  }

  public SyncCounters counters() {
    return new SyncCounters(0, 0, 0, 0, replies == null ? 0 : replies.sent(), 0, 0);
  }
}
