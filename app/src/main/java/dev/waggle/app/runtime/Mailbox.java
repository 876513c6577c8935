package dev.waggle.app.runtime;

import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that the node thread has yet to hear, in order of arrival.
 *
 * <p>Messages are bounded: a link whose messages find the mailbox full stops reading from its
 * socket until the node thread has caught up, so that TCP slows the peer down. Events are not
 * counted; there are at most a few a link, and links are bounded.
 */
final class Mailbox {
  /** Messages that may wait: some milliseconds of work for the node thread. */
  static final int MAX_MESSAGES = 32_768;

  /** Bytes of payload that may wait: eight of the largest messages. */
  static final long MAX_BYTES = 64 * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<MessageSource> paused = new ArrayList<>();
  private Batch filling = new Batch();
  private Batch emptying = new Batch();
  private int waitingMessages;
  private long waitingBytes;
  private boolean closed;

  /**
   * Appends messages of one source.
   *
   * @return false if the mailbox is full now: the source must stop reading, and will be told by
   *     {@link MessageSource#resumeReading} when there is room
   */
  boolean post(MessageSource source, List<WireMessage> messages, long bytes) {
    lock.lock();
    try {
      for (WireMessage message : messages) {
        filling.add(source, message);
      }
      waitingMessages += messages.size();
      waitingBytes += bytes;
      arrived.signal();
      if (!isFull()) {
        return true;
      }
      paused.add(source);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Appends an event. */
  void post(NodeEvent event) {
    lock.lock();
    try {
      filling.add(null, event);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Appends a message that was published here.
   *
   * @return false if the mailbox is full; nothing was appended
   */
  boolean offer(NodeEvent.Published published, long bytes) {
    lock.lock();
    try {
      if (isFull()) {
        return false;
      }
      waitingMessages++;
      waitingBytes += bytes;
      filling.add(null, published);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return closed || waitingMessages >= MAX_MESSAGES || waitingBytes >= MAX_BYTES;
  }

  /**
   * Takes everything that has arrived, waiting for at most {@code maxWaitNanos} for the first of
   * it. Called by the node thread, which must be done with the last batch.
   */
  Batch takeAll(long maxWaitNanos) throws InterruptedException {
    emptying.clear();
    List<MessageSource> resumed;
    lock.lockInterruptibly();
    try {
      long remainingNanos = maxWaitNanos;
      while (filling.isEmpty() && remainingNanos > 0) {
        remainingNanos = arrived.awaitNanos(remainingNanos);
      }
      Batch batch = filling;
      filling = emptying;
      emptying = batch;
      waitingMessages = 0;
      waitingBytes = 0;
      resumed = List.copyOf(paused);
      paused.clear();
    } finally {
      lock.unlock();
    }
    resumed.forEach(MessageSource::resumeReading);
    return emptying;
  }

  /**
   * Takes the last batch: from now on nothing that is published here is accepted, and what links
   * still post is never heard.
   */
  Batch close() throws InterruptedException {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    return takeAll(0);
  }
}
