package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An error is the end of a transport, and its owner hears of it, wherever it was thrown. */
interface FailureContract extends TransportFixture {
  @Test
  default void errorOfOnOpened_isTold() throws Exception {
    Owner owner = Owner.of(harness().dialling());
    Error error = error();
    RecordingListener throwing = harness().listener().whenOpened(connection -> toss(error));

    harness().dial(harness().listen(harness().listener()), throwing);

    assertThat(owner.told()).isSameAs(error);
    assertThat(throwing.closed().cause()).isEqualTo(Cause.FAILED);
  }

  @Test
  default void errorOfOnBytes_isTold() throws Exception {
    Owner owner = Owner.of(harness().listening());
    Error error = error();
    RecordingListener throwing = harness().listener().whenBytes(bytes -> toss(error));
    Harness.Pair pair = harness().connect(harness().listener(), throwing);

    pair.dialler().connection().write(ByteBuffer.allocate(1));

    assertThat(owner.told()).isSameAs(error);
    assertThat(throwing.closed().cause()).isEqualTo(Cause.FAILED);
  }

  @Test
  default void errorOfOnWritable_isTold() throws Exception {
    Owner owner = Owner.of(harness().dialling());
    Error error = error();
    RecordingListener throwing = harness().listener().whenWritable(() -> toss(error));
    harness().connect(throwing, harness().listener());

    boolean more = true;
    for (int i = 0; more && i < 10_000; i++) {
      more = throwing.connection().write(Pattern.at(0, Pattern.MAX_SLICE));
    }

    assertThat(owner.told()).isSameAs(error);
    assertThat(throwing.closed().cause()).isEqualTo(Cause.FAILED);
  }

  @Test
  default void errorOfOnClosed_isTold() throws Exception {
    Owner owner = Owner.of(harness().dialling());
    Error error = error();
    RecordingListener throwing = harness().listener().whenClosed(why -> toss(error));
    harness().connect(throwing, harness().listener());

    throwing.connection().close(CloseReason.local("done"));

    assertThat(owner.told()).isSameAs(error);
    assertThat(throwing.closed().cause()).isEqualTo(Cause.LOCAL);
  }

  @Test
  default void errorOfOnClosedOfDial_isTold() throws Exception {
    Owner owner = Owner.of(harness().dialling());
    Error error = error();

    harness().dial(harness().raw().refusing(), harness().listener().whenClosed(why -> toss(error)));

    assertThat(owner.told()).isSameAs(error);
  }

  @Test
  default void errorOfOnClosedOfDialByClosedTransport_isTold() throws Exception {
    Transport closed = harness().another();
    Owner owner = Owner.of(closed);
    Error error = error();
    closed.close();

    closed.dial(
        harness().raw().refusing(),
        Harness.SAFETY,
        harness().listener().whenClosed(why -> toss(error)));

    assertThat(owner.told()).isSameAs(error);
  }

  @Test
  default void errorOfTask_isTold() throws Exception {
    Owner owner = Owner.of(harness().dialling());
    Error error = error();
    RecordingListener throwing = harness().connect().dialler();

    throwing.connection().execute(() -> toss(error));

    assertThat(owner.told()).isSameAs(error);
    assertThat(throwing.closed().cause()).isEqualTo(Cause.FAILED);
  }

  @Test
  default void errorOfAcceptor_isTold() throws Exception {
    Owner owner = Owner.of(harness().listening());
    Error error = error();
    Endpoint bound =
        harness()
            .listening()
            .listen(
                Harness.LOOPBACK,
                remote -> {
                  toss(error);
                  return null;
                });
    RecordingListener dialler = harness().listener();

    harness().dial(bound, dialler);

    assertThat(owner.told()).isSameAs(error);
    assertThat(dialler.closed().cause()).isIn(Cause.REMOTE, Cause.RESET);
  }

  @Test
  default void ownerIsTold_onceAndOfNoException() throws Exception {
    Owner owner = Owner.of(harness().dialling());
    Error error = error();
    RecordingListener first = harness().connect().dialler();
    RecordingListener second = harness().connect().dialler();
    RecordingListener third = harness().connect().dialler();

    first
        .connection()
        .execute(
            () -> {
              throw new IllegalStateException("thrown by a test");
            });
    first.closed();
    second.connection().execute(() -> toss(error));
    second.closed();
    third.connection().execute(() -> toss(error()));
    third.closed();
    harness().dialling().close();

    assertThat(owner.told()).isSameAs(error);
    assertThat(owner.toldBesides()).isEmpty();
  }

  @Test
  default void lateOwner_isToldAtOnce() throws Exception {
    Error error = error();
    RecordingListener throwing = harness().connect().dialler();
    throwing.connection().execute(() -> toss(error));
    throwing.closed();

    Owner owner = Owner.of(harness().dialling());

    assertThat(owner.told()).isSameAs(error);
  }

  @Test
  default void ownerThatThrows_doesNotKeepTheTransportFromClosing() throws Exception {
    AtomicReference<Throwable> told = new AtomicReference<>();
    var _ =
        harness()
            .dialling()
            .failure()
            .thenAccept(
                failure -> {
                  told.set(failure);
                  throw new IllegalStateException("thrown by a test");
                });
    Error error = error();
    Harness.Pair bystander = harness().connect();
    RecordingListener throwing = harness().connect().dialler();

    throwing.connection().execute(() -> toss(error));
    assertThat(throwing.closed().cause()).isEqualTo(Cause.FAILED);
    harness().dialling().close();

    assertThat(told).hasValue(error);
    assertThat(bystander.dialler().closed().cause()).isEqualTo(Cause.SHUTDOWN);
    assertThat(bystander.acceptor().closed().cause()).isEqualTo(Cause.REMOTE);
  }

  private static Error error() {
    return new StackOverflowError("thrown by a test");
  }

  private static void toss(Error error) {
    throw error;
  }
}
