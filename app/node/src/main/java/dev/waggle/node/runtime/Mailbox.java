package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the node thread has yet to hear. Every source has an {@link Inbox} of its own,
 * and these take turns: however much a link has sent, another one waits for a turn of each at most.
 *
 * <p>Messages are bounded: a link whose inbox is full stops reading from its socket until the node
 * thread has caught up, so that TCP slows the peer down. Events are not counted; there are at most
 * a few a link, and links are bounded. They are heard before messages, but that a link is closed is
 * heard after all that it has brought.
 */
final class Mailbox {
  /** Messages published on this node that may wait: some milliseconds of work. */
  static final long MAX_PUBLISHED = 32_768;

  /** Batches that are kept to be filled again: one for every link that is busy at a time. */
  private static final int MAX_SPARE_BATCHES = 128;

  /**
   * An inbox may hold so many times as much of the memory that all links share. That is there or
   * not, whoever has it, so this bounds only how long a message can wait behind others.
   */
  private static final int SHARED_TIMES = 8;

  private final long maxInboxBytes;
  private final long maxPublishedBytes;
  private final Naming naming;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Inbox.Queue> expressLine = new ArrayDeque<>();
  private final ArrayDeque<Inbox.Queue> bulkLine = new ArrayDeque<>();
  private final ArrayDeque<Batch> spare = new ArrayDeque<>();
  private final Inbox published = new Inbox(null);
  private final Turns turns = new Turns();
  private List<NodeEvent> events = new ArrayList<>();
  private long publishedCount;
  private boolean closed;

  /**
   * An empty mailbox.
   *
   * @param maxInboxBytes that may wait from one link, and one message more
   * @param maxPublishedBytes that may wait of what is published here
   * @param naming holds queues whose next message has no name yet
   */
  Mailbox(long maxInboxBytes, long maxPublishedBytes, Naming naming) {
    this.naming = naming;
    this.maxInboxBytes = maxInboxBytes;
    this.maxPublishedBytes = maxPublishedBytes;
  }

  /** What the node thread does next, in this order. Valid until it asks again. */
  static final class Turns {
    private List<NodeEvent> events = new ArrayList<>();
    private Inbox.@Nullable Queue express;
    private Inbox.@Nullable Queue bulk;
    private int sources;

    List<NodeEvent> events() {
      return events;
    }

    Inbox.@Nullable Queue express() {
      return express;
    }

    Inbox.@Nullable Queue bulk() {
      return bulk;
    }

    /** How many queues want a turn, these two included. */
    int sources() {
      return sources;
    }
  }

  /**
   * Appends messages of one source.
   *
   * @return false if its inbox is full now: the source must stop reading, and will be told by
   *     {@link MessageSource#resumeReading} when there is room
   */
  boolean post(Inbox inbox, List<Incoming> messages) {
    lock.lock();
    try {
      for (Incoming message : messages) {
        append(inbox, message);
      }
      inbox.paused |= inbox.bytes >= maxInboxBytes || inbox.sharedBytes >= maxSharedBytes();
      return !inbox.paused;
    } finally {
      lock.unlock();
    }
  }

  private long maxSharedBytes() {
    return SHARED_TIMES * maxInboxBytes;
  }

