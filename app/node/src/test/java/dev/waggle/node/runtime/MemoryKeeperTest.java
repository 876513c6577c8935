package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.node.peers.RecordedWarnings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryKeeperTest {
  /** The test's own limit comes first. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private final SlowStore store = new SlowStore();
  private final BlockingQueue<Error> errors = new LinkedBlockingQueue<>();
  private final RecordedWarnings log = new RecordedWarnings(MemoryKeeper.class);
  private final MemoryKeeper keeper = new MemoryKeeper(store, errors::add);

  @AfterEach
  void end() throws InterruptedException {
    keeper.close();
    store.mayEnd.release(1_000);
    keeper.awaitEnd(LONG);
    log.close();
  }

  @Test
  void whatIsGiven_isSaved_oneAfterTheOther() throws Exception {
    store.mayEnd.release(2);
    keeper.keep(memory(1));
    assertThat(store.begun.take()).isEqualTo(memory(1));
    assertThat(store.ended.take()).isEqualTo(memory(1));
    keeper.keep(memory(2));
    assertThat(store.ended.take()).isEqualTo(memory(2));
    assertThat(errors).isEmpty();
  }

  @Test
  void whileTheStoreBlocks_nobodyWaits_andOnlyTheNewestIsSavedThen() throws Exception {
    keeper.keep(memory(1));
    assertThat(store.begun.take()).isEqualTo(memory(1));
    for (int i = 2; i <= 1_000; i++) {
      keeper.keep(memory(i));
    }
    store.mayEnd.release();
    assertThat(store.begun.take()).isEqualTo(memory(1_000));
    assertThat(store.ended).containsExactly(memory(1));
  }

  @Test
  void whoeverCloses_getsTheLastSaved_alsoWhileAnotherIsBeingWritten() throws Exception {
    keeper.keep(memory(1));
    assertThat(store.begun.take()).isEqualTo(memory(1));
    keeper.keep(memory(2));
    keeper.close();
    store.mayEnd.release(2);
    keeper.awaitEnd(LONG);
    assertThat(store.ended).containsExactly(memory(1), memory(2));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void whatIsGivenAfterClosing_isNotSaved() throws Exception {
    keeper.close();
    keeper.close();
    keeper.awaitEnd(LONG);
    keeper.keep(memory(1));
    assertThat(store.begun).isEmpty();
  }

  @Test
  void aStoreThatHangs_holdsUpTheEndForSoLongOnly_whichIsSaid() throws Exception {
    keeper.keep(memory(1));
    store.begun.take();
    keeper.close();
    keeper.awaitEnd(Duration.ofMillis(1));
    assertThat(log.lines())
        .containsExactly("WARN what this node knows of others could not be kept within PT0.001S");
    assertThat(store.ended).isEmpty();
  }

  @Test
  void aStoreThatFails_isSaidOnce_andOnceMoreWhenItRecovers() throws Exception {
    store.failure = new IOException("/data/peers.txt cannot be written: the disk is full");
    store.mayEnd.release(1_000);
    for (int i = 1; i <= 3; i++) {
      saved(i);
    }
    store.failure = null;
    saved(4);
    saved(5);
    store.failure = new IllegalStateException("a bug");
    saved(6);
    keeper.close();
    keeper.awaitEnd(LONG);
    assertThat(log.lines())
        .containsExactly(
            "WARN what this node knows of others cannot be kept, trying again every time:"
                + " /data/peers.txt cannot be written: the disk is full",
            "INFO what this node knows of others can be kept again",
            "WARN what this node knows of others cannot be kept, trying again every time:"
                + " java.lang.IllegalStateException: a bug");
    assertThat(errors).isEmpty();
  }

  private void saved(int number) throws InterruptedException {
    keeper.keep(memory(number));
    assertThat(store.ended.take()).isEqualTo(memory(number));
  }

  @Test
  void whatCouldNotBeSaved_isTriedOnceMoreAtTheEnd() throws Exception {
    store.failure = new IOException("full");
    store.mayEnd.release(2);
    saved(1);
    keeper.close();
    keeper.awaitEnd(LONG);
    assertThat(store.ended).containsExactly(memory(1));
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  void whatWasSaved_isNotSavedAgainAtTheEnd() throws Exception {
    store.mayEnd.release(2);
    saved(1);
    keeper.close();
    keeper.awaitEnd(LONG);
    assertThat(store.ended).isEmpty();
  }

  @Test
  void anError_isForTheNode() throws Exception {
    store.mayEnd.release(1);
    store.error = new StackOverflowError("as this test wants it");
    keeper.keep(memory(1));
    assertThat(errors.take()).isSameAs(store.error);
    keeper.awaitEnd(LONG);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aStoreThatLeavesAnInterrupt_doesNotKeepTheThreadFromWaiting() throws Exception {
    store.mayEnd.release(2);
    store.interrupts = true;
    saved(1);
    saved(2);
    assertThat(store.isInterrupted).isFalse();
  }

  private static PeerMemory memory(int number) {
    return new PeerMemory(Bytes.ofHex("%032x".formatted(number)), List.of(), List.of());
  }

  /** Ends a save when it may, well or badly. */
  private static final class SlowStore implements PeerStore {
    final BlockingQueue<PeerMemory> begun = new LinkedBlockingQueue<>();
    final BlockingQueue<PeerMemory> ended = new LinkedBlockingQueue<>();
    final Semaphore mayEnd = new Semaphore(0);
    volatile Exception failure;
    volatile Error error;
    volatile boolean interrupts;
    volatile boolean isInterrupted;

    @Override
    public PeerMemory load() {
      return PeerMemory.NOTHING;
    }

    @Override
    public void save(PeerMemory memory) throws IOException {
      isInterrupted = Thread.currentThread().isInterrupted();
      begun.add(memory);
      mayEnd.acquireUninterruptibly();
      Exception thisFailure = failure; // Who hears of the end may change both.
      Error thisError = error;
      if (interrupts) {
        Thread.currentThread().interrupt();
      }
      ended.add(memory);
      if (thisError != null) {
        throw thisError;
      }
      switch (thisFailure) {
        case null -> {}
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw new AssertionError(thisFailure);
      }
    }
  }
}
