package dev.waggle.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class LiveTimelineTest {
  static {
    quieten();
  }

  /** Actions throw on purpose; their stack traces would drown what matters. */
  static void quieten() {
    ((Logger) LoggerFactory.getLogger(LiveTimeline.class)).setLevel(Level.OFF);
  }

  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final LiveTimeline timeline = new LiveTimeline(clock::get);
  private final List<Long> seen = new ArrayList<>();

  private void at(long nanos, Runnable action) {
    timeline.enter();
    timeline.at(nanos, action);
    timeline.leave();
  }

  private void look(long nanos) {
    clock.set(1_000_000 + nanos);
    timeline.enter();
    seen.add(-timeline.nowNanos());
    timeline.leave();
  }

  @Test
  void whatIsDue_happensBeforeWhoeverEnters_andOnce() {
    at(10, () -> seen.add(10L));
    at(20, () -> seen.add(20L));

    look(9);
    look(15);
    look(15);
    look(20);

    assertThat(seen).containsExactly(-9L, 10L, -15L, -15L, 20L, -20L);
  }

  @Test
  void whatHappensLate_seesTheTimeForWhichItWasAsked_andSoDoesWhatFollows() {
    at(
        10,
        () -> {
          seen.add(timeline.nowNanos());
          timeline.after(10, () -> seen.add(timeline.nowNanos()));
        });

    look(100);

    assertThat(seen).containsExactly(10L, 20L, -100L);
  }

  @Test
  void actionThatThrows_endsNothingButItself() {
    at(
        10,
        () -> {
          throw new IllegalStateException("thrown by a test");
        });
    at(10, () -> seen.add(10L));

    look(10);

    assertThat(seen).containsExactly(10L, -10L);
    assertThat(timeline.failure().toCompletableFuture()).isNotDone();
  }

  @Test
  void error_isTold() {
    Error error = new StackOverflowError("thrown by a test");
    at(
        10,
        () -> {
          throw error;
        });

    look(10);

    assertThat(timeline.failure().toCompletableFuture()).isCompletedWithValue(error);
  }

  @Test
  void thread_wakesForWhatIsAskedForLaterAndHappensEarlier() throws Exception {
    LiveTimeline live = new LiveTimeline(System::nanoTime);
    CountDownLatch happened = new CountDownLatch(2);
    live.acquire();
    try {
      live.enter();
      live.after(Duration.ofDays(1).toNanos(), () -> {});
      live.leave();
      for (int i = 0; i < 2; i++) {
        awaitSleepingThread();
        live.enter();
        live.after(1_000_000, happened::countDown);
        live.leave();
      }

      assertThat(happened.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      live.release();
    }
    for (Thread thread : threads()) {
      assertThat(thread.join(Duration.ofSeconds(30))).as("%s has ended", thread).isTrue();
    }
  }

  private static void awaitSleepingThread() {
    while (threads().stream()
        .noneMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING)) {
      Thread.onSpinWait();
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("waggle-shape"))
        .toList();
  }
}
