package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a whole transport. */
interface ShutdownContract extends TransportFixture {
  @Test
  default void closedTransport_closesItsConnections() throws Exception {
    Harness.Pair pair = harness().connect();

    harness().dialling().close();

    assertThat(pair.dialler().wasClosed()).isTrue();
    assertThat(pair.dialler().closed().cause()).isEqualTo(Cause.SHUTDOWN);
    assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
  }

  @Test
  default void closedTransport_sendsWhatWasWritten() throws Exception {
    Harness.Pair pair = harness().connect();
    byte[] bytes = Pattern.bytes(0, 1024 * 1024);

    pair.dialler().connection().write(ByteBuffer.wrap(bytes));
    harness().dialling().close();

    assertThat(pair.acceptor().received(bytes.length)).isEqualTo(bytes);
    assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
  }

  @Test
  default void closedTransport_givesDialsUp() throws Exception {
    try (RawPeers.BlackHole nobody = harness().raw().blackHole()) {
      assumeTrue(nobody != null, "this machine accepts connections beyond a socket's backlog");
      RecordingListener listener = harness().listener();
      harness().dial(nobody.endpoint(), listener);

      harness().dialling().close();

      assertThat(listener.wasClosed()).isTrue();
      assertThat(listener.closed().cause()).isEqualTo(Cause.SHUTDOWN);
    }
  }

  @Test
  default void closedTransport_refusesAndFreesItsPort() throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    harness().listening().close();
    RecordingListener refused = harness().listener();
    harness().dial(bound, refused);
    assertThat(refused.closed().cause()).isEqualTo(Cause.REFUSED);

    RecordingListener acceptor = harness().listener();
    Endpoint again = harness().another().listen(bound, remote -> acceptor);
    harness().dial(again, harness().listener());

    assertThat(again).isEqualTo(bound);
    assertThat(acceptor.connection()).isNotNull();
  }

  @Test
  default void portOfClosedTransportWithConnections_canBeUsedAgain() throws Exception {
    Harness.Pair pair = harness().connect();
    Endpoint bound = pair.dialler().connection().remote();

    harness().listening().close();

    assertThat(harness().another().listen(bound, remote -> null)).isEqualTo(bound);
  }

  @Test
  default void secondCloseOfTransport_changesNothing() throws Exception {
    Harness.Pair pair = harness().connect();

    harness().dialling().close();
    harness().dialling().close();

    assertThat(pair.dialler().closed().cause()).isEqualTo(Cause.SHUTDOWN);
  }

  @Test
  default void dialByClosedTransport_fails() throws Exception {
    Transport closed = harness().another();
    closed.close();
    RecordingListener listener = harness().listener();

    closed.dial(harness().listen(harness().listener()), Harness.SAFETY, listener).cancel();

    assertThat(listener.closed().cause()).isEqualTo(Cause.SHUTDOWN);
  }

  /** Whoever blocks a thread of the transport, and whoever waits for that thread meanwhile. */
  @Test
  @Tag("long") // it waits as long as the contract allows
  default void callbackThatBlocks_doesNotHoldUpClose() throws Exception {
    CountDownLatch blocking = new CountDownLatch(1);
    // Not the harness's: whoever blocks for longer than close may take hears of no end.
    Harness.Pair pair = harness().connect(new RecordingListener(), harness().listener());
    pair.dialler().connection().execute(() -> await(blocking));
    for (int i = 0; i < 4; i++) {
      Thread.ofVirtual().start(this::listenWhileItCan);
    }

    Thread closing = Thread.ofPlatform().daemon().start(harness().dialling()::close);

    try {
      assertThat(closing.join(Harness.SAFETY)).as("the transport is closed").isTrue();
      Thread again = Thread.ofPlatform().daemon().start(this::closeManyTimes);
      assertThat(again.join(Harness.SAFETY)).as("nobody waits a second time").isTrue();
    } finally {
      blocking.countDown();
    }
  }

  /** So often that waiting 5 s each time takes longer than any test waits. */
  private void closeManyTimes() {
    for (int i = 0; i < 10; i++) {
      harness().dialling().close();
    }
  }

  private void listenWhileItCan() {
    try {
      harness().dialling().listen(Harness.LOOPBACK, remote -> null);
    } catch (ListenFailed | IllegalStateException closed) {
      // as it should
    }
  }

  private static void await(CountDownLatch blocking) {
    try {
      blocking.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  default void closeByInterruptedThread_closesAllTheSame() throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    Transport transport = harness().another();
    RecordingListener dialler = harness().listener();
    transport.dial(bound, Harness.SAFETY, dialler);
    dialler.connection();

    Thread.currentThread().interrupt();
    transport.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(dialler.closed().cause()).isEqualTo(Cause.SHUTDOWN);
    List<Thread> threads = harness().transportThreads();
    harness().listening().close();
    harness().dialling().close();
    for (Thread thread : threads) {
      assertThat(thread.join(Harness.SAFETY)).as("%s has ended", thread).isTrue();
    }
  }

  @Test
  default void peerThatReadsNothing_doesNotHoldUpClose() throws Exception {
    RecordingListener paused =
        harness().listener().whenOpened(connection -> connection.reading(false));
    Harness.Pair pair = harness().connect(harness().listener(), paused);
    boolean more = true;
    while (more) {
      more = pair.dialler().connection().write(ByteBuffer.allocate(Pattern.MAX_SLICE));
    }

    harness().dialling().close();

    assertThat(pair.dialler().wasClosed()).isTrue();
    assertThat(pair.dialler().closed().cause()).isEqualTo(Cause.SHUTDOWN);
  }

  @Test
  default void connectionThatIsBeingAcceptedMeanwhile_isToldOfItsEndToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    RecordingListener acceptor = harness().listener();
    Endpoint bound =
        harness()
            .listening()
            .listen(
                Harness.LOOPBACK,
                remote -> {
                  asked.countDown();
                  await(answer);
                  return acceptor;
                });
    harness().dial(bound, harness().listener());
    await(asked);

    Thread closing = Thread.ofPlatform().daemon().start(harness().listening()::close);
    while (closing.isAlive() && !isWaiting(closing)) {
      Thread.onSpinWait();
    }
    answer.countDown();

    assertThat(closing.join(Harness.SAFETY)).as("the transport is closed").isTrue();
    assertThat(acceptor.wasClosed() || !acceptor.wasOpened()).as("told of its end").isTrue();
  }

  private static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
    };
  }

  @Test
  default void closeDuringDialsAndAccepts_leavesNothingOpen() throws Exception {
    for (int i = 0; i < 20; i++) {
      Transport transport = harness().another();
      Endpoint bound = transport.listen(Harness.LOOPBACK, remote -> harness().listener());
      RecordingListener[] diallers = new RecordingListener[10];
      for (int j = 0; j < diallers.length; j++) {
        diallers[j] = harness().listener();
        transport.dial(bound, Harness.SAFETY, diallers[j]);
      }

      transport.close();

      for (RecordingListener dialler : diallers) {
        assertThat(dialler.wasClosed()).isTrue();
        assertThat(dialler.closed().cause())
            .as("%s", dialler.closed())
            .isIn(Cause.SHUTDOWN, Cause.REMOTE, Cause.RESET, Cause.REFUSED);
      }
    }
  }
}
