package dev.waggle.cli.attack;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Accepts everything, but throws at one payload, once somebody lets it. */
final class FailingApplication implements GossipApplication {
  static final GossipMessage POISON = new GossipMessage.Transaction(Bytes.ofHex("dead"));

  private final Supplier<? extends Throwable> failure;
  private final CountDownLatch poisoned = new CountDownLatch(1);
  private final CountDownLatch mayFail = new CountDownLatch(1);
  private final BlockingQueue<MessageId> delivered = new LinkedBlockingQueue<>();

  FailingApplication(Supplier<? extends Throwable> failure) {
    this.failure = failure;
  }

  @Override
  public Verdict validate(Delivery candidate) {
    if (candidate.message().equals(POISON)) {
      poisoned.countDown();
      try {
        mayFail.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      FailingApplication.<RuntimeException>sneak(failure.get());
    }
    return new Verdict.Accept();
  }

  @SuppressWarnings("unchecked") // the compiler takes any T for an unchecked exception
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Override
  public void deliver(Delivery accepted) {
    delivered.add(accepted.id());
  }

  /** Returns when it is about to fail. */
  void awaitPoison() throws InterruptedException {
    poisoned.await();
  }

  void fail() {
    mayFail.countDown();
  }

  /** What was accepted, in that order, for whoever takes it. */
  BlockingQueue<MessageId> delivered() {
    return delivered;
  }
}
