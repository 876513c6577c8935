package dev.waggle.operator.page;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session: what has happened so far, with bounds. The newest {@link #MAX_EVENTS} events are kept
 * whole, and of older ones what still holds ({@link SessionBase}). Safe from any thread; who writes
 * waits for nobody who reads: readers come and take, and find out if they were too slow.
 */
final class SessionLog {
  /** Hours of a quiet network; some seconds of a node that catches up. */
  static final int MAX_EVENTS = 32_768;

  /** Two bytes at most each: a bound for what lies in memory. */
  static final long MAX_CHARS = 12 * 1024 * 1024;

  /** Of one answer: so much is put together in memory for a reader. */
  static final int MAX_BATCH = 512;

  /**
   * A session, up to a moment.
   *
   * @param lines of older events that still hold, and of all newer ones
   * @param forgotten how many events are missing among them
   */
  record Snapshot(List<String> lines, long lastId, long forgotten) {}

  /**
   * What is new to a reader.
   *
   * @param lines at most {@link #MAX_BATCH}
   * @param lastId of these, or that of the reader before
   * @param numbers what nodes count, of those that have counted anew
   * @param numbersVersion to be told the next time
   */
  record News(List<String> lines, long lastId, List<String> numbers, long numbersVersion) {}

  private record Numbers(long version, String json) {}

  private final int maxEvents;
  private final LongSupplier nanoTime;
  private final long beganNanos;
  private final long beganMillis;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Entry> recent = new ArrayDeque<>();
  private final SessionBase base = new SessionBase();
  private final Map<Integer, Numbers> numbers = new LinkedHashMap<>();
  private long chars;
  private long lastId;
  private long numbersVersion;
  private boolean closed;

  SessionLog(InstantSource clock, LongSupplier nanoTime) {
    this(clock, nanoTime, MAX_EVENTS);
  }

  SessionLog(InstantSource clock, LongSupplier nanoTime, int maxEvents) {
    this.maxEvents = maxEvents;
    this.nanoTime = nanoTime;
    this.beganNanos = nanoTime.getAsLong();
    this.beganMillis = clock.millis();
  }

  /** Milliseconds since the epoch; it is also what tells this session from others. */
  long beganMillis() {
    return beganMillis;
  }

  /** Milliseconds since it began. */
  double nowMillis() {
    return SessionJson.millis(nanoTime.getAsLong() - beganNanos);
  }

  /** Takes an event that has just happened. */
  void append(SessionEvent event) {
    String json = SessionJson.line(event, nanoTime.getAsLong() - beganNanos);
    lock.lock();
    try {
      recent.addLast(new Entry(++lastId, event, json));
      chars += json.length();
      while (recent.size() > maxEvents || chars > MAX_CHARS) {
        Entry oldest = recent.removeFirst();
        chars -= oldest.json().length();
        base.fold(oldest);
      }
      if (event instanceof SessionEvent.NodeDown down) {
        numbers.remove(down.node());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what a node counts now; it has no place in the past. */
  void count(int node, String json) {
    lock.lock();
    try {
      numbers.put(node, new Numbers(++numbersVersion, json));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Everything so far. */
  Snapshot snapshot() {
    List<Entry> old;
    List<Entry> whole;
    long last;
    lock.lock();
    try {
      old = base.entries();
      whole = List.copyOf(recent);
      last = lastId;
    } finally {
      lock.unlock();
    }
    // Without the lock, which a node's thread may want.
    old.sort(Comparator.comparingLong(Entry::id));
    List<String> lines = new ArrayList<>(old.size() + whole.size());
    old.forEach(entry -> lines.add(entry.json()));
    whole.forEach(entry -> lines.add(entry.json()));
    return new Snapshot(lines, last, last - lines.size());
  }

  /** Whether a reader that has had all up to {@code id} can go on from there. */
  boolean follows(long id) {
    lock.lock();
    try {
      return id <= lastId && id >= lastId - recent.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something new to a reader, or the time is over: then there is nothing in
   * what it returns.
   *
   * @return null if the reader has fallen too far behind, or the session is closed
   */
  @Nullable News after(long id, long version, Duration time) throws InterruptedException {
    long nanos = time.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && id == lastId && version == numbersVersion && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return closed || id < lastId - recent.size() ? null : news(id, version);
    } finally {
      lock.unlock();
    }
  }

  private News news(long id, long version) {
    List<String> lines = new ArrayList<>();
    long last = id;
    // From the end: readers are near it, and the ring is long.
    int missing = (int) (lastId - id);
    Iterator<Entry> newest = recent.descendingIterator();
    List<Entry> found = new ArrayList<>(missing);
    for (int i = 0; i < missing; i++) {
      found.add(newest.next());
    }
    for (Entry entry : found.reversed().subList(0, Math.min(missing, MAX_BATCH))) {
      lines.add(entry.json());
      last = entry.id();
    }
    List<String> counted =
        numbers.values().stream()
            .filter(one -> one.version() > version)
            .map(Numbers::json)
            .toList();
    return new News(lines, last, counted, numbersVersion);
  }

  /** Lets all readers go. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
