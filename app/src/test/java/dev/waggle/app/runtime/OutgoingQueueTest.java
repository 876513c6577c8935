package dev.waggle.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.app.runtime.OutgoingQueue.Offer;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutgoingQueueTest {
  private final OutgoingQueue queue = new OutgoingQueue();

  @Test
  void onlyTheFirstOffer_asksForADrain_untilTheQueueWasFoundEmpty() {
    assertThat(queue.offer(ping(1), 64)).isEqualTo(Offer.QUEUED_FIRST);
    assertThat(queue.offer(ping(2), 64)).isEqualTo(Offer.QUEUED);
    ArrayDeque<WireMessage> batch = queue.takeAll();
    assertThat(batch).containsExactly(ping(1), ping(2));
    batch.clear();

    // The drain that took them is still under way, and will look again.
    assertThat(queue.offer(ping(3), 64)).isEqualTo(Offer.QUEUED);
    queue.takeAll().clear();
    assertThat(queue.takeAll()).isEmpty();
    assertThat(queue.offer(ping(4), 64)).isEqualTo(Offer.QUEUED_FIRST);
  }

  @Test
  void aFullQueue_refuses_untilItIsDrained() {
    assertThat(queue.offer(ping(1), OutgoingQueue.MAX_BYTES)).isEqualTo(Offer.QUEUED_FIRST);
    assertThat(queue.offer(ping(2), 1)).isEqualTo(Offer.REFUSED);
    queue.takeAll().clear();
    assertThat(queue.offer(ping(2), 1)).isEqualTo(Offer.QUEUED);
  }

  @Test
  void aQueueThatTookNoMore_saysOnceThatItHasDrained_batchAndAll() {
    assertThat(queue.takesMore()).isTrue();
    queue.offer(ping(1), OutgoingQueue.LOW_BYTES);
    assertThat(queue.takesMore()).isFalse();
    queue.takeAll().clear();
    assertThat(queue.isDrained()).as("the batch is still being sent").isFalse();
    assertThat(queue.takesMore()).isFalse();
    queue.takeAll();
    assertThat(queue.isDrained()).isTrue();
    assertThat(queue.isDrained()).isFalse();
    assertThat(queue.takesMore()).isTrue();
  }

  @Test
  void anEmptyQueue_takesAMessageOfAnySize() {
    assertThat(queue.offer(ping(1), OutgoingQueue.MAX_BYTES + 1)).isEqualTo(Offer.QUEUED_FIRST);
  }

  @Test
  void aClosingQueue_refuses_butStillGivesWhatItHas() {
    queue.offer(ping(1), 64);
    queue.refuse();

    assertThat(queue.offer(ping(2), 64)).isEqualTo(Offer.REFUSED);
    assertThat(queue.takeAll()).containsExactly(ping(1));
  }

  @Test
  void aBurst_isForgottenOnceTheLinkIsQuiet() {
    Set<Object> grown = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int burst = 0; burst < 2; burst++) {
      for (int i = 0; i <= OutgoingQueue.SMALL_BATCH; i++) {
        queue.offer(ping(i), 64);
      }
      ArrayDeque<WireMessage> batch = queue.takeAll();
      grown.add(batch);
      batch.clear();
    }
    assertThat(grown).as("they take turns").hasSize(2);

    for (int i = 0; i < OutgoingQueue.QUIET_BATCHES; i++) {
      assertThat(grown).as("quiet for %d batches", i).contains(takeOnePing());
    }
    for (int i = 0; i < 4; i++) {
      assertThat(grown).doesNotContain(takeOnePing());
    }
  }

  private ArrayDeque<WireMessage> takeOnePing() {
    queue.offer(ping(1), 64);
    ArrayDeque<WireMessage> batch = queue.takeAll();
    assertThat(batch).containsExactly(ping(1));
    batch.clear();
    return batch;
  }

  private static WireMessage ping(long nonce) {
    return new WireMessage.Ping(nonce);
  }
}
