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

/** Takes its time to judge, accepts blocks, and ignores everything else. Counts what it judges. */
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
    return candidate.message() instanceof GossipMessage.Block
        ? new Verdict.Accept()
        : new Verdict.Ignore("not our business");
  }

  @Override
  public void deliver(Delivery accepted) {
    delivered.add(accepted.id());
  }

  /** How many messages were judged so far. */
  long judged() {
    return judged.get();
  }

  /** What was accepted, in that order, for whoever takes it. */
  BlockingQueue<MessageId> delivered() {
    return delivered;
  }
}
