package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.node.runtime.OutgoingQueue.Offer;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingQueueTest {
  private static final long UNASKED = 200_000;
  private static final long SHARED = 4_000_000;

  private final SharedMemory memory = new SharedMemory(SHARED, System::nanoTime);
  private final SharedMemory.Share share = memory.open(true, () -> {});
  private final OutgoingQueue queue = new OutgoingQueue(share, UNASKED);

  @Test
  void onlyTheFirstOffer_asksForADrain_untilTheQueueWasFoundEmpty() {
    assertThat(queue.offer(transaction(1))).isEqualTo(Offer.QUEUED_FIRST);
    assertThat(queue.offer(ping(2))).isEqualTo(Offer.QUEUED);
    assertThat(queue.next()).isEqualTo(ping(2));
    assertThat(queue.next()).isEqualTo(transaction(1));

    // The drain that took them is still under way, and will look again.
    assertThat(queue.offer(transaction(3))).isEqualTo(Offer.QUEUED);
    assertThat(queue.next()).isEqualTo(transaction(3));
    assertThat(queue.next()).isNull();
    assertThat(queue.offer(ping(4))).isEqualTo(Offer.QUEUED_FIRST);
    assertThat(queue.next()).isEqualTo(ping(4));
    assertThat(queue.next()).isNull();
    assertThat(queue.offer(ping(5))).isEqualTo(Offer.QUEUED_FIRST);
  }

  @Test
  void heartbeatsAndBlocks_overtakeWhatWasTakenAlready_andAGoodbyeOvertakesNothing() {
    WireMessage goodbye = new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN);
    WireMessage block = new WireMessage.Gossip(new GossipMessage.Block(Bytes.EMPTY));
    queue.offer(transaction(1));
    queue.offer(transaction(2));
    queue.offer(goodbye);
    assertThat(queue.next()).isEqualTo(transaction(1));
    queue.offer(ping(3));
    queue.offer(block);

    assertThat(queue.next()).isEqualTo(ping(3));
    assertThat(queue.next()).isEqualTo(block);
    assertThat(queue.next()).isEqualTo(transaction(2));
    assertThat(queue.next()).isEqualTo(goodbye);
    assertThat(queue.next()).isNull();
  }

  /** It says that the message need not be asked for, which is of use only before that is there. */
  @Test
  void aPreamble_isNotOvertakenByWhatItSpeaksOf_whateverThatIs() {
    WireMessage block = new WireMessage.Gossip(new GossipMessage.Block(Bytes.EMPTY));
    WireMessage ofTransaction = new WireMessage.Preamble(new MessageId(1, 2, 3, 4), 6);
    WireMessage ofBlock = new WireMessage.Preamble(new MessageId(4, 3, 2, 1), 0);
    queue.offer(transaction(5));
    assertThat(queue.next()).isEqualTo(transaction(5));
    queue.offer(ofTransaction);
    queue.offer(transaction(6));
    queue.offer(ofBlock);
    queue.offer(block);

    assertThat(queue.next()).isEqualTo(ofTransaction);
    assertThat(queue.next()).isEqualTo(ofBlock);
    assertThat(queue.next()).isEqualTo(block);
    assertThat(queue.next()).isEqualTo(transaction(6));
    assertThat(queue.next()).isNull();
  }

  @Test
  void whatIsSaidOfBlocks_overtakesTransactions() {
    MessageId id = new MessageId(1, 2, 3, 4);
    List<WireMessage> urgent =
        List.of(
            new WireMessage.Compact(
                Bytes.ofHex("01"), Bytes.EMPTY, 0, ShortIds.wrap(new long[0]), List.of()),
            new WireMessage.RequestItems(id, List.of(new ItemRange(0, 1))),
            new WireMessage.Items(id, List.of()),
            new WireMessage.SendCompact(1),
            new WireMessage.IDontWant(List.of(id)));
    queue.offer(transaction(1));
    urgent.forEach(queue::offer);

    urgent.forEach(message -> assertThat(queue.next()).isEqualTo(message));
    assertThat(queue.next()).isEqualTo(transaction(1));
  }

  @Test
  void aLittle_takesNothingOfWhatIsShared() {
    queue.offer(transaction(100_000));

    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void whatIsBeyondThat_isShared_untilItIsSealed() {
    queue.offer(transaction(1_000_000));
    queue.offer(transaction(100_000));
    assertThat(memory.takenBytes()).isBetween(900_000L, 901_000L);

    queue.next();
    queue.settle();
    queue.next();
    queue.next();
    queue.settle();
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void whatIsHandedOut_countsUntilTheNextIsAskedFor() {
    queue.offer(transaction(1_000_000));
    assertThat(queue.next()).isNotNull();
    assertThat(memory.takenBytes()).as("it may not be sealed yet").isGreaterThan(800_000);
    assertThat(queue.next()).isNull();
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void withoutSharedMemory_offersAreRefused_butForHeartbeats() {
    while (queue.offer(transaction(100_000)) != Offer.REFUSED) {
      // as much as there is room for
    }
    assertThat(memory.takenBytes()).isBetween(SHARED - 101_000, SHARED);
    for (int i = 0; i < OutgoingQueue.MAX_HEARTBEATS; i++) {
      assertThat(queue.offer(ping(i))).isEqualTo(Offer.QUEUED);
    }
    assertThat(queue.offer(ping(0))).isEqualTo(Offer.REFUSED);
    assertThat(queue.next()).isEqualTo(ping(0));
    assertThat(queue.offer(ping(0))).isEqualTo(Offer.QUEUED);
  }

  @Test
  void whoWaitsForALinkToDrain_isToldOnce() {
    assertThat(queue.awaitDrained()).isTrue();
    queue.offer(transaction(70_000));
    queue.offer(transaction(70_000));
    assertThat(queue.awaitDrained()).isFalse();
    queue.next();
    assertThat(queue.settle()).isFalse();
    queue.next();
    assertThat(queue.settle()).isTrue();
    assertThat(queue.settle()).isFalse();
    assertThat(queue.awaitDrained()).isTrue();
  }

  @Test
  void aClosingQueue_refuses_butStillGivesWhatItHas() {
    queue.offer(ping(1));
    queue.refuse();

    assertThat(queue.offer(ping(2))).isEqualTo(Offer.REFUSED);
    assertThat(queue.next()).isEqualTo(ping(1));
  }

  @Test
  void aClosedQueue_hasNothing() {
    queue.offer(transaction(1));
    queue.offer(ping(1));
    queue.close();

    assertThat(queue.offer(ping(2))).isEqualTo(Offer.REFUSED);
    assertThat(queue.next()).isNull();
  }

  private static WireMessage ping(long nonce) {
    return new WireMessage.Ping(nonce);
  }

  private static WireMessage transaction(int length) {
    return new WireMessage.Gossip(new GossipMessage.Transaction(Bytes.wrap(new byte[length])));
  }
}
