package dev.waggle.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.app.runtime.OutgoingQueue.Offer;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayDeque;
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

  private static WireMessage ping(long nonce) {
    return new WireMessage.Ping(nonce);
  }
}
