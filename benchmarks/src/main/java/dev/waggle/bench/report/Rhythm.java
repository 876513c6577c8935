package dev.waggle.bench.report;

import java.time.Duration;

/**
 * How often and how long something is measured.
 *
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
  /** All that is needed for one benchmark with one set of parameters. */
  Duration duration() {
    long fork = startMillis + (long) warmups * warmupMillis + (long) iterations * iterationMillis;
    return Duration.ofMillis(forks * fork);
  }
}
