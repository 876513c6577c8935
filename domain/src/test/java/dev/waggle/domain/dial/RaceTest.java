package dev.waggle.domain.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaceTest {
  private static final long LIMIT_MILLIS = 10_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Soon runs over, as the clock may. */
  private static final long BEGIN_NANOS = Long.MAX_VALUE - 300 * NANOS_PER_MILLI;

  private final Race race = new Race(nanos(LIMIT_MILLIS));
  private final List<String> trace = new ArrayList<>();

  /**
   * Events with the millisecond in which they come, and what the race does then: the number of each
   * address that is dialled, and how it ends. The owner wakes when the race wants it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The name.
        "                                          | 10000 timed-out",
        "40 found 0                                | 40 unreachable: the name does not resolve",
        "40 given-up                               | 40 cancelled",
        "40 given-up, 50 found 2                   | 40 cancelled",
        "10000 found 2                             | 10000 timed-out",
        "12000 found 2                             | 10000 timed-out",
        // The time between two attempts.
        "0 found 1                                 | 0 dial 1, 10000 timed-out",
        "7 found 3                                 | 7 dial 1, 257 dial 2, 507 dial 3,"
            + " 10000 timed-out",
        "0 found 3, 100 refused                    | 0 dial 1, 100 dial 2, 350 dial 3,"
            + " 10000 refused",
        "0 found 3, 260 refused                    | 0 dial 1, 250 dial 2, 260 dial 3,"
            + " 10000 refused",
        "0 found 3, 0 refused, 0 refused           | 0 dial 1, 0 dial 2, 0 dial 3, 10000 refused",
        "9800 found 2                              | 9800 dial 1, 10000 timed-out",
        "9750 found 2                              | 9750 dial 1, 10000 timed-out",
        "0 found 9                                 | 0 dial 1, 250 dial 2, 500 dial 3, 750 dial 4,"
            + " 1000 dial 5, 1250 dial 6, 1500 dial 7, 1750 dial 8, 10000 timed-out",
        // Who wins.
        "0 found 3, 80 opened                      | 0 dial 1, 80 won",
        "0 found 3, 9000 opened                    | 0 dial 1, 250 dial 2, 500 dial 3, 9000 won",
        "0 found 2, 260 opened, 260 opened         | 0 dial 1, 250 dial 2, 260 won, 260 too late",
        "0 found 2, 300 opened, 310 refused        | 0 dial 1, 250 dial 2, 300 won",
        "0 found 2, 300 opened, 310 given-up       | 0 dial 1, 250 dial 2, 300 won",
        "0 found 2, 300 refused, 310 opened        | 0 dial 1, 250 dial 2, 310 won",
        "0 found 1, 9 refused, 10 opened           | 0 dial 1, 9 refused, 10 too late",
        "0 found 1, 9 given-up, 10 opened          | 0 dial 1, 9 cancelled, 10 too late",
        "0 found 1, 10001 opened                   | 0 dial 1, 10000 timed-out, 10001 too late",
        // Which failure is told.
        "0 found 1, 9 refused                      | 0 dial 1, 9 refused",
        "0 found 1, 9 unreachable                  | 0 dial 1, 9 unreachable",
        "0 found 2, 9 refused, 10 unreachable      | 0 dial 1, 9 dial 2, 10 refused",
        "0 found 2, 9 timed-out, 10 unreachable    | 0 dial 1, 9 dial 2, 10 timed-out",
        "0 found 2, 9 timed-out, 10 refused        | 0 dial 1, 9 dial 2, 10 refused",
        "0 found 2, 9 failed, 10 refused           | 0 dial 1, 9 dial 2, 10 failed",
        "0 found 2, 9 refused, 10 failed           | 0 dial 1, 9 dial 2, 10 failed",
        "0 found 2, 9 refused                      | 0 dial 1, 9 dial 2, 10000 refused",
        "0 found 2, 9 unreachable                  | 0 dial 1, 9 dial 2, 10000 timed-out",
        "0 found 2, 9 timed-out: x, 10 timed-out: y | 0 dial 1, 9 dial 2, 10 timed-out: y",
        "0 found 2, 10000 timed-out                | 0 dial 1, 250 dial 2, 10000 timed-out",
        "0 found 8, 9 shutdown                     | 0 dial 1, 9 shutdown",
        "0 found 8, 300 shutdown, 300 refused      | 0 dial 1, 250 dial 2, 300 shutdown",
        "0 found 8, 300 given-up, 310 refused      | 0 dial 1, 250 dial 2, 300 cancelled",
      })
  void race_goesByTheTable(@Nullable String events, String outcome) {
    if (events != null) {
      for (String event : events.split(", ", -1)) {
        int space = event.indexOf(' ');
        long millis = Long.parseLong(event.substring(0, space));
        wakeUntil(millis);
        happens(event.substring(space + 1), millis);
      }
    }
    wakeUntil(2 * LIMIT_MILLIS);

    assertThat(trace).containsExactly(outcome.split(", ", -1));
    assertThat(race.isOver()).isTrue();
  }

  private void wakeUntil(long millis) {
    long untilNanos = nanos(millis);
    while (!race.isOver() && race.wakeNanos() - untilNanos < 0) {
      long wakeNanos = race.wakeNanos();
      race.timePassed(wakeNanos);
      proceed(millis(wakeNanos));
    }
  }

  private void happens(String event, long millis) {
    boolean wasOver = race.isOver();
    String[] words = event.split(" ", 2);
    switch (words[0]) {
      case "found" -> race.resolved(addresses(Integer.parseInt(words[1])), nanos(millis));
      case "given-up" -> race.givenUp(CloseReason.of(Cause.CANCELLED));
      case "opened" -> {
        if (!race.opened()) {
          trace.add(millis + " too late");
        }
      }
      default -> race.failed(reason(event), nanos(millis));
    }
    if (!wasOver) {
      proceed(millis);
    }
  }

  private void proceed(long millis) {
    Endpoint next = race.next(nanos(millis));
    if (next != null) {
      assertThat(race.left(nanos(millis))).isPositive();
      trace.add(millis + " dial " + next.host().substring("192.0.2.".length()));
    }
    switch (race.state()) {
      case Race.LookingUp _, Race.Running _ -> assertThat(race.isOver()).isFalse();
      case Race.Won _ -> trace.add(millis + " won");
      case Race.Lost(CloseReason why) -> trace.add(millis + " " + why);
    }
  }

  private static List<Endpoint> addresses(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Endpoint("192.0.2." + number, 9000))
        .toList();
  }

  private static CloseReason reason(String words) {
    String[] parts = words.split(": ", 2);
    Cause cause = Cause.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    return new CloseReason(cause, parts.length == 1 ? "" : parts[1]);
  }

  private static long nanos(long millis) {
    return BEGIN_NANOS + millis * NANOS_PER_MILLI;
  }

  private static long millis(long nanos) {
    return (nanos - BEGIN_NANOS) / NANOS_PER_MILLI;
  }

  @Test
  void eventsThatCannotBe_areMistakes() {
    CloseReason refused = CloseReason.of(Cause.REFUSED);
    List<Consumer<Race>> early = List.of(Race::opened, r -> r.failed(refused, BEGIN_NANOS));

    for (Consumer<Race> event : early) {
      assertThatIllegalStateException().isThrownBy(() -> event.accept(race));
    }
    race.resolved(addresses(2), BEGIN_NANOS);
    assertThatIllegalStateException().isThrownBy(() -> race.resolved(addresses(2), BEGIN_NANOS));
  }
}
