package dev.waggle.app.mining;

import dev.waggle.app.chain.AcceptedBlock;
import dev.waggle.app.chain.ChainListener;
import dev.waggle.app.chain.ChainReader;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Waits until a chain's tip moves. Safe from any thread. */
class TipWatch implements ChainListener {
  private final ChainReader chain;
  private final Lock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  TipWatch(ChainReader chain) {
    this.chain = chain;
  }

  @Override
  public void blockAccepted(AcceptedBlock block) {
    if (block.becameTip()) {
      lock.lock();
      try {
        moved.signalAll();
      } finally {
        lock.unlock();
      }
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
