package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who listens, and who is let in. */
interface ListenContract extends TransportFixture {
  @Test
  default void portInUse_failsToListen() throws Exception {
    Endpoint taken = harness().listen(harness().listener());

    ListenFailed failure =
        catchThrowableOfType(
            ListenFailed.class, () -> harness().another().listen(taken, remote -> null));

    assertThat(failure.endpoint()).isEqualTo(taken);
    assertThat(failure).hasMessageStartingWith("cannot listen on " + taken + ": ");
  }

  @Test
  default void nameThatDoesNotResolve_failsToListen() {
    Endpoint nowhere = new Endpoint("does-not-exist.invalid", 0);

    ListenFailed failure =
        catchThrowableOfType(
            ListenFailed.class, () -> harness().listening().listen(nowhere, remote -> null));

    assertThat(failure.endpoint()).isEqualTo(nowhere);
  }

  @Test
  default void transportThatListensTwice_acceptsAtBoth() throws Exception {
    RecordingListener one = harness().listener();
    RecordingListener two = harness().listener();
    Endpoint first = harness().listen(one);
    Endpoint second = harness().listen(two);

    harness().dial(first, harness().listener());
    harness().dial(second, harness().listener());

    assertThat(first).isNotEqualTo(second);
    assertThat(one.connection()).isNotNull();
    assertThat(two.connection()).isNotNull();
  }

  @Test
  default void connectionThatIsNotAccepted_isClosed() throws Exception {
    Endpoint bound = harness().listening().listen(Harness.LOOPBACK, remote -> null);
    RecordingListener dialler = harness().listener();

    harness().dial(bound, dialler);

    assertThat(dialler.closed().cause()).isIn(Cause.REMOTE, Cause.RESET);
  }

  @Test
  default void acceptorThatThrows_closesThatConnectionOnly() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RecordingListener accepted = harness().listener();
    Endpoint bound =
        harness()
            .listening()
            .listen(
                Harness.LOOPBACK,
                remote -> {
                  if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("thrown by a test");
                  }
                  return accepted;
                });
    RecordingListener first = harness().listener();
    RecordingListener second = harness().listener();

    harness().dial(bound, first);
    assertThat(first.closed().cause()).isIn(Cause.REMOTE, Cause.RESET);
    harness().dial(bound, second);

    assertThat(accepted.connection()).isNotNull();
    second.settle();
    assertThat(second.wasClosed()).isFalse();
  }
}
