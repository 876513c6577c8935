package dev.waggle.operator.metrics;

import dev.waggle.ports.node.Direction;
import dev.waggle.ports.operator.HandshakeObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How handshakes go, and how long they take. Safe from any thread; does not block. */
final class HandshakeMeters implements HandshakeObserver {
  /** Where there was no agreement on a suite. */
  static final String NO_SUITE = "none";

  /** From one on one machine to the longest that is waited for. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(3),
    Duration.ofMillis(10),
    Duration.ofMillis(30),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
  };

  private final MeterRegistry registry;

  /** Begins each count of failures at 0, so that the first one is an increase. */
  HandshakeMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Direction direction : Direction.values()) {
      for (Outcome outcome : Outcome.values()) {
        if (outcome != Outcome.ESTABLISHED) {
          timer(direction, NO_SUITE, outcome);
        }
      }
    }
  }

  @Override
  public void handshaken(
      Direction direction, @Nullable String suite, Outcome outcome, Duration took) {
    timer(direction, suite == null ? NO_SUITE : suite, outcome).record(took);
  }

  /** The one that there is, or a new one: of suites that this node offers there are few. */
  private Timer timer(Direction direction, String suite, Outcome outcome) {
    return Timer.builder("waggle.handshake")
        .description("From the connection to the end of the handshake")
        .tags("direction", LinkMeters.word(direction), "suite", suite, "outcome", outcome.word())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
