package dev.waggle.simulator.faults;

import dev.waggle.simulator.faults.Fault.ClockSkew;
import dev.waggle.simulator.faults.Fault.Crash;
import dev.waggle.simulator.faults.Fault.Lying;
import dev.waggle.simulator.faults.Fault.Partition;
import dev.waggle.simulator.faults.Fault.PowerLoss;
import dev.waggle.simulator.faults.Fault.Resets;
import dev.waggle.simulator.faults.Fault.SlowLine;
import dev.waggle.simulator.faults.Fault.SlowProcessor;
import dev.waggle.simulator.faults.Fault.Stall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Draws faults. */
final class RandomFaults {
  /** Of two clocks that are wrong by less each takes the other's blocks. */
  private static final int MAX_SKEW_SECONDS = 50;

  private static final int KINDS = 8;

  /** A thousand orphans take narrow lines longer than their bounds know. */
  private static final List<Lie> LIES =
      Stream.of(Lie.values()).filter(lie -> lie != Lie.ORPHANS).toList();

  private final SplittableRandom random;
  private final int nodes;
  private final Duration duration;

  RandomFaults(SplittableRandom random, int nodes, Duration duration) {
    this.random = random;
    this.nodes = nodes;
    this.duration = duration;
  }

  FaultPlan draw(double intensity) {
    List<Fault> drawn = new ArrayList<>();
    int liars = random.nextInt((nodes - 1) / 3 + 1);
    int first = random.nextInt(nodes);
    for (int liar = 0; liar < liars; liar++) {
      drawn.add(lying((first + liar) % nodes));
    }
    int count = (int) Math.round(2 * random.nextDouble() * intensity * nodes);
    for (int i = 0; i < count; i++) {
      drawn.add(trouble());
    }
    return new FaultPlan(drawn);
  }

  /** Forks are over with the rest, or nobody could agree in the end. */
  private Lying lying(int node) {
    Lie how = LIES.get(random.nextInt(LIES.size()));
    Duration from = Duration.ofMillis(random.nextLong(duration.toMillis() / 2));
    Duration lasts = duration.multipliedBy(how == Lie.EQUAL_WORK ? 1 : 10).minus(from);
    return new Lying(from, lasts, Nodes.of(node), how);
  }

  private Fault trouble() {
    Duration from = Duration.ofMillis(random.nextLong(duration.toMillis() * 3 / 4));
    long left = duration.minus(from).toMillis();
    Duration lasts = Duration.ofMillis(random.nextLong(1, left));
    Duration moment = Duration.ofMillis(random.nextLong(1, left / 4));
    Nodes one = Nodes.of(random.nextInt(nodes));
    return switch (random.nextInt(KINDS)) {
      case 0 -> new Crash(from, random.nextBoolean() ? moment : lasts, one, random.nextInt(3) == 0);
      case 1 -> new PowerLoss(from, lasts, one, random.nextInt(3) == 0);
      case 2 -> new Stall(from, moment, one);
      case 3 -> new SlowProcessor(from, lasts, one, random.nextInt(2, 200));
      case 4 -> new ClockSkew(from, lasts, one, skew());
      case 5 -> new SlowLine(from, lasts, one, random.nextLong(5_000, 200_000));
      case 6 -> new Partition(from, lasts, side());
      default -> new Resets(from, one);
    };
  }

  private Duration skew() {
    return Duration.ofSeconds(random.nextInt(-MAX_SKEW_SECONDS, MAX_SKEW_SECONDS));
  }

  private Nodes side() {
    List<Integer> side = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      if (random.nextBoolean()) {
        side.add(node);
      }
    }
    return side.isEmpty() ? Nodes.of(0) : new Nodes.Numbered(side);
  }
}
