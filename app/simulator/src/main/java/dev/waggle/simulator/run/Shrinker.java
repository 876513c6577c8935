package dev.waggle.simulator.run;

import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Searches for a smaller run that still fails: fewer faults, nodes and messages. One thing after
 * the other is left out, halves first (Zeller and Hildebrandt, 2002), as long as the run fails
 * without.
 */
public final class Shrinker {
  private static final int LEAST_NODES = 2;

  private final Predicate<Case> fails;
  private int tried;

  /** A run, but for its seed. */
  public record Case(Scenario scenario, FaultPlan faults) {}

  /**
   * A search.
   *
   * @param fails plays a run
   */
  public Shrinker(Predicate<Case> fails) {
    this.fails = fails;
  }

  /** Runs that were played. */
  public int tried() {
    return tried;
  }

  /** The smallest that was found; the given one if none is smaller. */
  public Case shrink(Case failing) {
    Case smallest = failing;
    Case before;
    do {
      before = smallest;
      smallest = fewerFaults(smallest);
      smallest = fewerNodes(smallest);
      smallest = fewerMessages(smallest);
    } while (!smallest.equals(before));
    return smallest;
  }

  private boolean stillFails(Case smaller) {
    tried++;
    return fails.test(smaller);
  }

  private Case fewerFaults(Case failing) {
    Case smallest = failing;
    for (int part = smallest.faults.faults().size(); part > 0; part /= 2) {
      int from = 0;
      while (from < smallest.faults.faults().size()) {
        Case without = new Case(smallest.scenario, without(smallest.faults, from, part));
        if (stillFails(without)) {
          smallest = without;
        } else {
          from += part;
        }
      }
    }
    return smallest;
  }

  private static FaultPlan without(FaultPlan plan, int from, int count) {
    List<Fault> left = new ArrayList<>(plan.faults());
    left.subList(from, Math.min(left.size(), from + count)).clear();
    return new FaultPlan(left);
  }

  private Case fewerNodes(Case failing) {
    Case smallest = failing;
    int step = failing.scenario.nodes() / 2;
    while (step > 0) {
      int nodes = smallest.scenario.nodes() - step;
      Case smaller = new Case(smallest.scenario.withNodes(nodes), smallest.faults);
      if (nodes >= Math.max(LEAST_NODES, failing.scenario.seeds()) && stillFails(smaller)) {
        smallest = smaller;
        step = Math.min(step, nodes / 2);
      } else {
        step /= 2;
      }
    }
    return smallest;
  }

  private Case fewerMessages(Case failing) {
    Case smallest = failing;
    for (boolean shrinks = true; shrinks; ) {
      Workload work = smallest.scenario.workload();
      Case halfTheBlocks = with(smallest, work.withCounts(work.blocks() / 2, work.transactions()));
      Case halfTheRest = with(smallest, work.withCounts(work.blocks(), work.transactions() / 2));
      shrinks = false;
      if (work.blocks() > 0 && stillFails(halfTheBlocks)) {
        smallest = halfTheBlocks;
        shrinks = true;
      } else if (work.transactions() > 0 && stillFails(halfTheRest)) {
        smallest = halfTheRest;
        shrinks = true;
      }
    }
    return smallest;
  }

  private static Case with(Case failing, Workload work) {
    return new Case(failing.scenario.withWorkload(work), failing.faults);
  }
}
