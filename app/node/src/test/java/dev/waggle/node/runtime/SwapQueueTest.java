package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SwapQueueTest {
  private final SwapQueue<Integer> queue = new SwapQueue<>();

  @Test
  void aBurst_isForgottenOnceTheQueueIsQuiet() {
    Set<Object> grown = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int burst = 0; burst < 2; burst++) {
      for (int i = 0; i <= SwapQueue.SMALL_BATCH; i++) {
        queue.add(i);
      }
      ArrayDeque<Integer> batch = queue.swap();
      grown.add(batch);
      batch.clear();
    }
    assertThat(grown).as("they take turns").hasSize(2);

    for (int i = 0; i < SwapQueue.QUIET_BATCHES; i++) {
      assertThat(grown).as("quiet for %d batches", i).contains(takeOne());
    }
    for (int i = 0; i < 4; i++) {
      assertThat(grown).doesNotContain(takeOne());
    }
  }

  private ArrayDeque<Integer> takeOne() {
    queue.add(1);
    ArrayDeque<Integer> batch = queue.swap();
    assertThat(batch).containsExactly(1);
    batch.clear();
    return batch;
  }
}
