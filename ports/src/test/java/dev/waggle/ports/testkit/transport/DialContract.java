package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dial ends in a connection, or in the reason why there is none. */
interface DialContract extends TransportFixture {
  @Test
  default void dialOfPortWithoutListener_isRefused() throws Exception {
    RecordingListener listener = harness().listener();

    harness().dial(harness().raw().refusing(), listener);

    assertThat(listener.closed().cause()).isEqualTo(Cause.REFUSED);
    assertThat(listener.wasOpened()).isFalse();
  }

  @Test
  default void dialThatNobodyAnswers_timesOut() throws Exception {
    try (RawPeers.BlackHole nobody = blackHole()) {
      RecordingListener listener = harness().listener();

      harness().dialling().dial(nobody.endpoint(), Duration.ofMillis(100), listener);

      assertThat(listener.closed().cause()).isEqualTo(Cause.TIMED_OUT);
      assertThat(listener.wasOpened()).isFalse();
    }
  }

  @Test
  default void cancelledDial_isClosedOnce() throws Exception {
    try (RawPeers.BlackHole nobody = blackHole()) {
      RecordingListener listener = harness().listener();

      Transport.Dial dial = harness().dial(nobody.endpoint(), listener);
      dial.cancel();
      dial.cancel();

      assertThat(listener.closed().cause()).isEqualTo(Cause.CANCELLED);
      assertThat(listener.wasOpened()).isFalse();
    }
  }

  @Test
  default void cancelOfOpenConnection_changesNothing() throws Exception {
    RecordingListener acceptor = harness().listener();
    RecordingListener dialler = harness().listener();

    Transport.Dial dial = harness().dial(harness().listen(acceptor), dialler);
    dialler.connection();
    dial.cancel();
    dialler.settle();
    dialler.connection().write(ByteBuffer.wrap(new byte[] {1}));

    assertThat(acceptor.received(1)).containsExactly(1);
    assertThat(dialler.wasClosed()).isFalse();
  }

  @Test
  default void cancelThatRacesWithSuccess_leavesOpenOrCancelled() throws Exception {
    Endpoint bound = harness().listening().listen(Harness.LOOPBACK, remote -> harness().listener());

    for (int i = 0; i < 200; i++) {
      RecordingListener dialler = harness().listener();
      dialler.whenOpened(connection -> connection.close(CloseReason.local("won the race")));
      Transport.Dial dial = harness().dial(bound, dialler);
      for (int spins = 0; spins < 100 * i; spins++) {
        Thread.onSpinWait();
      }
      dial.cancel();

      Cause cause = dialler.closed().cause();
      assertThat(cause).isEqualTo(dialler.wasOpened() ? Cause.LOCAL : Cause.CANCELLED);
    }
  }

  /** Not even if it leads here, as each machine's own does: to look it up would block. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "does-not-exist.invalid", "fe80::1%no_such_zone"})
  default void hostThatIsNoLiteral_isUnreachable(String host) throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    RecordingListener listener = harness().listener();

    harness().dial(new Endpoint(host, bound.port()), listener);

    assertThat(listener.closed().cause()).isEqualTo(Cause.UNREACHABLE);
    assertThat(listener.wasOpened()).isFalse();
    assertThat(listener.callbackThread()).isNotEqualTo(Thread.currentThread());
  }

  @Test
  default void dialOverIpv6_connects() throws Exception {
    assumeTrue(SocketPeers.isHere("::1"), "this machine has no IPv6 loopback");
    RecordingListener acceptor = harness().listener();
    RecordingListener dialler = harness().listener();
    Endpoint bound = harness().listening().listen(new Endpoint("::1", 0), remote -> acceptor);

    harness().dial(bound, dialler);
    dialler.connection().write(ByteBuffer.wrap(new byte[] {6}));

    assertThat(acceptor.received(1)).containsExactly(6);
    assertThat(dialler.connection().remote()).isEqualTo(bound);
  }

  @Test
  default void dialInsideCallback_connects() throws Exception {
    Endpoint bound = harness().listening().listen(Harness.LOOPBACK, remote -> harness().listener());
    RecordingListener second = harness().listener();
    RecordingListener first =
        harness().listener().whenOpened(connection -> harness().dial(bound, second));

    harness().dial(bound, first);

    assertThat(second.connection()).isNotNull();
  }

  @Test
  default void listenerThatThrowsWhenItsDialFails_hurtsNobody() throws Exception {
    RecordingListener throwing =
        harness()
            .listener()
            .whenClosed(
                why -> {
                  throw new IllegalStateException("thrown by a test");
                });
    harness().dial(harness().raw().refusing(), throwing);
    throwing.closed();

    assertThat(harness().connect().dialler().wasClosed()).isFalse();
  }

  @Test
  default void dialWithoutTime_isAMistake() {
    RecordingListener listener = harness().listener();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                harness()
                    .dialling()
                    .dial(new Endpoint("127.0.0.1", 9000), Duration.ZERO, listener));
    assertThat(listener.wasClosed()).isFalse();
  }

  private RawPeers.BlackHole blackHole() throws Exception {
    RawPeers.BlackHole nobody = harness().raw().blackHole();
    assumeTrue(nobody != null, "this machine accepts connections beyond a socket's backlog");
    return nobody;
  }
}
