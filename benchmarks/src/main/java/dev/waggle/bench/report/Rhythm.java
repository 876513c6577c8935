package dev.waggle.bench.report;

import java.time.Duration;

/**
 * How often and how long something is measured.
 *
 * @param forks new JVMs, one in each round
 * @param startMillis what a fork takes besides: its JVM, and what it sets up and takes down
 * @param warmupMillis of one iteration; where JMH does not limit it, about what it takes
 * @param iterationMillis likewise
 */
record Rhythm(
    int forks,
    int startMillis,
    int warmups,
    int warmupMillis,
    int iterations,
    int iterationMillis) {
  /** All that one fork needs for one benchmark with one set of parameters. */
  Duration ofFork() {
    return Duration.ofMillis(
        startMillis + (long) warmups * warmupMillis + (long) iterations * iterationMillis);
  }

  /** The same for all forks. */
  Duration duration() {
    return ofFork().multipliedBy(forks);
  }
}
