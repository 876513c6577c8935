package dev.waggle.chain.mining;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.chain.ChainListener;
import dev.waggle.chain.ChainReader;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Waits until a chain's tip moves, and knows for how long it has been there. Safe from any thread.
 */
class TipWatch implements ChainListener {
  private final ChainReader chain;
  private final LongSupplier nanoTime;
  private final Lock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private MessageId seen;
  private long seenNanos;

  TipWatch(ChainReader chain, LongSupplier nanoTime) {
    this.chain = chain;
    this.nanoTime = nanoTime;
    seen = chain.view().tip();
    seenNanos = nanoTime.getAsLong();
  }

  /** Takes the tip of this moment for one that has been there for a while already. */
  void begin(MessageId tip, Duration age) {
    lock.lock();
    try {
      seen = tip;
      seenNanos = nanoTime.getAsLong() - age.toNanos();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void blockAccepted(AcceptedBlock block) {
    if (block.becameTip()) {
      lock.lock();
      try {
        see(block.id());
        moved.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void see(MessageId tip) {
    if (!tip.equals(seen)) {
      seen = tip;
      seenNanos = nanoTime.getAsLong();
    }
  }

  /** How long ago {@code tip}, which is the tip now, was seen first. */
  Duration age(MessageId tip) {
    lock.lock();
    try {
      see(tip);
      return Duration.ofNanos(nanoTime.getAsLong() - seenNanos);
    } finally {
      lock.unlock();
    }
  }

  boolean isTip(MessageId id) {
    return chain.view().tip().equals(id);
  }

  /** Returns when {@code tip} is not the tip, at the latest after {@code limit}. */
  void awaitMoveFrom(MessageId tip, Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long leftNanos = limit.toNanos();
      while (leftNanos > 0 && isTip(tip)) {
        leftNanos = moved.awaitNanos(leftNanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
