package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has messages examined that take long, beside the node, so that nothing else waits for them but
 * what came behind them.
 *
 * <p>A queue of the {@link Mailbox} has one message in here at a time, so whoever sends much waits
 * for himself; blocks go before the rest. A message that several peers have sent is examined once.
 * Few results are held at a time: the next examination begins when the node has taken one. Asked by
 * the node thread.
 */
final class Examinations {
  /** Results, or examinations under way, for each thread. */
  private static final int OPEN_PER_THREAD = 2;

  private final GossipApplication application;
  private final PriorityPool<Lane, Runnable> pool;
  private final int maxOpen;

  // Guarded by this.
  private final Map<MessageId, Job> jobs = new HashMap<>();
  private final ArrayDeque<Job> express = new ArrayDeque<>();
  private final ArrayDeque<Job> bulk = new ArrayDeque<>();
  private int open;

  /**
   * No examinations yet.
   *
   * @param pool of {@code threads}; what the application throws is its owner's to hear of
   */
  Examinations(PriorityPool<Lane, Runnable> pool, int threads, GossipApplication application) {
    this.application = application;
    this.pool = pool;
    this.maxOpen = OPEN_PER_THREAD * threads;
  }

  /** A message, and who waits for it to be examined. */
  private static final class Job {
    private final Arrival first;
    private final List<Arrival> arrivals = new ArrayList<>(1);
    private final List<Runnable> then = new ArrayList<>(1);
    private @Nullable Examination result;

    Job(Arrival first) {
      this.first = first;
    }
  }

  /**
   * Has a message examined.
   *
   * @param then runs, on any thread, when it is
   */
  void examine(Arrival arrival, Lane lane, Runnable then) {
    synchronized (this) {
      Job known = jobs.get(arrival.id());
      Job job = known == null ? new Job(arrival) : known;
      if (job.result == null) {
        job.arrivals.add(arrival);
        job.then.add(then);
      } else {
        arrival.examinedElsewhere(job.result);
      }
      if (known == null) {
        jobs.put(arrival.id(), job);
        waiting(lane).add(job);
        begin();
      }
      if (!arrival.isExamined()) {
        return;
      }
    }
    then.run();
  }

  private ArrayDeque<Job> waiting(Lane lane) {
    return switch (lane) {
      case EXPRESS -> express;
      case BULK -> bulk;
    };
  }

  private void begin() {
    while (open < maxOpen && !(express.isEmpty() && bulk.isEmpty())) {
      Lane lane = express.isEmpty() ? Lane.BULK : Lane.EXPRESS;
      Job next = waiting(lane).remove();
      open++;
      boolean _ = pool.submit(lane, () -> run(next)); // If closed, nobody waits any more.
    }
  }

  private void run(Job job) {
    finish(job, application.examine(job.first.id(), job.first.message()));
  }

  private void finish(Job job, Examination result) {
    List<Runnable> then;
    synchronized (this) {
      job.result = result;
      job.arrivals.forEach(arrival -> arrival.examinedElsewhere(result));
      then = List.copyOf(job.then);
      job.arrivals.clear();
      job.then.clear();
    }
    then.forEach(Runnable::run);
  }

  /** The node has judged a message that was examined here: another one may begin. */
  synchronized void taken(Arrival arrival) {
    Job job = jobs.get(arrival.id());
    if (job != null && job.result != null) {
      jobs.remove(arrival.id());
      open--;
      begin();
    }
  }
}
