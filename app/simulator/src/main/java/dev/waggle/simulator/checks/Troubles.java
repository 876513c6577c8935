package dev.waggle.simulator.checks;

import dev.waggle.chain.ChainRules;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import java.time.Duration;

/** When nothing can be demanded of a node, or of a link, by the plan of what goes wrong. */
final class Troubles {
  /** What has piled up at a slow processor is done some time after it is fast again. */
  private static final Duration BACKLOG = Duration.ofSeconds(10);

  /** A slow line stays taken for what it was given: a quantum of each of its flows. */
  private static final Duration TAKEN_LINE = Duration.ofSeconds(60);

  /** After an outage a sender looks again when as much time has passed, a minute at most. */
  private static final Duration MAX_RETRANSMISSION = Duration.ofSeconds(60);

  private final FaultPlan plan;

  Troubles(FaultPlan plan) {
    this.plan = plan;
  }

  boolean isHonest(int node) {
    return plan.isHonest(node);
  }

  /** Whether a node was down, slow or wrong at any time between these two. */
  boolean isTroubled(int node, long fromNanos, long toNanos) {
    for (Fault fault : plan.faults()) {
      if (overlaps(fault, after(fault), fromNanos, toNanos) && fault.who().contains(node)) {
        return true;
      }
    }
    return false;
  }

  /** How long a fault is felt by a node after it is over; negative if it is no trouble. */
  private static Duration after(Fault fault) {
    return switch (fault) {
      case Fault.Crash _, Fault.PowerLoss _, Fault.Stall _, Fault.Resets _ -> Duration.ofSeconds(1);
      case Fault.SlowProcessor _ -> BACKLOG;
      case Fault.SlowLine _ -> TAKEN_LINE;
      case Fault.ClockSkew skew ->
          skew.ahead().abs().compareTo(ChainRules.MAX_AHEAD.dividedBy(2)) > 0
              ? skew.ahead().abs()
              : NONE;
      case Fault.Partition _, Fault.Lying _ -> NONE;
    };
  }

  private static final Duration NONE = Duration.ofNanos(-1);

  /** Whether two nodes were kept from reaching each other at any time between these two. */
  boolean areSeparated(int one, int other, long fromNanos, long toNanos) {
    for (Fault fault : plan.faults()) {
      if (fault instanceof Fault.Partition partition
          && partition.who().contains(one) != partition.who().contains(other)
          && overlaps(partition, untilResumed(partition), fromNanos, toNanos)) {
        return true;
      }
    }
    return false;
  }

  private static Duration untilResumed(Fault.Partition partition) {
    Duration outage = partition.lasts();
    Duration wait = outage.compareTo(MAX_RETRANSMISSION) < 0 ? outage : MAX_RETRANSMISSION;
    return wait.plus(BACKLOG);
  }

  private static boolean overlaps(Fault fault, Duration after, long fromNanos, long toNanos) {
    return !after.isNegative()
        && fault.from().toNanos() <= toNanos
        && fault.until().plus(after).toNanos() >= fromNanos;
  }
}
