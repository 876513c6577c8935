package dev.waggle.chain.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.chain.Block;
import dev.waggle.chain.ChainListener;
import dev.waggle.chain.ChainReader;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.FakeGossip;
import dev.waggle.chain.MemoryBlockStore;
import dev.waggle.chain.MutableClock;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.TestBlocks;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MinerTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final PeerId SELF = TestBlocks.miner(1);

  private final MutableClock clock = new MutableClock(NOW);
  private final BlockingQueue<AcceptedBlock> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Error> errors = new LinkedBlockingQueue<>();
  private NodeService service;
  private FakeGossip gossip;

  @BeforeEach
  void openService() throws IOException {
    service = NodeService.open(TestBlocks.RULES, new MemoryBlockStore(), clock);
    gossip = new FakeGossip(SELF, service);
    service.addListener(
        new ChainListener() {
          @Override
          public void blockAccepted(AcceptedBlock block) {
            accepted.add(block);
          }
        });
  }

  @Test
  void mineOne_minesExactlyOneWithWhatWaits() throws Exception {
    Transaction waiting = TestBlocks.transaction(1);
    gossip.publish(waiting.toMessage());

    MessageId id = mineOne(miner(gossip, Duration.ofHours(1)));

    assertThat(service.view().tip()).isEqualTo(id);
    assertThat(service.view().height()).isEqualTo(1);
    assertThat(service.view().tipTimeMillis()).isEqualTo(NOW);
    assertThat(service.view().pending()).isEmpty();
    Bytes mined = service.find(id).payload();
    assertThat(accepted.take())
        .isEqualTo(new AcceptedBlock(id, 1, NOW, SELF, null, true, 0, 1, mined.length()));
    assertThat(Block.decode(mined).transactions()).containsExactly(waiting);
  }

  @Test
  void mineOneAgain_followsTheBlockBefore() throws Exception {
    Miner miner = miner(gossip, Duration.ofHours(1));
    mineOne(miner);
    MessageId second = mineOne(miner);

    assertThat(service.view().tip()).isEqualTo(second);
    assertThat(service.view().height()).isEqualTo(2);
  }

  @Test
  void mineOneThatIsNotAccepted_fails() {
    GossipPublisher overloaded =
        _ -> CompletableFuture.completedStage(new Verdict.Ignore("overloaded"));

    assertThatThrownBy(() -> mineOne(miner(overloaded, Duration.ZERO)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(NotAccepted.class)
        .hasMessageContaining("overloaded");
  }

  @Test
  void started_minesOneBlockAfterTheOther() throws Exception {
    try (Miner miner = miner(gossip, Duration.ZERO)) {
      miner.start();
      for (long height = 1; height <= 5; height++) {
        AcceptedBlock block = accepted.take();
        assertThat(block.height()).isEqualTo(height);
        assertThat(block.miner()).isEqualTo(SELF);
        assertThat(block.becameTip()).isTrue();
      }
    }
  }

  @Test
  void interval_isKeptFromTheTipsArrivalOn() throws Exception {
    RecordingTipWatch tips = new RecordingTipWatch(service, this::nanos, 0);
    try (Miner miner = miner(gossip, Duration.ofHours(1), realSearch(), tips)) {
      miner.start(); // the genesis is long past
      assertThat(accepted.take().height()).isEqualTo(1);
      assertThat(tips.waits.take()).isEqualTo(Duration.ofHours(1));

      Block foreign = foreignBlock(NOW + 10_000);
      clock.set(NOW + 60_000);
      gossip.publish(foreign.toMessage());
      assertThat(accepted.take().id()).isEqualTo(foreign.id());
      assertThat(tips.waits.take()).isEqualTo(Duration.ofHours(1));
      assertThat(accepted).isEmpty();
    }
  }

  @Test
  void tipFromTheFuture_holdsNobodyUp() throws Exception {
    Duration interval = Duration.ofSeconds(5);
    RecordingTipWatch tips = new RecordingTipWatch(service, this::nanos, Integer.MAX_VALUE);
    long ahead = NOW + ChainRules.MAX_AHEAD.toMillis() - 1000;
    gossip.publish(foreignBlock(ahead).toMessage());
    accepted.take();
    try (Miner miner = miner(gossip, interval, realSearch(), tips)) {
      miner.start();
      assertThat(tips.waits.take()).isEqualTo(interval);
      clock.set(NOW + interval.toMillis()); // the miner looks again, and the interval is over

      AcceptedBlock own = accepted.take();
      assertThat(own.height()).isEqualTo(2);
      assertThat(Block.decode(service.find(own.id()).payload()).timeMillis()).isEqualTo(ahead);
    }
  }

  @Test
  void blocksThatAreNotAccepted_areFollowedByLongerAndLongerRests() throws Exception {
    RecordingTipWatch tips = new RecordingTipWatch(service, this::nanos, 9);
    GossipPublisher full = _ -> CompletableFuture.completedStage(new Verdict.Ignore("disk full"));
    try (Miner miner = miner(full, Duration.ofHours(1), realSearch(), tips)) {
      miner.start();
      for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
        assertThat(tips.waits.take()).isEqualTo(Duration.ofSeconds(seconds));
      }
    }
  }

  @Test
  void newTip_endsTheSearchAndStartsAnother() throws Exception {
    CountDownLatch searching = new CountDownLatch(1);
    NonceSearch endlessOnGenesis =
        (template, stale) -> {
          if (template.height() > 1) {
            return realSearch().search(template, stale);
          }
          searching.countDown();
          while (!stale.getAsBoolean()) {
            Thread.onSpinWait();
          }
          return null;
        };
    try (Miner miner =
        miner(gossip, Duration.ZERO, endlessOnGenesis, new TipWatch(service, System::nanoTime))) {
      miner.start();
      searching.await();
      Block foreign = foreignBlock(NOW);
      gossip.publish(foreign.toMessage());

      assertThat(accepted.take().id()).isEqualTo(foreign.id());
      AcceptedBlock own = accepted.take();
      assertThat(own.miner()).isEqualTo(SELF);
      assertThat(own.height()).isEqualTo(2);
    }
  }

  @Test
  void blockThatIsNotAccepted_isFollowedByARestAndAnotherTry() throws Exception {
    RecordingTipWatch tips = new RecordingTipWatch(service, this::nanos, 1);
    CountDownLatch refusals = new CountDownLatch(1);
    GossipPublisher refusingOnce =
        message -> {
          if (refusals.getCount() > 0) {
            refusals.countDown();
            return CompletableFuture.completedStage(new Verdict.Ignore("overloaded"));
          }
          return gossip.publish(message);
        };
    try (Miner miner = miner(refusingOnce, Duration.ofHours(1), realSearch(), tips)) {
      miner.start();
      assertThat(tips.waits.take()).isEqualTo(Miner.REST);
      assertThat(accepted.take().height()).isEqualTo(1);
    }
  }

  @Test
  void closed_endsItsThreadWhereverItIs() throws Exception {
    CountDownLatch searching = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    NonceSearch endless =
        (template, stale) -> {
          searching.countDown();
          while (!stale.getAsBoolean()) {
            Thread.onSpinWait();
          }
          ended.countDown();
          return null;
        };
    Miner miner = miner(gossip, Duration.ZERO, endless, new TipWatch(service, System::nanoTime));
    miner.start();
    searching.await();
    miner.close();
    assertThat(ended.await(0, TimeUnit.SECONDS)).isTrue();

    RecordingTipWatch tips = new RecordingTipWatch(service, this::nanos, 0);
    clock.set(0); // so that the genesis is of this moment
    Miner waiting = miner(gossip, Duration.ofHours(1), realSearch(), tips);
    waiting.start();
    tips.waits.take();
    waiting.close();
    assertThat(tips.ended.await(0, TimeUnit.SECONDS)).isTrue();
    waiting.close();
  }

  /** A node that goes on without its miner looks well, and mines nothing. */
  @Test
  void errorWhileMining_isTold_onceTheThreadEnds() throws Exception {
    Error error = new StackOverflowError("in a search");
    NonceSearch failing =
        (_, _) -> {
          throw error;
        };
    TipWatch tips = new TipWatch(service, System::nanoTime);
    try (Miner miner = miner(gossip, Duration.ZERO, failing, tips)) {
      miner.start();
      assertThat(errors.take()).isSameAs(error);
    }
    assertThat(errors).isEmpty();
  }

  @Test
  void closedBeforeStart_isFine() {
    miner(gossip, Duration.ZERO).close();
    assertThat(service.view().height()).isZero();
  }

  private long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(clock.millis());
  }

  private MessageId mineOne(Miner miner) throws Exception {
    return miner.mineOne().toCompletableFuture().get();
  }

  private Miner miner(GossipPublisher publisher, Duration interval) {
    return new Miner(service, publisher, TestBlocks.author(1), clock, interval, errors::add);
  }

  private Miner miner(
      GossipPublisher publisher, Duration interval, NonceSearch search, TipWatch tips) {
    return new Miner(
        service, publisher, TestBlocks.author(1), clock, interval, errors::add, search, tips);
  }

  private static NonceSearch realSearch() {
    return NonceSearch.under(TestBlocks.RULES);
  }

  /** Another miner's block on the tip. */
  private Block foreignBlock(long timeMillis) throws Exception {
    MutableClock theirClock = new MutableClock(timeMillis);
    CompletableFuture<Block> mined = new CompletableFuture<>();
    GossipPublisher keeping =
        message -> {
          try {
            mined.complete(Block.decode(message.payload()));
          } catch (Exception e) {
            mined.completeExceptionally(e);
          }
          return CompletableFuture.completedStage(new Verdict.Accept());
        };
    mineOne(
        new Miner(service, keeping, TestBlocks.author(2), theirClock, Duration.ZERO, errors::add));
    return mined.get();
  }

  /** Says for how long the miner wanted to wait, and need not really wait. */
  private static final class RecordingTipWatch extends TipWatch {
    final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
    final CountDownLatch ended = new CountDownLatch(1);
    private int skips;

    /** Does not really wait the first {@code skips} times. */
    RecordingTipWatch(ChainReader chain, LongSupplier nanoTime, int skips) {
      super(chain, nanoTime);
      this.skips = skips;
    }

    @Override
    void awaitMoveFrom(MessageId tip, Duration limit) throws InterruptedException {
      waits.add(limit);
      try {
        if (skips-- <= 0) {
          super.awaitMoveFrom(tip, limit);
        }
      } finally {
        ended.countDown();
      }
    }
  }
}
