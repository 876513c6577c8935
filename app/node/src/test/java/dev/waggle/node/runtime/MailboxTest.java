package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.Party;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {
  private static final long MAX_INBOX_BYTES = 1000;
  private static final int MAX_PUBLISHED_BYTES = 5_000_000;
  private static final int OVERHEAD =
      (int) MessageWeight.bytes(new GossipMessage.Transaction(Bytes.EMPTY));
  private static final MessageId ID = new MessageId(1, 2, 3, 4);

  private final PriorityPool<Lane, Runnable> pool =
      new PriorityPool<>(1, "mailbox-test-", _ -> {}, _ -> {});
  private final Mailbox mailbox =
      new Mailbox(MAX_INBOX_BYTES, MAX_PUBLISHED_BYTES, new Naming(pool, MailboxTest::intake));
  private final Source a = new Source(1);
  private final Source b = new Source(2);

  @Test
  void messagesOfOneLane_areTakenInOrderOfArrival() throws InterruptedException {
    post(a, transaction(1), transaction(2));
    post(a, transaction(3));

    assertThat(takeAllOf(Lane.BULK))
        .containsExactly(transaction(1), transaction(2), transaction(3));
    assertThat(isIdle()).isTrue();
  }

  @Test
  void events_areHeardBeforeMessages() throws InterruptedException {
    post(a, transaction(1));
    mailbox.post(new NodeEvent.Stop());

    Mailbox.Turns turns = mailbox.take(0);
    assertThat(turns.events()).containsExactly(new NodeEvent.Stop());
    assertThat(turns.bulk()).isNotNull();
  }

  @Test
  void heartbeatsAndBlocks_overtakeEverythingElse() throws InterruptedException {
    Incoming block = arrival(new GossipMessage.Block(Bytes.EMPTY));
    Incoming goodbye = new Incoming.Other(new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN));
    post(a, transaction(1), goodbye, ping(2), block);

    Mailbox.Turns turns = mailbox.take(0);
    assertThat(handle(turns.express(), Lane.EXPRESS, 9)).containsExactly(ping(2), block);
    assertThat(handle(turns.bulk(), Lane.BULK, 9)).containsExactly(transaction(1), goodbye);
  }

  @Test
  void sources_takeTurns_howeverMuchOneHas() throws InterruptedException {
    post(a, transaction(1), transaction(2), transaction(3));
    post(b, transaction(4));

    assertThat(handle(mailbox.take(0).bulk(), Lane.BULK, 1)).containsExactly(transaction(1));
    assertThat(handle(mailbox.take(0).bulk(), Lane.BULK, 1)).containsExactly(transaction(4));
    post(b, transaction(5));
    assertThat(handle(mailbox.take(0).bulk(), Lane.BULK, 9))
        .containsExactly(transaction(2), transaction(3));
    assertThat(handle(mailbox.take(0).bulk(), Lane.BULK, 9)).containsExactly(transaction(5));
    assertThat(isIdle()).isTrue();
  }

  @Test
  void turns_sayHowManyWantOne() throws InterruptedException {
    post(a, transaction(1), ping(1));
    post(b, transaction(2));

    assertThat(mailbox.take(0).sources()).isEqualTo(3);
  }

  @Test
  void aFullInbox_stopsItsSource_andNobodyElse() throws InterruptedException {
    assertThat(mailbox.post(a.inbox, List.of(large(600)))).isTrue();
    assertThat(mailbox.post(a.inbox, List.of(large(400)))).isFalse();
    assertThat(mailbox.post(a.inbox, List.of(large(OVERHEAD)))).isFalse();
    assertThat(mailbox.post(b.inbox, List.of(large(800)))).isTrue();

    handle(mailbox.take(0).bulk(), Lane.BULK, 1);
    assertThat(a.resumed).as("more than half of it waits").isZero();
    assertThat(mailbox.post(a.inbox, List.of(ping(1)))).as("and it was not told").isFalse();
    handle(mailbox.take(0).bulk(), Lane.BULK, 9);
    assertThat(b.resumed).isZero();
    handle(mailbox.take(0).bulk(), Lane.BULK, 1);
    assertThat(a.resumed).isOne();
    assertThat(mailbox.post(a.inbox, List.of(large(OVERHEAD)))).isTrue();
  }

  /** So those of all links together are bounded as everything is that waits in inboxes. */
  @Test
  void extensions_weighInTheInbox_asTheirBodiesDo() {
    assertThat(mailbox.post(a.inbox, List.of(new Incoming.Other(extension(600))))).isTrue();
    assertThat(mailbox.post(a.inbox, List.of(new Incoming.Other(extension(600))))).isFalse();
    assertThat(mailbox.post(b.inbox, List.of(new Incoming.Other(extension(600))))).isTrue();
  }

  @Test
  void whatExtensionsOfThisNodeSend_isBoundedAsWhatItPublishes() {
    WireMessage.Extension largest = extension(WireMessage.MAX_EXTENSION_BYTES);
    int taken = 0;
    while (mailbox.offer(new Incoming.Extended(a.id(), largest))) {
      taken++;
    }
    assertThat(taken).isBetween(1, 1 + MAX_PUBLISHED_BYTES / WireMessage.MAX_EXTENSION_BYTES);
  }

  private static WireMessage.Extension extension(int bytes) {
    return new WireMessage.Extension(0xFF01, Bytes.wrap(new byte[bytes]));
  }

  @Test
  void whatLiesInSharedMemory_leavesRoomInTheInbox_upToABoundOfItsOwn()
      throws InterruptedException {
    for (int i = 0; i < 7; i++) {
      Arrival shared = large(1000);
      shared.shared();
      assertThat(mailbox.post(a.inbox, List.of(shared))).isTrue();
    }
    Arrival last = large(1000);
    last.shared();
    assertThat(mailbox.post(a.inbox, List.of(last))).isFalse();

    handle(mailbox.take(0).bulk(), Lane.BULK, 3);
    assertThat(a.resumed).isZero();
    handle(mailbox.take(0).bulk(), Lane.BULK, 1);
    assertThat(a.resumed).isOne();
  }

  @Test
  void aQueueThatIsHeldBack_hasNoTurn_untilItIsResumed() throws InterruptedException {
    post(a, transaction(1), transaction(2));
    Inbox.Queue queue = mailbox.take(0).bulk();
    Tally tally = new Tally();
    tally.add(queue.inHand().takeNext());
    mailbox.handled(queue, Lane.BULK, tally, true);
    post(a, transaction(3), ping(1));

    assertThat(mailbox.take(0).bulk()).isNull();
    mailbox.resume(queue, Lane.BULK);
    assertThat(takeAllOf(Lane.BULK)).containsExactly(transaction(2));
    assertThat(takeAllOf(Lane.BULK)).containsExactly(transaction(3));
  }

  @Test
  void whatHasNoName_hasItsTurnWhenItHas() throws InterruptedException {
    Arrival unnamed =
        new Arrival(
            new GossipMessage.Transaction(Bytes.EMPTY), new PeerId(Bytes.wrap(new byte[32])));
    post(a, unnamed, transaction(1));

    Inbox.Queue queue = mailbox.take(Long.MAX_VALUE).bulk();
    assertThat(unnamed.isNamed()).isTrue();
    assertThat(unnamed.isExamined()).isTrue();
    assertThat(handle(queue, Lane.BULK, 9)).containsExactly(unnamed, transaction(1));
  }

  @Test
  void whatHasNoName_andComesLater_holdsItsQueueThen() throws InterruptedException {
    Arrival unnamed =
        new Arrival(
            new GossipMessage.Transaction(Bytes.EMPTY), new PeerId(Bytes.wrap(new byte[32])));
    post(a, transaction(1), unnamed);

    Inbox.Queue queue = mailbox.take(0).bulk();
    assertThat(handle(queue, Lane.BULK, 1)).containsExactly(transaction(1));
    assertThat(mailbox.take(Long.MAX_VALUE).bulk()).isSameAs(queue);
    assertThat(unnamed.isNamed()).isTrue();
  }

  @Test
  void itemsThatHaveNoName_haveTheirTurnWhenTheyHave() throws InterruptedException {
    IncomingItems unnamed =
        new IncomingItems(new WireMessage.Items(ID, List.of(new IndexedItem(0, Bytes.EMPTY))));
    post(a, unnamed, ping(1));

    Inbox.Queue queue = mailbox.take(Long.MAX_VALUE).express();
    assertThat(unnamed.isNamed()).isTrue();
    assertThat(handle(queue, Lane.EXPRESS, 9)).containsExactly(unnamed, ping(1));
  }

  @Test
  void aCompactBlockWhoseItemsHaveNoName_hasItsTurnWhenTheyHave() throws InterruptedException {
    IncomingCompact unnamed =
        new IncomingCompact(
            ID,
            new WireMessage.Compact(
                Bytes.ofHex("01"),
                Bytes.EMPTY,
                0,
                ShortIds.wrap(new long[0]),
                List.of(new IndexedItem(0, Bytes.EMPTY))));
    post(a, unnamed);

    Inbox.Queue queue = mailbox.take(Long.MAX_VALUE).express();
    assertThat(unnamed.isNamed()).isTrue();
    assertThat(unnamed.isExamined()).isFalse();
    assertThat(handle(queue, Lane.EXPRESS, 9)).containsExactly(unnamed);
  }

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  void theEndOfALink_isHeardAfterAllThatItBrought() throws InterruptedException {
    NodeEvent.Closed closed = new NodeEvent.Closed(null, null);
    post(a, transaction(1), transaction(2), ping(2));
    mailbox.postLast(a.inbox, closed);

    Mailbox.Turns turns = mailbox.take(0);
    assertThat(turns.events()).isEmpty();
    handle(turns.express(), Lane.EXPRESS, 9);
    handle(turns.bulk(), Lane.BULK, 1);
    turns = mailbox.take(0);
    assertThat(turns.events()).isEmpty();
    handle(turns.bulk(), Lane.BULK, 9);
    assertThat(mailbox.take(0).events()).containsExactly(closed);
    assertThat(isIdle()).isTrue();
    mailbox.postLast(b.inbox, closed);
    assertThat(mailbox.take(0).events()).containsExactly(closed);
  }

  @Test
  void whatIsPublishedHere_isBoundedInNumberAndInBytes_whateverLinksBring()
      throws InterruptedException {
    post(a, transaction(1));
    takeAllOf(Lane.BULK);
    for (int i = 0; i < Mailbox.MAX_PUBLISHED; i++) {
      assertThat(mailbox.offer(published(0))).isTrue();
    }
    assertThat(mailbox.offer(published(0))).isFalse();
    Inbox.Queue queue = mailbox.take(0).bulk();
    assertThat(queue.inbox().source()).isNull();
    handle(queue, Lane.BULK, 1);
    assertThat(mailbox.offer(published(MAX_PUBLISHED_BYTES))).isTrue();
    handle(mailbox.take(0).bulk(), Lane.BULK, 9);
    assertThat(mailbox.offer(published(0))).isFalse();
  }

  @Test
  void whoWaits_isWokenByWhatArrives() throws InterruptedException {
    Thread poster = Thread.ofVirtual().start(() -> mailbox.post(new NodeEvent.Stop()));

    assertThat(mailbox.take(Long.MAX_VALUE).events()).containsExactly(new NodeEvent.Stop());
    poster.join();
    poster = Thread.ofVirtual().start(() -> post(a, ping(1)));
    assertThat(mailbox.take(Long.MAX_VALUE).express()).isNotNull();
    poster.join();
  }

  @Test
  void aClosedMailbox_handsOutWhatWasPublished_andTakesNoMore() throws InterruptedException {
    List<Incoming.Published> all = List.of(published(0), published(0), published(0));
    assertThat(mailbox.offer(all.get(0))).isTrue();
    assertThat(mailbox.offer(all.get(1))).isTrue();
    mailbox.take(0).bulk().inHand().takeNext();
    assertThat(mailbox.offer(all.get(2))).isTrue();

    assertThat(mailbox.close()).containsExactly(all.get(1), all.get(2));
    assertThat(mailbox.offer(published(0))).isFalse();
  }

  private void post(Source source, Incoming... messages) {
    assertThat(mailbox.post(source.inbox, List.of(messages))).isTrue();
  }

  private boolean isIdle() throws InterruptedException {
    Mailbox.Turns turns = mailbox.take(0);
    return turns.events().isEmpty() && turns.express() == null && turns.bulk() == null;
  }

  private List<Incoming> takeAllOf(Lane lane) throws InterruptedException {
    Mailbox.Turns turns = mailbox.take(0);
    return handle(lane == Lane.BULK ? turns.bulk() : turns.express(), lane, Integer.MAX_VALUE);
  }

  /** Handles at most so many of a queue, as the node thread does in a turn. */
  private List<Incoming> handle(Inbox.Queue queue, Lane lane, int most) {
    List<Incoming> handled = new ArrayList<>();
    Tally tally = new Tally();
    while (queue.inHand().hasNext() && handled.size() < most) {
      Incoming next = queue.inHand().takeNext();
      handled.add(next);
      tally.add(next);
    }
    mailbox.handled(queue, lane, tally, false);
    return handled;
  }

  private static Incoming.Published published(int heldBytes) {
    Delivery delivery =
        new Delivery(
            ID, new GossipMessage.Transaction(Bytes.EMPTY), (Examination) () -> heldBytes, null);
    return new Incoming.Published(delivery, new CompletableFuture<>());
  }

  private static Incoming ping(long nonce) {
    return new Incoming.Other(new WireMessage.Ping(nonce));
  }

  private static Intake intake() {
    return new Intake(
        new MessageIds(ToySuite.create().hash()), new KnownIds(), new AcceptingApplication());
  }

  private static Arrival arrival(GossipMessage message) {
    Arrival arrival = new Arrival(message, new PeerId(Bytes.wrap(new byte[32])));
    arrival.named(new MessageIds.Named(ID, null));
    return arrival;
  }

  private static final List<Arrival> TRANSACTIONS =
      IntStream.range(0, 10)
          .mapToObj(n -> arrival(new GossipMessage.Transaction(Bytes.wrap(new byte[n]))))
          .toList();

  private static Arrival large(int bytes) {
    return arrival(new GossipMessage.Transaction(Bytes.wrap(new byte[bytes - OVERHEAD])));
  }

  private static Incoming transaction(int number) {
    return TRANSACTIONS.get(number);
  }

  private static final class Source implements MessageSource {
    private final LinkId id;
    private final Inbox inbox = new Inbox(this);
    private int resumed;

    Source(long id) {
      this.id = new LinkId(id);
    }

    @Override
    public LinkId id() {
      return id;
    }

    @Override
    public Party party() {
      return new Party.Chosen(id);
    }

    @Override
    public void handled(long sharedBytes) {}

    @Override
    public void resumeReading() {
      resumed++;
    }
  }
}