  /** Says that a link is closed, once all that it has brought is handled. */
  void postLast(Inbox inbox, NodeEvent.Closed last) {
    lock.lock();
    try {
      if (inbox.isEmpty()) {
        addEvent(last);
      } else {
        inbox.last = last;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Appends an event. */
  void post(NodeEvent event) {
    lock.lock();
    try {
      addEvent(event);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Appends a message that was published here.
   *
   * @return false if too much waits, or the mailbox is closed; nothing was appended
   */
  boolean offer(Incoming.Own message) {
    lock.lock();
    try {
      if (closed || publishedCount >= MAX_PUBLISHED || published.bytes >= maxPublishedBytes) {
        return false;
      }
      append(published, message);
      publishedCount++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void addEvent(NodeEvent event) {
    events.add(event);
    arrived.signal();
  }

  private void append(Inbox inbox, Incoming message) {
    Lane lane = message.lane();
    Inbox.Queue queue = inbox.queue(lane);
    if (queue.arriving == null) {
      queue.arriving = spare.isEmpty() ? new Batch() : spare.removeLast();
    }
    queue.arriving.add(message);
    inbox.bytes += message.bytes();
    inbox.sharedBytes += message.sharedBytes();
    if (!queue.inLine) {
      queue.inLine = true;
      lineUp(queue, lane);
    }
  }

  /** For a turn, or to be named first. */
  private void lineUp(Inbox.Queue queue, Lane lane) {
    if (queue.head() instanceof Prepared next && !next.isNamed()) {
      naming.name(this, queue, lane);
    } else {
      line(lane).add(queue);
      arrived.signal();
    }
  }

  private ArrayDeque<Inbox.Queue> line(Lane lane) {
    return switch (lane) {
      case EXPRESS -> expressLine;
      case BULK -> bulkLine;
    };
  }

  /**
   * Takes what is next, waiting for at most {@code maxWaitNanos} for the first of it: all events,
   * and the next queue of each lane. Called by the node thread, which must have reported the last
   * ones by {@link #handled}.
   */
  Turns take(long maxWaitNanos) throws InterruptedException {
    turns.events.clear();
    lock.lockInterruptibly();
    try {
      long remainingNanos = maxWaitNanos;
      while (isIdle() && remainingNanos > 0) {
        remainingNanos = arrived.awaitNanos(remainingNanos);
      }
      List<NodeEvent> heard = events;
      events = turns.events;
      turns.events = heard;
      turns.sources = expressLine.size() + bulkLine.size();
      turns.express = next(expressLine);
      turns.bulk = next(bulkLine);
      return turns;
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    return events.isEmpty() && expressLine.isEmpty() && bulkLine.isEmpty();
  }

  private static Inbox.@Nullable Queue next(ArrayDeque<Inbox.Queue> line) {
    Inbox.Queue queue = line.poll();
    if (queue != null) {
      queue.takeInHand();
    }
    return queue;
  }

  /** What waits in a queue that is held back, for whoever holds it. */
  Batch takeInHand(Inbox.Queue queue) {
    lock.lock();
    try {
      queue.takeInHand();
      return queue.inHand();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The turn of a queue is over: it stands in line again if something is left.
   *
   * @param handled what was handled of it
   * @param held whether it shall not stand in line before {@link #resume}
   */
  void handled(Inbox.Queue queue, Lane lane, Tally handled, boolean held) {
    MessageSource resumed = null;
    lock.lock();
    try {
      Inbox inbox = queue.inbox();
      inbox.bytes -= handled.bytes();
      inbox.sharedBytes -= handled.sharedBytes();
      publishedCount -= inbox == published ? handled.count() : 0;
      if (queue.inHand != null && !queue.inHand.hasNext()) {
        recycle(queue.inHand);
        queue.inHand = null;
      }
      queue.inLine = !queue.isEmpty();
      if (queue.inLine && !held) {
        lineUp(queue, lane);
      }
      if (inbox.paused
          && inbox.bytes <= maxInboxBytes / 2
          && inbox.sharedBytes <= maxSharedBytes() / 2) {
        inbox.paused = false;
        resumed = inbox.source();
      }
      if (inbox.last != null && inbox.isEmpty()) {
        addEvent(inbox.last);
        inbox.last = null;
      }
    } finally {
      lock.unlock();
    }
    if (resumed != null) {
      resumed.resumeReading();
    }
  }

  /** A queue that was held back stands in line again. Called by any thread. */
  void resume(Inbox.Queue queue, Lane lane) {
    lock.lock();
    try {
      line(lane).add(queue);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void recycle(Batch batch) {
    if (!batch.isLarge() && spare.size() < MAX_SPARE_BATCHES) {
      batch.clear();
      spare.add(batch);
    }
  }

  /** How many sources have messages that wait for a turn. */
  int waitingSources() {
    lock.lock();
    try {
      return expressLine.size() + bulkLine.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many messages wait that were published here. */
  long waitingPublished() {
    lock.lock();
    try {
      return publishedCount;
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on nothing that is published here is accepted.
   *
   * @return what was, and will not be handled any more; the node thread must have ended, or be
   *     stuck in what it was handling
   */
  List<Incoming.Own> close() {
    List<Incoming.Own> abandoned = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      for (Lane lane : Lane.values()) {
        Inbox.Queue queue = published.queue(lane);
        collect(queue.inHand, abandoned);
        collect(queue.arriving, abandoned);
      }
    } finally {
      lock.unlock();
    }
    return abandoned;
  }

  private static void collect(@Nullable Batch batch, List<Incoming.Own> into) {
    while (batch != null && batch.hasNext()) {
      into.add((Incoming.Own) batch.takeNext());
    }
  }
}
