package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.node.runtime.HandshakePool.Lane;
import dev.waggle.ports.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the work of handshakes, and of the secrets in it (PROTOCOL §4.4, §4.7). */
@Timeout(30)
class HandshakePoolTest {
  private static final Party STRANGER = Party.from(new Endpoint("31.1.1.1", 1));

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Error> errors = new LinkedBlockingQueue<>();
  private final HandshakePool pool = new HandshakePool(1, errors::add);
  private final FakeWork first = new FakeWork("first");

  /** Has the pool's only thread computing, until {@code first} may go on. */
  @BeforeEach
  void occupyThePool() throws InterruptedException {
    first.mayGoOn = new CountDownLatch(1);
    assertThat(pool.submit(Lane.THEIRS, STRANGER, first.pooled)).isTrue();
    expect("first is computed");
  }

  @AfterEach
  void close() {
    first.mayGoOn.countDown();
    pool.close();
  }

  private void expect(String... expected) throws InterruptedException {
    for (String event : expected) {
      assertThat(events.take()).isEqualTo(event);
    }
    assertThat(events).isEmpty();
  }

  /** Work that tells what becomes of it. */
  private final class FakeWork implements HandshakeWork {
    private final String name;
    private final PooledWork pooled;
    private CountDownLatch mayGoOn = new CountDownLatch(0);
    private Throwable thrown;
    private boolean connectionIsClosed;
    private boolean ioThreadIsGone;

    FakeWork(String name) {
      this.name = name;
      pooled =
          new PooledWork(
              this, this::onIoThread, _ -> tell("is resumed"), () -> tell("fails its connection"));
    }

    private void onIoThread(Runnable task) {
      if (ioThreadIsGone) {
        throw new IllegalStateException("a bug of the transport");
      }
      if (!connectionIsClosed) {
        task.run();
      }
    }

    private void tell(String event) {
      events.add(name + " " + event);
    }

    @Override
    public Outcome compute() {
      tell("is computed");
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        tell("is interrupted");
      }
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      return () -> tell("has its outcome wiped");
    }

    @Override
    public void abandon() {
      tell("is wiped");
    }
  }

  @Test
  void ourWork_goesBeforeThatOfStrangers_andEachInItsOrder() throws InterruptedException {
    for (String name : List.of("stranger 1", "stranger 2")) {
      assertThat(pool.submit(Lane.THEIRS, STRANGER, new FakeWork(name).pooled)).isTrue();
    }
    for (String name : List.of("ours 1", "ours 2")) {
      assertThat(pool.submit(Lane.OURS, new Party.Ourselves(), new FakeWork(name).pooled)).isTrue();
    }

    first.mayGoOn.countDown();
    List<String> computed = new ArrayList<>();
    while (computed.size() < 4) {
      String event = events.take();
      if (event.endsWith("is computed")) {
        computed.add(event.substring(0, event.indexOf(" is")));
      }
    }
    assertThat(computed).containsExactly("ours 1", "ours 2", "stranger 1", "stranger 2");
  }

  /** Each of 60 subnets may begin handshakes (PROTOCOL §4.7), but they are all of one group. */
  @Test
  void strangersOfOneGroup_delayThoseOfAnother_byTheirShareOnly() throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      Party crowd = Party.from(new Endpoint("31.1." + i + ".1", 1));
      assertThat(pool.submit(Lane.THEIRS, crowd, new FakeWork("crowd").pooled)).isTrue();
    }
    for (int i = 0; i < 3; i++) {
      Party other = Party.from(new Endpoint("32.1.1." + i, 1));
      assertThat(pool.submit(Lane.THEIRS, other, new FakeWork("other " + i).pooled)).isTrue();
    }

    first.mayGoOn.countDown();
    List<String> computed = new ArrayList<>();
    while (computed.size() < 8) {
      String event = events.take();
      if (event.endsWith("is computed")) {
        computed.add(event);
      }
    }
    assertThat(computed).filteredOn(event -> event.startsWith("other")).hasSize(3);
  }

  @Test
  void strangersWhoFillTheQueue_leaveOurRoomAlone() {
    for (int i = 0; i < HandshakePool.MAX_WAITING; i++) {
      assertThat(pool.submit(Lane.THEIRS, STRANGER, new FakeWork("stranger").pooled)).isTrue();
    }
    assertThat(pool.submit(Lane.THEIRS, STRANGER, new FakeWork("stranger").pooled)).isFalse();
    assertThat(pool.submit(Lane.OURS, new Party.Ourselves(), new FakeWork("ours").pooled)).isTrue();
  }

  @Test
  void workThatIsGivenUpBeforeItsTurn_isWipedAtOnce_andNeverComputed() throws InterruptedException {
    FakeWork second = new FakeWork("second");
    pool.submit(Lane.THEIRS, STRANGER, second.pooled);
    second.pooled.giveUp();
    second.pooled.giveUp();
    expect("second is wiped");

    FakeWork third = new FakeWork("third");
    pool.submit(Lane.THEIRS, STRANGER, third.pooled);
    first.mayGoOn.countDown();
    expect("first is resumed", "third is computed", "third is resumed");
  }

  @Test
  void workThatIsGivenUpWhileItRuns_hasItsOutcomeWiped() throws InterruptedException {
    first.pooled.giveUp();
    assertThat(events).as("nothing is wiped under a running computation").isEmpty();

    first.mayGoOn.countDown();
    expect("first has its outcome wiped");
  }

  @Test
  void outcomeThatTheConnectionDropped_isWipedWithIt() throws InterruptedException {
    first.connectionIsClosed = true;
    FakeWork second = new FakeWork("second");
    pool.submit(Lane.THEIRS, STRANGER, second.pooled);
    first.mayGoOn.countDown();
    expect("second is computed", "second is resumed");

    first.pooled.giveUp();
    second.pooled.giveUp();
    expect("first has its outcome wiped");
  }

  @Test
  void outcomeThatCannotBeSentHome_isWiped() throws InterruptedException {
    first.ioThreadIsGone = true;
    first.mayGoOn.countDown();

    expect("first has its outcome wiped", "first fails its connection");
  }

  @Test
  void closing_wipesWhatWaits() throws InterruptedException {
    pool.submit(Lane.THEIRS, STRANGER, new FakeWork("second").pooled);
    pool.close();

    assertThat(List.of(events.take(), events.take(), events.take()))
        .contains("second is wiped")
        .containsSubsequence("first is interrupted", "first is resumed");
    assertThat(pool.submit(Lane.OURS, new Party.Ourselves(), new FakeWork("late").pooled))
        .isFalse();
  }

  @Test
  void exceptionInWork_failsItsConnectionAtOnce_andNothingElse() throws InterruptedException {
    first.thrown = new IllegalStateException("a bug");
    pool.submit(Lane.THEIRS, STRANGER, new FakeWork("second").pooled);
    first.mayGoOn.countDown();

    expect("first fails its connection", "second is computed", "second is resumed");
    assertThat(errors).isEmpty();
  }

  @Test
  void errorInWork_reachesTheOwner() throws InterruptedException {
    first.thrown = new StackOverflowError();
    first.mayGoOn.countDown();

    expect("first fails its connection");
    assertThat(errors.take()).isSameAs(first.thrown);
  }
}
