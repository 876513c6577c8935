package dev.waggle.node.runtime;

import dev.waggle.domain.admission.FairTurns;
import dev.waggle.domain.admission.Party;
import dev.waggle.domain.lane.Lane;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has messages examined that take long, beside the node, so that nothing else waits for them but
 * what came behind them.
 *
 * <p>A queue of the {@link Mailbox} has one message in here at a time, so whoever sends much waits
 * for himself; and so do all who come from one network group, for whose turn it is depends on the
 * time that each has had (PROTOCOL §9.8). Blocks go before the rest, but for every fifth
 * examination. A message that several peers have sent is examined once, in the first of their
 * turns. Few results are held at a time: the next examination begins when the node has taken one.
 * Asked by the node thread.
 */
final class Examinations {
  /** Results, or examinations under way, for each thread. */
  private static final int OPEN_PER_THREAD = 2;

  /**
   * After so many blocks something else is examined, so that no flood of them stops it for good.
   */
  static final int BLOCKS_IN_A_ROW = 4;

  private final GossipApplication application;
  private final PriorityPool<Lane, Runnable> pool;
  private final int maxOpen;

  // Guarded by this.

  /** By {@link Examinee#subject}: a block and its header alone are two. */
  private final Map<Object, Job> jobs = new HashMap<>();

  private final FairTurns<Party, Job> express = new FairTurns<>();
  private final FairTurns<Party, Job> bulk = new FairTurns<>();
  private int open;
  private int blocksInARow;

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
    private final Examinee first;
    private final List<Examinee> arrivals = new ArrayList<>(1);
    private final List<Runnable> then = new ArrayList<>(1);

    /** Those in whose turn it may be examined, until it is begun. */
    private final List<Party> parties = new ArrayList<>(1);

    private boolean begun;
    private @Nullable Examination result;

    Job(Examinee first) {
      this.first = first;
    }
  }

  /**
   * Has a message examined.
   *
   * @param party whose message it is
   * @param then runs, on any thread, when it is
   */
  void examine(Examinee arrival, Party party, Lane lane, Runnable then) {
    synchronized (this) {
      Job job = jobs.computeIfAbsent(arrival.subject(), _ -> new Job(arrival));
      if (job.result == null) {
        job.arrivals.add(arrival);
        job.then.add(then);
      } else {
        arrival.examinedElsewhere(job.result);
      }
      if (!job.begun) {
        job.parties.add(party);
        waiting(lane).add(party, job);
        begin();
      }
      if (!arrival.isExamined()) {
        return;
      }
    }
    then.run();
  }

  private FairTurns<Party, Job> waiting(Lane lane) {
    return switch (lane) {
      case EXPRESS -> express;
      case BULK -> bulk;
    };
  }

  private void begin() {
    while (open < maxOpen && express.waiting() + bulk.waiting() > 0) {
      boolean bulksTurn = blocksInARow >= BLOCKS_IN_A_ROW && bulk.waiting() > 0;
      Lane lane = express.waiting() == 0 || bulksTurn ? Lane.BULK : Lane.EXPRESS;
      blocksInARow = lane == Lane.EXPRESS ? blocksInARow + 1 : 0;
      begin(lane, bulksTurn ? Lane.EXPRESS : lane);
    }
  }

  private void begin(Lane lane, Lane urgency) {
    FairTurns<Party, Job> turns = waiting(lane);
    FairTurns<Party, Job>.Turn turn = Objects.requireNonNull(turns.next());
    Job job = turn.work();
    job.begun = true;
    job.parties.forEach(party -> turns.remove(party, job));
    job.parties.clear();
    open++;
    // If the pool is closed, nobody waits any more.
    boolean _ = pool.submit(urgency, turn.party(), () -> run(turn));
  }

  private void run(FairTurns<Party, Job>.Turn turn) {
    Job job = turn.work();
    long began = System.nanoTime();
    Examination result = job.first.examineBy(application);
    finish(turn, result, System.nanoTime() - began);
  }

  private void finish(FairTurns<Party, Job>.Turn turn, Examination result, long nanos) {
    Job job = turn.work();
    List<Runnable> then;
    synchronized (this) {
      turn.took(nanos);
      job.result = result;
      job.arrivals.forEach(arrival -> arrival.examinedElsewhere(result));
      then = List.copyOf(job.then);
      job.arrivals.clear();
      job.then.clear();
    }
    then.forEach(Runnable::run);
  }

  /** The node has judged a message that was examined here: another one may begin. */
  synchronized void taken(Examinee arrival) {
    Object subject = arrival.subject();
    Job job = jobs.get(subject);
    if (job != null && job.result != null) {
      jobs.remove(subject);
      open--;
      begin();
    }
  }
}
