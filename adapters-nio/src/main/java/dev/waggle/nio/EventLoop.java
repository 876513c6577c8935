package dev.waggle.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread, and all that it serves: the channels of a selector, deadlines, and tasks of other
 * threads.
 *
 * <p>It works in turns: let handlers read what is ready, run what is due, run the tasks that wait,
 * and at last send what all of these have written, so that each connection needs one system call to
 * read and one to write, however many records it moved. A channel gets one read a turn, so none
 * starves the others. Between two turns it sleeps until there is something to do, but not at once
 * when it has just been busy: see {@link Spinning}.
 *
 * <p>The loop ends when it has been told to shut down and its last member has left.
 */
final class EventLoop implements TaskQueue.Runner {
  /**
   * Something that a loop does not end without: it joins when it begins, and leaves at its end. All
   * methods are called on the loop's thread.
   */
  interface Member {
    /** The transport is closing, and so must this. */
    void shutDown();
  }

  /**
   * One read takes four records of 64 KiB; a second-level cache holds them and their plain text.
   */
  static final int READ_BYTES = 256 * 1024;

  /**
   * How long a loop waits after a turn that failed as a whole: it goes on, so that the transport
   * can be closed, but it must neither burn a processor nor fill a log.
   */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());

  private final CompletableFuture<Throwable> failure;
  private final Thread thread;
  private final Poller poller;
  private final TaskQueue tasks;

  // The loop's thread only.
  private final Timers timers = new Timers();
  private final ChunkPool chunks = new ChunkPool();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Set<Member> members = new LinkedHashSet<>();
  private List<Handler> endOfTurn = new ArrayList<>();
  private List<Handler> ending = new ArrayList<>();
  private final Spinning spinning = new Spinning(System.nanoTime());
  private boolean closing;
  private boolean looksAgain;

  /**
   * A loop that has not started.
   *
   * @param failure of the transport: completed with the first thing that ends it for good
   */
  EventLoop(String name, CompletableFuture<Throwable> failure) throws IOException {
    this.failure = failure;
    poller = new Poller(Selector::select);
    tasks = new TaskQueue(poller::wakeup);
    thread = Thread.ofPlatform().name(name).daemon().unstarted(Spinning.counted(this::serve));
  }

  // Any thread.

  void start() {
    thread.start();
  }

  boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  String selectorImplementation() {
    return poller.implementation();
  }

  /** Hands a task over; see {@link TaskQueue#offer}. */
  boolean offer(TaskQueue.Runner runner, Runnable task) {
    return tasks.offer(runner, task);
  }

  /** Hands a task over; see {@link TaskQueue#add}. */
  boolean add(TaskQueue.Runner runner, Runnable task) {
    return tasks.add(runner, task);
  }

  /** Hands a task of no connection over. False if the loop has ended. */
  boolean add(Runnable task) {
    return tasks.add(this, task);
  }

  /**
   * Something was thrown. An exception is the matter of whoever caught it; an error is not. Whoever
   * catches something says so before doing anything else: when memory is short, that may be the
   * last thing that succeeds.
   */
  void caught(Throwable thrown) {
    if (thrown instanceof Error) {
      failed(thrown);
    }
  }

  /** Something was thrown that the transport cannot do without. */
  void failed(Throwable thrown) {
    failure.complete(thrown);
  }

  /** Tells all members to shut down, and the loop to end when they have. */
  void shutDown() {
    add(
        () -> {
          closing = true;
          List.copyOf(members).forEach(Member::shutDown);
        });
  }

  /** Waits until the loop has ended, or the time is over. */
  void awaitEnd(Duration timeout) throws InterruptedException {
    thread.join(timeout);
  }

  // The loop's thread.

  void register(SelectableChannel channel, int operations, Handler handler) throws IOException {
    poller.register(channel, operations, handler);
  }

  /** Runs {@code action} later, in the way of {@link #run}. */
  Timers.Timer schedule(long delayNanos, Runnable action) {
    return timers.schedule(System.nanoTime() + delayNanos, () -> run(action));
  }

  /** Calls {@link Handler#turnEnds} at the end of this turn; of the next, if this one is ending. */
  void atEndOfTurn(Handler handler) {
    endOfTurn.add(handler);
  }

  ChunkPool chunks() {
    return chunks;
  }

  /** Empty, and the caller's until its handler returns. */
  ByteBuffer readBuffer() {
    // Whoever had it before may have changed its byte order too.
    return readBuffer.clear().order(ByteOrder.BIG_ENDIAN);
  }

  void join(Member member) {
    members.add(member);
  }

  void leave(Member member) {
    members.remove(member);
  }

  /** Nothing may join any more. */
  boolean closing() {
    return closing;
  }

  private void serve() {
    while (!closing || !members.isEmpty()) {
      try {
        turn();
      } catch (Throwable thrown) {
        failed(thrown);
        LOG.log(System.Logger.Level.ERROR, "a turn of " + thread.getName(), thrown);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    tasks.close();
    tasks.runWaiting(); // so that a connection that was handed over is closed, not forgotten
    poller.close();
  }

  private void turn() {
    boolean waits = !looksAgain;
    int events = poll(waits);
    events += timers.runExpired(System.nanoTime());
    events += tasks.runWaiting();
    events += endTurn();
    poller.turned(waits && events == 0);
    looksAgain = spinning.mayLookAgain(events > 0, System.nanoTime());
  }

  private int poll(boolean waits) {
    long nanos = timers.leftNanos(System.nanoTime());
    try {
      return waits && nanos > 0 && endOfTurn.isEmpty() && tasks.sleep()
          ? poller.await(nanos)
          : poller.poll();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "a selector failed; it is replaced", e);
      poller.rebuild();
      return 0;
    }
  }

  private int endTurn() {
    List<Handler> now = endOfTurn;
    endOfTurn = ending;
    ending = now;
    int count = now.size();
    for (int i = 0; i < count; i++) {
      turnEnds(now.get(i));
    }
    now.clear();
    return count;
  }

  private static void turnEnds(Handler handler) {
    try {
      handler.turnEnds();
    } catch (Throwable thrown) {
      handler.failed(thrown);
    }
  }

  /** Runs a task that belongs to no connection, and which therefore none can answer for. */
  @Override
  public void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "a task of " + thread.getName(), thrown);
    }
  }
}
