package dev.waggle.simulator.faults;

import java.time.Duration;

/**
 * Something that goes wrong with some nodes from one time of a run to another, and is over then: so
 * any fault can be taken out of a plan, and what is left still heals.
 */
public sealed interface Fault {
  /** From the beginning of the run; whole milliseconds. */
  Duration from();

  /** Whole milliseconds. */
  Duration lasts();

  Nodes who();

  default Duration until() {
    return from().plus(lasts());
  }

  /** What goes wrong, as it stands in a plan. */
  default String kind() {
    return FaultTable.kind(this);
  }

  /** In which way or by how much, as it stands in a plan. */
  default String manner() {
    return FaultTable.manner(this);
  }

  /** One line of a plan. */
  default String line() {
    return FaultTable.line(this);
  }

  /**
   * The program is killed, and its system tells the peers; started again at the end.
   *
   * @param losesDisk whether it starts with nothing then
   */
  record Crash(Duration from, Duration lasts, Nodes who, boolean losesDisk) implements Fault {}

  /** The power is gone, and nobody is told; started again at the end. */
  record PowerLoss(Duration from, Duration lasts, Nodes who, boolean losesDisk) implements Fault {}

  /** The processor does nothing, as in a long collection of garbage. */
  record Stall(Duration from, Duration lasts, Nodes who) implements Fault {}

  /**
   * Everything takes the processor longer.
   *
   * @param times by so much
   */
  record SlowProcessor(Duration from, Duration lasts, Nodes who, double times) implements Fault {}

  /**
   * The time of day is wrong.
   *
   * @param ahead by so much, which may be negative
   */
  record ClockSkew(Duration from, Duration lasts, Nodes who, Duration ahead) implements Fault {}

  /** The line carries no more than this, each way. */
  record SlowLine(Duration from, Duration lasts, Nodes who, long bytesPerSecond) implements Fault {}

  /** These and all others do not reach each other; of two partitions only the later one counts. */
  record Partition(Duration from, Duration lasts, Nodes who) implements Fault {}

  /** All of their connections are reset, once. */
  record Resets(Duration from, Nodes who) implements Fault {
    @Override
    public Duration lasts() {
      return Duration.ZERO;
    }
  }

  /** They do not keep to the protocol; nothing is demanded of them, in the whole run. */
  record Lying(Duration from, Duration lasts, Nodes who, Lie how) implements Fault {}
}
