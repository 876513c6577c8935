package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A transport dials from the port that it listens at, and listens on. */
interface OwnPortContract extends TransportFixture {
  /** How often two transports dial each other at the same moment. */
  int ROUNDS = 100;

  /** How often an address that does not answer is dialled again. */
  int TRIES = 10;

  @Test
  default void dialFromTheListeningPort_isSeenToComeFromThere() throws Exception {
    Acceptors acceptors = new Acceptors(harness());
    Endpoint own = listen(harness().dialling());
    Endpoint remote = harness().listening().listen(Harness.LOOPBACK, acceptors);

    RecordingListener dialler = dialFrom(own, remote);

    assertThat(dialler.connection().local()).isEqualTo(own);
    assertThat(dialler.connection().remote()).isEqualTo(remote);
    RecordingListener accepted = acceptors.next();
    assertThat(accepted.connection().remote()).isEqualTo(own);
    talk(dialler, accepted);
  }

  @Test
  default void onePort_dialsManyAndIsDialled() throws Exception {
    Acceptors inbound = new Acceptors(harness());
    Endpoint own = harness().dialling().listen(Harness.LOOPBACK, inbound);
    Acceptors acceptors = new Acceptors(harness());
    List<Endpoint> remotes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      remotes.add(harness().listening().listen(Harness.LOOPBACK, acceptors));
    }

    List<RecordingListener> diallers =
        remotes.stream().map(remote -> dialFrom(own, remote)).toList();
    diallers.forEach(
        dialler -> assertThat(dialler.connection().local()).as("dialled from").isEqualTo(own));
    RecordingListener meanwhile = harness().listener();
    harness().another().dial(own, Harness.SAFETY, meanwhile);
    talk(meanwhile, inbound.next());

