package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExaminationsTest {
  private static final PeerId PEER = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));

  private static final Party ANYBODY = party("31.1.1.1");

  private final Semaphore permits = new Semaphore(0);
  private final BlockingQueue<MessageId> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<Examinee> done = new LinkedBlockingQueue<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private @Nullable Throwable fault;
  private final PriorityPool<Lane, Runnable> pool =
      new PriorityPool<>(1, "examinations-test-", failure::complete, dropped -> {});
  private final Examinations examinations =
      new Examinations(
          pool,
          1,
          new AcceptingApplication() {
            @Override
            public Examination examine(MessageId id, GossipMessage message) {
              begun(id);
              return () -> id.first();
            }

            @Override
            public BlockFormat blockFormat() {
              return new ItemBlocks() {
                @Override
                public Examination examineHeader(
                    MessageId id, Bytes header, Bytes proof, int items) {
                  begun(id);
                  return () -> 1000 * proof.length() + items;
                }
              };
            }
          });

  private void begun(MessageId id) {
    begun.add(id);
    permits.acquireUninterruptibly();
    switch (fault) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      case null, default -> {}
    }
  }

  @AfterEach
  void close() {
    permits.release(1000);
    pool.close();
  }

  private static Party party(String host) {
    return Party.from(new Endpoint(host, 1));
  }

  private static Arrival arrival(long number) {
    GossipMessage message = new GossipMessage.Transaction(Bytes.EMPTY);
    Arrival arrival = new Arrival(message, PEER);
    arrival.named(new MessageIds.Named(new MessageId(number, 0, 0, 0), null));
    return arrival;
  }

  private <E extends Examinee> E examine(E arrival, Lane lane) {
    return examine(arrival, ANYBODY, lane);
  }

  private <E extends Examinee> E examine(E arrival, Party party, Lane lane) {
    examinations.examine(arrival, party, lane, () -> done.add(arrival));
    return arrival;
  }

  private static MessageId id(long number) {
    return arrival(number).id();
  }

  @Test
  void aMessageOfSeveral_isExaminedOnce_alsoForWhoComesLate() throws InterruptedException {
    Arrival first = examine(arrival(1), Lane.BULK);
    Arrival second = examine(arrival(1), Lane.BULK);
    permits.release();
    assertThat(List.of(done.take(), done.take())).containsExactly(first, second);
    assertThat(second.delivery().examination()).isSameAs(first.delivery().examination());
    Arrival third = examine(arrival(1), Lane.BULK);
    assertThat(done.take()).isSameAs(third);
    assertThat(third.delivery().examination()).isSameAs(first.delivery().examination());

    assertThat(begun).containsExactly(id(1));
  }

  /** Each sender makes short ids of its own, and guesses by itself what the receiver lacks. */
  @Test
  void aBlocksHeader_isExaminedOnce_howeverItsCompactsDiffer() throws InterruptedException {
    IncomingCompact first = examine(compact(1, 50, 7, 3), Lane.EXPRESS);
    IncomingCompact second = examine(compact(1, 50, 8, 3), Lane.EXPRESS);
    permits.release();

    assertThat(List.of(done.take(), done.take())).containsExactly(first, second);
    assertThat(first.arrival().header().heldBytes()).isEqualTo(50_003);
    assertThat(second.arrival().header()).isSameAs(first.arrival().header());
    examinations.taken(first);
    examinations.taken(second);
    assertThat(begun).containsExactly(id(1));
  }

  @Test
  void anOutlineOfTheSameBlock_isExaminedWithItsCompacts() throws InterruptedException {
    IncomingCompact compact = examine(compact(1, 50, 7, 3), Lane.EXPRESS);
    WireMessage.Outline message =
        new WireMessage.Outline(
            compact.compact().header(), compact.compact().proof(), List.of(id(1), id(2), id(3)));
    IncomingOutline outline = examine(new IncomingOutline(id(1), message), Lane.EXPRESS);
    permits.release();

    assertThat(List.of(done.take(), done.take())).containsExactly(compact, outline);
    assertThat(outline.arrival().header()).isSameAs(compact.arrival().header());
    assertThat(begun).containsExactly(id(1));
  }

  /** Or whoever sends a good header with a proof of his own would have it held against others. */
  @Test
  void aHeaderWithAnotherProof_orNumberOfItems_isExaminedByItself() throws InterruptedException {
    permits.release(1000);
    IncomingCompact good = examine(compact(1, 50, 7, 3), Lane.EXPRESS);
    IncomingCompact otherProof = examine(compact(1, 40, 7, 3), Lane.EXPRESS);
    IncomingCompact moreItems = examine(compact(1, 50, 7, 4), Lane.EXPRESS);
    for (int i = 0; i < 3; i++) {
      examinations.taken(done.take());
    }

    assertThat(good.examination().heldBytes()).isEqualTo(50_003);
    assertThat(otherProof.examination().heldBytes()).isEqualTo(40_003);
    assertThat(moreItems.examination().heldBytes()).isEqualTo(50_004);
  }

  @Test
  void aBlock_andItsHeaderAlone_areExaminedApart() throws InterruptedException {
    Arrival whole = examine(arrival(1), Lane.EXPRESS);
    IncomingCompact compact = examine(compact(1, 50, 7, 3), Lane.EXPRESS);
    permits.release(2);
    examinations.taken(done.take());
    examinations.taken(done.take());

    assertThat(whole.examination().heldBytes()).isEqualTo(1);
    assertThat(compact.examination().heldBytes()).isEqualTo(50_003);
    assertThat(begun).containsExactly(id(1), id(1));
  }

  private static IncomingCompact compact(long number, int proofBytes, long nonce, int items) {
    WireMessage.Compact message =
        new WireMessage.Compact(
            Bytes.wrap(new byte[1]),
            Bytes.wrap(new byte[proofBytes]),
            nonce,
            ShortIds.wrap(new long[items]),
            List.of());
    IncomingCompact compact = new IncomingCompact(id(number), message);
    compact.named(List.of());
    return compact;
  }

  /** The first to take a result frees its place, and the message may come anew after that. */
  @Test
  void theOthersWhoTakeTheSameResult_leaveALaterExaminationAlone() throws InterruptedException {
    Arrival first = examine(arrival(1), Lane.BULK);
    Arrival second = examine(arrival(1), Lane.BULK);
    permits.release();
    assertThat(List.of(done.take(), done.take())).containsExactly(first, second);

    examinations.taken(first);
    Arrival again = examine(arrival(1), Lane.BULK);
    examinations.taken(second);
    Arrival joining = examine(arrival(1), Lane.BULK);
    permits.release(1000);
    assertThat(List.of(done.take(), done.take())).containsExactly(again, joining);
    assertThat(joining.delivery().examination()).isSameAs(again.delivery().examination());
  }

  @Test
  void resultsThatTheNodeHasNotTaken_areFew() throws InterruptedException {
    permits.release(1000);
    for (int i = 0; i < 100; i++) {
      examine(arrival(i), Lane.BULK);
    }
    Examinee first = done.take();
    done.take();
    awaitWhatWasSubmitted();
    assertThat(begun).containsExactly(id(0), id(1));

    examinations.taken(first);
    examinations.taken(first);
    assertThat(done.take().id()).isEqualTo(id(2));
    awaitWhatWasSubmitted();
    assertThat(begun).containsExactly(id(0), id(1), id(2));
  }

  /** The pool does its work in order, so what was submitted before is over then. */
  private void awaitWhatWasSubmitted() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    assertThat(pool.submit(Lane.BULK, ANYBODY, reached::countDown)).isTrue();
    reached.await();
  }

  @Test
  void blocks_goFirst_inThePoolAndBeforeIt() throws InterruptedException {
    assertThat(pool.submit(Lane.BULK, ANYBODY, permits::acquireUninterruptibly))
        .as("it is busy")
        .isTrue();
    examine(arrival(1), Lane.BULK);
    Arrival first = examine(arrival(2), Lane.EXPRESS);
    Arrival last = examine(arrival(3), Lane.BULK);
    Arrival third = examine(arrival(4), Lane.EXPRESS);
    permits.release(2);
    assertThat(done.take()).isSameAs(first);
    assertThat(List.of(begun.take(), begun.take())).containsExactly(id(2), id(1));

    examinations.taken(first);
    permits.release();
    Examinee second = done.take();
    assertThat(second.id()).isEqualTo(id(1));
    permits.release();
    assertThat(done.take()).isSameAs(third);
    examinations.taken(second);
    permits.release();
    assertThat(done.take()).isSameAs(last);
  }

  /** A hundred links of two groups wait, and one of a third. */
  @Test
  void whoComesToACrowd_isExaminedAfterOneOfEachGroup_atMost() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      examine(arrival(i), party("31." + (1 + i % 2) + ".1.1"), Lane.BULK);
    }
    Examinee first = done(begun.take());
    examinations.taken(first);
    Arrival quiet = examine(arrival(1_000), party("32.1.1.1"), Lane.BULK);
    int before = 0;
    for (Examinee next = done(begun.take()); next != quiet; next = done(begun.take())) {
      examinations.taken(next);
      before++;
    }
    assertThat(before).as("those that had begun, and one of each group").isLessThanOrEqualTo(4);
  }

  /** Lets the examination go on that has begun, and waits until it is over. */
  private Examinee done(MessageId id) throws InterruptedException {
    permits.release();
    Examinee arrival = done.take();
    assertThat(arrival.id()).isEqualTo(id);
    return arrival;
  }

  /** Otherwise whoever is far behind could have the messages of others wait with his own. */
  @Test
  void aMessageOfSeveral_isExaminedInTheFirstOfTheirTurns() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      examine(arrival(i), ANYBODY, Lane.BULK);
    }
    examine(arrival(1_000), ANYBODY, Lane.BULK);
    examinations.taken(done(begun.take()));
    Arrival quiet = examine(arrival(1_000), party("32.1.1.1"), Lane.BULK);
    int before = 0;
    while (!quiet.isExamined()) {
      permits.release();
      Examinee next = done.take();
      if (next.id().equals(quiet.id())) {
        assertThat(done.take().id()).isEqualTo(quiet.id());
      }
      examinations.taken(next);
      before++;
    }
    assertThat(before).isLessThanOrEqualTo(4);
    permits.release(1000);
    for (int i = 1 + before; i < 21; i++) {
      examinations.taken(done.take());
    }
    awaitWhatWasSubmitted();
    assertThat(begun).as("and only once").doesNotHaveDuplicates();
  }

  @Test
  void blocksWithoutEnd_leaveEveryFifthExaminationToOthers() throws InterruptedException {
    for (int i = 0; i < 40; i++) {
      examine(arrival(i), Lane.EXPRESS);
      examine(arrival(1_000 + i), Lane.BULK);
    }
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      MessageId next = begun.take();
      if (next.first() >= 1_000) {
        others.add(i);
      }
      examinations.taken(done(next));
    }
    assertThat(others).hasSize(40 / (Examinations.BLOCKS_IN_A_ROW + 1));
  }

  @Test
  void anError_isHeardOf() throws Exception {
    assertHeardOf(new StackOverflowError("as it should"));
  }

  @Test
  void anException_isHeardOf() throws Exception {
    assertHeardOf(new IllegalStateException("as it should"));
  }

  private void assertHeardOf(Throwable thrown) throws Exception {
    fault = thrown;
    examine(arrival(1), Lane.BULK);
    permits.release();

    assertThat(failure.get(20, TimeUnit.SECONDS)).isSameAs(thrown);
    assertThat(done).isEmpty();
  }
}
