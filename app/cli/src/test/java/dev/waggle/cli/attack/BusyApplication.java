package dev.waggle.cli.attack;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes its time to judge, accepts everything, and counts what it judges: what were ignored would
 * soon be dropped unjudged (PROTOCOL §9.7).
 */
final class BusyApplication implements GossipApplication {
  private static final long VALIDATION_NANOS = Duration.ofNanos(50_000).toNanos();

  /** What it judges in {@code time}, as long as one thread does that. */
  static long judgedIn(Duration time) {
    return time.toNanos() / VALIDATION_NANOS;
  }

  private final AtomicLong judged = new AtomicLong();
  private final BlockingQueue<MessageId> delivered = new LinkedBlockingQueue<>();

  @Override
  public Verdict validate(Delivery candidate) {
    long untilNanos = System.nanoTime() + VALIDATION_NANOS;
    while (System.nanoTime() - untilNanos < 0) {
      Thread.onSpinWait();
    }
    judged.incrementAndGet();
    return new Verdict.Accept();
  }

  @Override
  public void deliver(Delivery accepted) {
    if (accepted.message() instanceof GossipMessage.Block) {
      delivered.add(accepted.id());
    }
  }

  /** How many messages were judged so far. */
  long judged() {
    return judged.get();
  }

  /** The blocks that were accepted, in that order, for whoever takes them. */
  BlockingQueue<MessageId> delivered() {
    return delivered;
  }
}
