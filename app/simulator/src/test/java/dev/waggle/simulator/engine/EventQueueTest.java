package dev.waggle.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final EventQueue queue = new EventQueue();
  private final List<String> happened = new ArrayList<>();

  @Test
  void events_happenInTheOrderOfTheirTimes_andOfOneTimeInTheOrderOfAsking() {
    queue.at(20, () -> happened.add("c"));
    queue.at(10, () -> happened.add("a"));
    queue.at(20, () -> happened.add("d"));
    queue.at(10, () -> happened.add("b"));

    queue.run(20);

    assertThat(happened).containsExactly("a", "b", "c", "d");
    assertThat(queue.nowNanos()).isEqualTo(20);
    assertThat(queue.size()).isZero();
    assertThat(queue.handled()).isEqualTo(4);
  }

  @Test
  void manyEvents_areSorted() {
    record Expected(long nanos, int number) {}
    SplittableRandom random = new SplittableRandom(1);
    List<Expected> expected = new ArrayList<>();
    List<Expected> seen = new ArrayList<>();
    for (int number = 0; number < 5_000; number++) {
      Expected event = new Expected(random.nextLong(1_000), number);
      expected.add(event);
      queue.at(event.nanos, () -> seen.add(event));
    }
    expected.sort(Comparator.comparingLong(Expected::nanos).thenComparingInt(Expected::number));

    queue.run(1_000);

    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void eventInThePast_happensNow_behindWhatWasDueBefore() {
    queue.at(
        10,
        () -> {
          queue.at(10, () -> happened.add("due"));
          queue.at(3, () -> happened.add("late at " + queue.nowNanos()));
        });

    queue.run(10);

    assertThat(happened).containsExactly("due", "late at 10");
  }

  @Test
  void eventBeyondTheEnd_waits() {
    queue.at(11, () -> happened.add("later"));

    queue.run(10);

    assertThat(happened).isEmpty();
    assertThat(queue.nowNanos()).isEqualTo(10);
    assertThat(queue.nextNanos()).isEqualTo(11);
  }
}
