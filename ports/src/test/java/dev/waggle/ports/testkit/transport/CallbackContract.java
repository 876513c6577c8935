package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** On which thread, in which order, and what becomes of a callback that throws. */
interface CallbackContract extends TransportFixture {
  @Test
  default void tasks_runInOrderOnTheThreadOfCallbacks() throws Exception {
    RecordingListener dialler = harness().connect().dialler();
    List<Integer> order = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();

    for (int i = 0; i < 1000; i++) {
      int number = i;
      dialler
          .connection()
          .execute(
              () ->
                  dialler.guarded(
                      "a task",
                      () -> {
                        order.add(number);
                        threads.add(Thread.currentThread());
                      }));
    }
    dialler.settle();

    assertThat(order).hasSize(1000).isSorted();
    assertThat(threads)
        .containsOnly(dialler.callbackThread())
        .doesNotContain(Thread.currentThread());
  }

  @Test
  default void taskHandedOverInsideCallback_runsAfterIt() throws Exception {
    AtomicBoolean returned = new AtomicBoolean();
    List<Boolean> sawItReturned = new ArrayList<>();
    Handover done = new Handover();
    RecordingListener dialler =
        harness()
            .listener()
            .whenOpened(
                connection -> {
                  connection.execute(
                      () -> {
                        sawItReturned.add(returned.get());
                        done.done();
                      });
                  returned.set(true);
                });

    harness().connect(dialler, harness().listener());
    done.await();

    assertThat(sawItReturned).containsExactly(true);
  }

  @Test
  default void taskHandedOverInsideTask_runsAfterIt() throws Exception {
    RecordingListener dialler = harness().connect().dialler();
    Connection connection = dialler.connection();
    List<String> order = new ArrayList<>();
    Handover done = new Handover();

    connection.execute(
        () -> {
          connection.execute(
              () -> {
                order.add("inner");
                done.done();
              });
          order.add("outer");
        });
    done.await();

    assertThat(order).containsExactly("outer", "inner");
  }

  @Test
  default void taskAfterClose_isDropped() throws Exception {
    Harness.Pair pair = harness().connect();
    Handover dropped = new Handover();

    pair.dialler().connection().close(CloseReason.local("done"));
    pair.dialler().closed();
    pair.dialler().connection().execute(dropped::done);
    harness().dialling().close();

    assertThat(dropped.isDone()).isFalse();
  }

  @Test
  default void callbacksAndTasks_neverOverlap() throws Exception {
    long length = 4 * 1024 * 1024;
    Pump there = new Pump(0, length, 11);
    Pump back = new Pump(0, length, 12);
    RecordingListener dialler = harness().listener();
    RecordingListener acceptor = harness().listener();
    dialler.whenOpened(there::write).whenBytes(back::verify);
    dialler.whenWritable(() -> there.write(dialler.connection()));
    acceptor.whenOpened(back::write).whenBytes(there::verify);
    acceptor.whenWritable(() -> back.write(acceptor.connection()));
    harness().connect(dialler, acceptor);

    while (dialler.receivedBytes() < length || acceptor.receivedBytes() < length) {
      assertThat(dialler.wasClosed() || acceptor.wasClosed()).isFalse();
      dialler.connection().execute(() -> dialler.guarded("a task", () -> {}));
      acceptor.connection().execute(() -> acceptor.guarded("a task", () -> {}));
      dialler.settle();
    }

    dialler.assertWellTreated();
    acceptor.assertWellTreated();
  }

  @Test
  default void onOpenedThatThrows_closesItsConnectionOnly() throws Exception {
    Harness.Pair bystander = harness().connect();
    RecordingListener throwing = harness().listener().whenOpened(connection -> fail());

    harness().dial(harness().listen(harness().listener()), throwing);

    assertFailedAlone(throwing, bystander);
  }

  @Test
  default void onBytesThatThrows_closesItsConnectionOnly() throws Exception {
    Harness.Pair bystander = harness().connect();
    RecordingListener throwing = harness().listener().whenBytes(bytes -> fail());
    Harness.Pair pair = harness().connect(harness().listener(), throwing);

    pair.dialler().connection().write(ByteBuffer.allocate(1));

    assertFailedAlone(throwing, bystander);
    assertThat(pair.dialler().closed().cause()).isIn(Cause.REMOTE, Cause.RESET);
  }

  @Test
  default void onWritableThatThrows_closesItsConnectionOnly() throws Exception {
    Harness.Pair bystander = harness().connect();
    RecordingListener throwing = harness().listener().whenWritable(CallbackContract::fail);
    harness().connect(throwing, harness().listener());

    boolean more = true;
    for (int i = 0; more && i < 10_000; i++) {
      more = throwing.connection().write(Pattern.at(0, Pattern.MAX_SLICE));
    }

    assertFailedAlone(throwing, bystander);
  }

  @Test
  default void taskThatThrows_closesItsConnectionOnly() throws Exception {
    Harness.Pair bystander = harness().connect();
    RecordingListener throwing = harness().connect().dialler();

    throwing.connection().execute(CallbackContract::fail);

    assertFailedAlone(throwing, bystander);
  }

  @Test
  default void onClosedThatThrows_hurtsNobody() throws Exception {
    Harness.Pair bystander = harness().connect();
    RecordingListener throwing = harness().listener().whenClosed(why -> fail());
    harness().connect(throwing, harness().listener());

    throwing.connection().close(CloseReason.local("done"));

    assertThat(throwing.closed().cause()).isEqualTo(Cause.LOCAL);
    assertAlive(bystander);
  }

  private static void fail() {
    throw new IllegalStateException("thrown by a test");
  }

  private static void assertFailedAlone(RecordingListener failed, Harness.Pair bystander) {
    assertThat(failed.closed().cause()).isEqualTo(Cause.FAILED);
    assertAlive(bystander);
  }

  private static void assertAlive(Harness.Pair bystander) {
    bystander.dialler().connection().write(ByteBuffer.wrap(new byte[] {1}));
    bystander.acceptor().awaitBytes(1);
    bystander.acceptor().connection().write(ByteBuffer.wrap(new byte[] {1}));
    bystander.dialler().awaitBytes(1);
  }
}
