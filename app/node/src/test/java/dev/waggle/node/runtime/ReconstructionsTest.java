package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.Party;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
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
class ReconstructionsTest {
  private static final PeerId CROWDED = peer(1);
  private static final PeerId QUIET = peer(2);
  private static final PeerId GONE = peer(3);
  private static final List<Bytes> ITEMS = List.of(Bytes.ofHex("0102"), Bytes.ofHex("03"));

  private final ItemBlocks blocks = new ItemBlocks();
  private final Semaphore permits = new Semaphore(0);
  private final BlockingQueue<NodeEvent.Reconstructed> results = new LinkedBlockingQueue<>();
  private final BlockingQueue<Thread> joining = new LinkedBlockingQueue<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private @Nullable Throwable fault;
  private final PriorityPool<Lane, Runnable> pool =
      new PriorityPool<>(1, "reconstructions-test-", failure::complete, dropped -> {});
  private final AcceptingApplication application = new Blocks();
  private final MessageIds ids = new MessageIds(ToySuite.create().hash(), blocks);
  private final Reconstructions reconstructions =
      new Reconstructions(
          pool,
          () -> new Intake(ids, new KnownIds(), application),
          ReconstructionsTest::party,
          event -> results.add((NodeEvent.Reconstructed) event));

  /** Puts blocks together when it may. */
  private final class Blocks extends AcceptingApplication {
    @Override
    public BlockFormat blockFormat() {
      return new ItemBlocks() {
        @Override
        public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
          joining.add(Thread.currentThread());
          permits.acquireUninterruptibly();
          switch (fault) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case null, default -> {}
          }
          return super.join(header, proof, items);
        }
      };
    }

    @Override
    public Examination examine(MessageId id, GossipMessage message) {
      return () -> 1234;
    }
  }

  @AfterEach
  void close() {
    permits.release(1000);
    pool.close();
  }

  private static PeerId peer(int number) {
    byte[] id = new byte[PeerId.LENGTH];
    id[0] = (byte) number;
    return new PeerId(Bytes.wrap(id));
  }

  private static @Nullable Party party(PeerId peer) {
    return peer.equals(GONE)
        ? null
        : Party.from(new Endpoint(peer.equals(QUIET) ? "32.1.1.1" : "31.1.1.1", 1));
  }

  private Reconstruction reconstruction(long nonce, PeerId from) {
    BlockParts parts = blocks.parts(nonce, ITEMS);
    return new Reconstruction(ids.ofHeader(parts.header()), parts, from);
  }

  private Reconstruction begin(long nonce, PeerId from) {
    Reconstruction reconstruction = reconstruction(nonce, from);
    reconstructions.reconstruct(reconstruction);
    return reconstruction;
  }

  @Test
  void aBlock_isPutTogetherAndExamined_onAThreadOfThePool() throws InterruptedException {
    permits.release();
    Reconstruction reconstruction = begin(7, QUIET);

    GossipMessage block = new GossipMessage.Block(blocks.block(7, ITEMS));
    NodeEvent.Reconstructed result = results.take();
    Delivery delivery = result.block();
    assertThat(result.reconstruction()).isSameAs(reconstruction);
    assertThat(delivery.id()).isEqualTo(ids.of(block)).isEqualTo(reconstruction.id());
    assertThat(delivery.message()).isEqualTo(block);
    assertThat(delivery.parts()).isSameAs(reconstruction.parts());
    assertThat(delivery.examination().heldBytes()).isEqualTo(1234);
    assertThat(delivery.from()).isEqualTo(QUIET);
    assertThat(joining.take().getName()).startsWith("reconstructions-test-");
  }

  /** Its items may be those of a message that no message can carry. */
  @Test
  void aBlockThatIsTooLong_isNone() throws InterruptedException {
    Bytes half = Bytes.wrap(new byte[GossipMessage.MAX_PAYLOAD_BYTES / 2]);
    BlockParts parts = blocks.parts(7, List.of(half, half));
    permits.release();
    reconstructions.reconstruct(new Reconstruction(ids.ofHeader(parts.header()), parts, QUIET));

    assertThat(results.take().block()).isNull();
  }

  @Test
  void anException_costsTheBlock_andNothingElse() throws InterruptedException {
    fault = new IllegalStateException("as it should");
    permits.release();
    Reconstruction reconstruction = begin(1, QUIET);

    assertThat(results.take()).isEqualTo(new NodeEvent.Reconstructed(reconstruction, null));
    fault = null;
    permits.release();
    begin(2, QUIET);
    assertThat(results.take().block()).isNotNull();
    assertThat(failure).isNotDone();
  }

  @Test
  void anError_isHeardOf() throws Exception {
    fault = new StackOverflowError("as it should");
    permits.release();
    begin(1, QUIET);

    assertThat(failure.get(20, TimeUnit.SECONDS)).isSameAs(fault);
    assertThat(results).isEmpty();
  }

  @Test
  void whatIsTooMuch_isNotPutTogether_andWhatIsDoneMakesRoom() throws InterruptedException {
    for (int i = 0; i < Reconstructions.MAX_OPEN; i++) {
      begin(i, CROWDED);
    }
    assertThat(results).isEmpty();
    Reconstruction tooMuch = begin(100, QUIET);
    assertThat(results.take()).isEqualTo(new NodeEvent.Reconstructed(tooMuch, null));

    permits.release();
    assertThat(results.take().block()).isNotNull();
    Reconstruction next = begin(101, QUIET);
    assertThat(results).isEmpty();
    permits.release(1000);
    List<Reconstruction> put = new ArrayList<>();
    for (int i = 0; i < Reconstructions.MAX_OPEN; i++) {
      NodeEvent.Reconstructed result = results.take();
      assertThat(result.block()).isNotNull();
      put.add(result.reconstruction());
    }
    assertThat(put).contains(next).doesNotContain(tooMuch);
  }

  @Test
  void whoComesToACrowd_waitsForOneOfIts_atMost_andSoDoesWhoHasLeft() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      begin(i, CROWDED);
    }
    joining.take();
    Reconstruction quiet = begin(100, QUIET);
    Reconstruction gone = begin(101, GONE);
    permits.release(1000);

    List<Reconstruction> first =
        List.of(
            results.take().reconstruction(),
            results.take().reconstruction(),
            results.take().reconstruction());
    assertThat(first).contains(quiet, gone);
  }

  @Test
  void blocks_goBeforeOtherWork() throws InterruptedException {
    CountDownLatch other = new CountDownLatch(1);
    begin(1, QUIET);
    joining.take();
    assertThat(
            pool.submit(
                Lane.BULK,
                party(QUIET),
                () -> {
                  other.countDown();
                  permits.acquireUninterruptibly();
                }))
        .isTrue();
    begin(2, QUIET);
    permits.release();
    joining.take();
    assertThat(other.getCount()).as("it waits still").isOne();
    permits.release(1000);
    other.await();
  }

  @Test
  void onceThePoolIsClosed_nothingHappens() {
    pool.close();
    begin(1, QUIET);

    assertThat(results).isEmpty();
    assertThat(joining).isEmpty();
    assertThat(failure).isNotDone();
  }
}
