package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskQueueTest {
  private final AtomicInteger wakeups = new AtomicInteger();
  private final TaskQueue queue = new TaskQueue(wakeups::incrementAndGet);
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasks_runInOrderByTheirRunners() {
    TaskQueue.Runner other =
        task -> {
          ran.add("other runs");
          task.run();
        };
    add("one");
    queue.add(other, () -> ran.add("two"));
    add("three");

    assertThat(queue.runWaiting()).isEqualTo(3);
    assertThat(ran).containsExactly("one", "other runs", "two", "three");
    assertThat(queue.runWaiting()).isZero();
  }

  @Test
  void taskAddedByRunningTask_waitsForTheNextTurn() {
    queue.add(Runnable::run, () -> add("added"));

    queue.runWaiting();
    assertThat(ran).isEmpty();
    assertThat(queue.sleep()).isFalse();

    queue.runWaiting();
    assertThat(ran).containsExactly("added");
  }

  @Test
  void sleepingLoop_isWokenOnceForManyTasks() {
    assertThat(queue.sleep()).isTrue();

    add("one");
    add("two");
    assertThat(wakeups).hasValue(1);

    queue.runWaiting();
    add("three");
    assertThat(wakeups).hasValue(1);
  }

  @Test
  void loopThatIsAwake_isNotWoken() {
    add("before");
    queue.runWaiting();
    add("after");

    assertThat(wakeups).hasValue(0);
  }

  @Test
  void waitingTask_forbidsSleep() {
    add("one");

    assertThat(queue.sleep()).isFalse();
    add("two");

    assertThat(wakeups).hasValue(0);
  }

  @Test
  void fullQueue_takesOnlyWhatExistsOnce() {
    for (int i = 0; i < TaskQueue.MAX_WAITING; i++) {
      assertThat(queue.offer(Runnable::run, () -> {})).isTrue();
    }

    assertThat(queue.offer(Runnable::run, () -> ran.add("refused"))).isFalse();
    assertThat(add("taken")).isTrue();
    queue.runWaiting();

    assertThat(ran).containsExactly("taken");
    assertThat(queue.offer(Runnable::run, () -> {})).isTrue();
  }

  @Test
  void closedQueue_runsWhatItTookAndTakesNoMore() {
    add("taken");

    queue.close();

    assertThat(add("refused")).isFalse();
    assertThat(queue.offer(Runnable::run, () -> {})).isFalse();
    queue.runWaiting();
    assertThat(ran).containsExactly("taken");
  }

  @Test
  void runnerThatThrows_losesNoOtherTask() {
    add("one");
    queue.add(
        task -> {
          throw new IllegalStateException("thrown by a test");
        },
        () -> {});
    add("two");

    assertThatIllegalStateException().isThrownBy(queue::runWaiting);
    assertThat(queue.sleep()).isFalse();
    queue.runWaiting();

    assertThat(ran).containsExactly("one", "two");
    assertThat(queue.sleep()).isTrue();
  }

  private boolean add(String name) {
    return queue.add(Runnable::run, () -> ran.add(name));
  }
}