    diallers.forEach(dialler -> dialler.connection().close(CloseReason.local("enough")));
    diallers.forEach(RecordingListener::closed);
    RecordingListener afterwards = harness().listener();
    harness().another().dial(own, Harness.SAFETY, afterwards);
    talk(afterwards, inbound.next());
  }

  @Test
  default void portWhereTheTransportDoesNotListen_isAMistake() throws Exception {
    listen(harness().dialling());
    Endpoint anothers = listen(harness().listening());
    RecordingListener listener = harness().listener();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                harness().dialling().dialFrom(anothers.port(), anothers, Harness.SAFETY, listener));
    assertThat(listener.wasClosed()).isFalse();
  }

  @Test
  default void ownPort_canDialAnAddressOnceAtATime() throws Exception {
    Acceptors acceptors = new Acceptors(harness());
    Endpoint own = listen(harness().dialling());
    Endpoint remote = harness().listening().listen(Harness.LOOPBACK, acceptors);
    RecordingListener first = dialFrom(own, remote);
    RecordingListener accepted = acceptors.next();
    first.connection();

    RecordingListener second = dialFrom(own, remote);

    assertThat(second.closed().cause()).isEqualTo(Cause.FAILED);
    assertThat(second.closed().detail()).startsWith("the port to dial from is in use");
    assertThat(second.wasOpened()).isFalse();
    talk(first, accepted);
  }

  /**
   * Whether a system that has just ended a connection makes another of these numbers is its own.
   */
  @Test
  default void ownPort_dialsAgainOrFailsAtOnce() throws Exception {
    Acceptors acceptors = new Acceptors(harness());
    Endpoint own = listen(harness().dialling());
    Endpoint remote = harness().listening().listen(Harness.LOOPBACK, acceptors);
    RecordingListener first = dialFrom(own, remote);
    first.connection().close(CloseReason.local("enough"));
    first.closed();
    acceptors.next().closed();

    RecordingListener second = dialFrom(own, remote);
    second.awaitOutcome();

    if (second.wasOpened()) {
      talk(second, acceptors.next());
    } else {
      assertThat(second.closed().cause()).isEqualTo(Cause.FAILED);
      assertThat(second.closed().detail()).startsWith("the port to dial from is in use");
    }
  }

  @Test
  default void ownPort_isRefusedAsAnyOther() throws Exception {
    Endpoint own = listen(harness().dialling());
    Endpoint nobody = harness().raw().refusing();

    for (int i = 0; i < 3; i++) {
      RecordingListener dialler = dialFrom(own, nobody);

      assertThat(dialler.closed().cause()).isEqualTo(Cause.REFUSED);
      assertThat(dialler.wasOpened()).isFalse();
    }
  }

  @Test
  default void dialFromTheListeningPort_canBeCancelled() throws Exception {
    try (RawPeers.BlackHole nobody = blackHole()) {
      Endpoint own = listen(harness().dialling());
      RecordingListener dialler = harness().listener();

      harness()
          .dialling()
          .dialFrom(own.port(), nobody.endpoint(), Harness.SAFETY, dialler)
          .cancel();

      assertThat(dialler.closed().cause()).isEqualTo(Cause.CANCELLED);
    }
  }

  /** Whoever hears of it can try again at once. */
  @Test
  default void dialThatHasFailed_hasLeftThePort() throws Exception {
    try (RawPeers.BlackHole nobody = blackHole()) {
      Endpoint own = listen(harness().dialling());
      List<RecordingListener> diallers = new ArrayList<>();
      Consumer<RecordingListener> dial =
          dialler ->
              harness()
                  .dialling()
                  .dialFrom(own.port(), nobody.endpoint(), Duration.ofMillis(20), dialler);
      for (int i = 0; i < TRIES; i++) {
        RecordingListener dialler = harness().listener();
        if (i > 0) {
          diallers.getLast().whenClosed(why -> dial.accept(dialler));
        }
        diallers.add(dialler);
      }

      dial.accept(diallers.getFirst());

      for (RecordingListener dialler : diallers) {
        assertThat(dialler.closed()).isEqualTo(CloseReason.of(Cause.TIMED_OUT));
      }
    }
  }

  private RawPeers.BlackHole blackHole() throws Exception {
    RawPeers.BlackHole nobody = harness().raw().blackHole();
    assumeTrue(nobody != null, "this machine accepts connections beyond a socket's backlog");
    return nobody;
  }

  @Test
  default void nameInsteadOfALiteral_isNotDialledFromTheListeningPort() throws Exception {
    Endpoint own = listen(harness().dialling());

    RecordingListener dialler = dialFrom(own, new Endpoint("localhost", own.port()));

    assertThat(dialler.closed().cause()).isEqualTo(Cause.UNREACHABLE);
  }

  @Test
  default void closedTransport_doesNotDialFromTheListeningPort() throws Exception {
    Endpoint own = listen(harness().dialling());
    Endpoint remote = listen(harness().listening());
    harness().dialling().close();

    assertThat(dialFrom(own, remote).closed().cause()).isEqualTo(Cause.SHUTDOWN);
  }

  /** One TCP connection comes of it, which both have dialled, or one has and the other accepts. */
  @Test
  default void twoThatDialEachOther_haveOneConnection(TestReporter reporter) throws Exception {
    int dialledByBoth = 0;
    for (int i = 0; i < ROUNDS; i++) {
      dialledByBoth += dialEachOther() ? 1 : 0;
    }
    reporter.publishEntry("simultaneous opens", dialledByBoth + " of " + ROUNDS);
  }

  /** Whether both have dialled the connection. */
  private boolean dialEachOther() throws Exception {
    Side one = new Side(harness(), harness().dialling());
    Side other = new Side(harness(), harness().listening());
    CyclicBarrier together = new CyclicBarrier(2);
    Thread dials = Thread.startVirtualThread(() -> one.dial(other, together));
    other.dial(one, together);
    dials.join();

    RecordingListener here = one.connected();
    RecordingListener there = other.connected();
    boolean both = one.dialler.wasOpened() && other.dialler.wasOpened();
    assertThat(one.dialler.wasOpened() || other.dialler.wasOpened()).isTrue();
    assertThat(here.connection().local()).isEqualTo(one.own);
    assertThat(here.connection().remote()).isEqualTo(other.own);
    assertThat(there.connection().remote()).isEqualTo(one.own);
    talk(here, there);
    here.connection().close(CloseReason.local("enough"));
    here.closed();
    there.closed();
    assertThat(one.acceptors.left() + other.acceptors.left()).as("further connections").isZero();
    return both;
  }

  /** One of two that dial each other. */
  final class Side {
    private final Transport transport;
    private final Acceptors acceptors;
    private final RecordingListener dialler;
    private final Endpoint own;

    private Side(Harness harness, Transport transport) throws ListenFailed {
      this.transport = transport;
      acceptors = new Acceptors(harness);
      dialler = harness.listener();
      own = transport.listen(Harness.LOOPBACK, acceptors);
    }

    private void dial(Side other, CyclicBarrier together) {
      try {
        together.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new AssertionError(e);
      }
      transport.dialFrom(own.port(), other.own, Harness.SAFETY, dialler);
    }

    /** Whoever serves this side's end. */
    private RecordingListener connected() throws InterruptedException {
      dialler.awaitOutcome();
      if (dialler.wasOpened()) {
        return dialler;
      }
      assertThat(dialler.closed().cause()).isEqualTo(Cause.FAILED);
      RecordingListener accepted = acceptors.next();
      accepted.connection();
      return accepted;
    }
  }

  private Endpoint listen(Transport transport) throws ListenFailed {
    return transport.listen(Harness.LOOPBACK, new Acceptors(harness()));
  }

  private RecordingListener dialFrom(Endpoint own, Endpoint remote) {
    RecordingListener dialler = harness().listener();
    harness().dialling().dialFrom(own.port(), remote, Harness.SAFETY, dialler);
    return dialler;
  }

  /** Bytes come through both ways. */
  static void talk(RecordingListener one, RecordingListener other) {
    one.connection().write(ByteBuffer.wrap(new byte[] {1}));
    other.connection().write(ByteBuffer.wrap(new byte[] {2}));
    assertThat(other.received(1)).containsExactly(1);
    assertThat(one.received(1)).containsExactly(2);
  }
}
