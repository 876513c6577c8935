package dev.waggle.simulator.faults;

import dev.waggle.simulator.run.Simulation;
import dev.waggle.simulator.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** All that goes wrong in a run. Immutable. */
public record FaultPlan(List<Fault> faults) {
  public static final FaultPlan NONE = new FaultPlan(List.of());

  public FaultPlan {
    faults = List.copyOf(faults);
  }

  /**
   * A mixture of everything, in which all is over within {@code duration}, but for liars who stay
   * what they are; those are less than a third.
   *
   * @param duration a minute or more
   * @param intensity how many faults for each node, on average
   */
  public static FaultPlan random(
      SplittableRandom random, int nodes, Duration duration, double intensity) {
    return new RandomFaults(random, nodes, duration).draw(intensity);
  }

  /**
   * Reads a file.
   *
   * @throws dev.waggle.simulator.table.BadTable if it is wrong somewhere
   */
  public static FaultPlan read(Path file) {
    return new FaultPlan(FaultTable.read(Table.read(file)));
  }

  /**
   * Reads a text.
   *
   * @param where what it is called in messages
   * @throws dev.waggle.simulator.table.BadTable if it is wrong somewhere
   */
  public static FaultPlan parse(String where, String text) {
    return new FaultPlan(FaultTable.read(Table.parse(where, text)));
  }

  /** The plan as it is read; one without any fault cannot be. */
  public String text() {
    return faults.stream()
        .map(Fault::line)
        .collect(Collectors.joining("\n", String.join(", ", FaultTable.COLUMNS) + "\n", "\n"));
  }

  public void write(Path file) throws IOException {
    Files.writeString(file, text());
  }

  /** The same, but for one fault. */
  public FaultPlan without(int index) {
    List<Fault> left = new ArrayList<>(faults);
    left.remove(index);
    return new FaultPlan(left);
  }

  /** Whether a node keeps to the protocol in the whole run. */
  public boolean isHonest(int node) {
    for (Fault fault : faults) {
      if (fault instanceof Fault.Lying && fault.who().contains(node)) {
        return false;
      }
    }
    return true;
  }

  /** When the last of them is over, but for lies that change nothing for the honest. */
  public Duration endOfTroubles() {
    Duration end = Duration.ZERO;
    for (Fault fault : faults) {
      boolean lasts = fault instanceof Fault.Lying(_, _, _, Lie how) && how != Lie.EQUAL_WORK;
      if (!lasts && fault.until().compareTo(end) > 0) {
        end = fault.until();
      }
    }
    return end;
  }

  /** Has it all happen in its time; to be called when the run begins. */
  public void inject(Simulation simulation) {
    Injector injector = new Injector(simulation);
    faults.forEach(injector::schedule);
  }
}
