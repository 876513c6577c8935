package dev.waggle.bench.report;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * Says how far a run is: a line for each benchmark that ended; on a terminal, the one that runs as
 * well, and how long all will still take.
 *
 * <p>That is what the plan says of what is left, stretched as the plan was so far.
 */
final class Progress {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean live;
  private final int size;
  private final Clock clock;
  private Duration left;
  private Duration planned = Duration.ZERO;
  private Duration current = Duration.ZERO;
  private long startNanos;
  private long currentStartNanos;
  private int number;
  private String name = "";

  /** Nanoseconds from any origin, as {@link System#nanoTime}. */
  interface Clock {
    long nanos();
  }

  Progress(PrintWriter err, boolean live, Plan plan, Clock clock) {
    this.err = err;
    this.live = live;
    this.size = plan.size();
    this.left = plan.duration();
    this.clock = clock;
  }

  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  void starts(Key key, Duration duration) {
    long now = clock.nanos();
    if (number == 0) {
      startNanos = now;
    }
    planned = planned.plus(current);
    left = left.minus(current);
    current = duration;
    currentStartNanos = now;
    number++;
    name = key.toString();
    show();
  }

  /** One that would take so long is left out. */
  void skips(Duration duration) {
    left = left.minus(duration);
    number++;
  }

  /** Brings the live line up to date. */
  void show() {
    if (live) {
      err.print(
          ERASE_LINE
              + "[%d/%d] %s, %s left".formatted(number, size, name, Numbers.time(remaining())));
      err.flush();
    }
  }

  Duration remaining() {
    long now = clock.nanos();
    Duration elapsed = Duration.ofNanos(currentStartNanos - startNanos);
    double stretch =
        planned.isZero() ? 1 : (double) elapsed.toMillis() / Math.max(1, planned.toMillis());
    Duration stretched = Duration.ofMillis(Math.round(left.toMillis() * stretch));
    Duration inCurrent = Duration.ofNanos(now - currentStartNanos);
    Duration atMost = Duration.ofMillis(Math.round(current.toMillis() * stretch));
    return stretched.minus(inCurrent.compareTo(atMost) < 0 ? inCurrent : atMost);
  }

  void measured(Measurement measurement) {
    ends(Numbers.withError(measurement.score()));
  }

  void notMeasured(String why) {
    ends("not measured: " + why);
  }

  private void ends(String outcome) {
    line("[%d/%d] %s  %s".formatted(number, size, name, outcome));
  }

  void line(String text) {
    err.println(live ? ERASE_LINE + text : text);
    err.flush();
  }
}
