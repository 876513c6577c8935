package dev.waggle.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.transport.Faults;
import dev.waggle.ports.testkit.transport.InMemoryNetwork;
import dev.waggle.ports.testkit.transport.RecordingListener;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.simulator.network.HostSettings;
import dev.waggle.simulator.network.NetworkModel;
import dev.waggle.simulator.network.Tcp;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes how long, by a clock that the test moves. */
@Timeout(60)
class ShapedTransportTest {
  static {
    LiveTimelineTest.quieten();
  }

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Endpoint ANY = new Endpoint("127.0.0.1", 0);
  private static final double LATENCY_MILLIS = 10;
  private static final double STEP_MILLIS = 0.1;

  /** A line of 1 MB/s: 1,000 bytes take a millisecond. */
  private static final HostSettings SLOW = new HostSettings(0, 1_000_000, 1_000_000, true);

  private static final HostSettings FAST = new HostSettings(0, 0, 0, true);

  private record Pair(RecordingListener dialler, RecordingListener acceptor) {}

  private final AtomicLong clock = new AtomicLong();
  private final InMemoryNetwork memory = InMemoryNetwork.stepped(Faults.NONE);
  private final ShapedNetwork network =
      new ShapedNetwork(
          new NetworkModel((from, to) -> nanos(LATENCY_MILLIS), 0, Tcp.LINUX, 0), 1, clock::get);
  private final List<Transport> transports = new ArrayList<>();
  private final List<RecordingListener> listeners = new ArrayList<>();

  @AfterEach
  void closeAll() {
    for (RecordingListener listener : listeners) {
      if (listener.wasOpened()) {
        listener.connection().close(CloseReason.local("over"));
      }
    }
    await(() -> listeners.stream().filter(RecordingListener::wasOpened).allMatch(this::isClosed));
    transports.forEach(Transport::close);
    listeners.forEach(RecordingListener::assertWellTreated);
  }

  private boolean isClosed(RecordingListener listener) {
    return listener.wasClosed();
  }

  private static long nanos(double millis) {
    return Math.round(millis * 1_000_000);
  }

  private double nowMillis() {
    return clock.get() / 1e6;
  }

  /** Lets everything happen that can without time passing. */
  private void settle() {
    for (int i = 0; i < 5; i++) {
      network.timeline().enter();
      network.timeline().leave();
      memory.run();
    }
  }

  /** Lets time pass until something is so, and returns how much. */
  private double await(BooleanSupplier condition) {
    double begin = nowMillis();
    settle();
    while (!condition.getAsBoolean()) {
      assertThat(nowMillis() - begin).as("milliseconds").isLessThan(10_000);
      clock.addAndGet(nanos(STEP_MILLIS));
      settle();
    }
    return nowMillis() - begin;
  }

  private Transport shaped(HostSettings host) {
    Transport transport = network.shaped(memory.transport(), host);
    transports.add(transport);
    return transport;
  }

  private RecordingListener listener() {
    RecordingListener listener = new RecordingListener();
    listeners.add(listener);
    return listener;
  }

  private Pair pair(Transport dialling, Transport listening) throws ListenFailed {
    Pair pair = new Pair(listener(), listener());
    Endpoint bound = listening.listen(ANY, remote -> pair.acceptor());
    dialling.dial(bound, LONG, pair.dialler());
    await(() -> pair.acceptor().wasOpened());
    return pair;
  }

  private static void write(RecordingListener from, int bytes) {
    from.connection().write(ByteBuffer.allocate(bytes));
  }

  /** How long it takes until so many bytes have come. */
  private double awaitBytes(RecordingListener to, int bytes) {
    return await(() -> to.receivedBytes() >= bytes);
  }

  /** Sockets would make one connection of both dials, and nobody would be asked to accept it. */
  @Test
  void twoThatDialEachOther_haveTheConnectionOfTheFirst() throws Exception {
    Transport one = shaped(FAST);
    Transport other = shaped(FAST);
    RecordingListener acceptor = listener();
    Endpoint first = one.listen(ANY, remote -> listener());
    Endpoint second = other.listen(ANY, remote -> acceptor);
    RecordingListener dialler = listener();
    RecordingListener late = listener();

    one.dialFrom(first.port(), second, LONG, dialler);
    other.dialFrom(second.port(), first, LONG, late);
    await(() -> acceptor.wasOpened());

    assertThat(late.closed().cause()).isEqualTo(Cause.FAILED);
    assertThat(dialler.connection().local()).isEqualTo(first);
    assertThat(acceptor.connection().remote()).isEqualTo(first);
  }

  /** The ways of dials that have ended are free again. */
  @Test
  void whoWasDialledFromAPort_canDialThatPortAfterwards() throws Exception {
    Transport one = shaped(FAST);
    Transport other = shaped(FAST);
    RecordingListener acceptor = listener();
    Endpoint first = one.listen(ANY, remote -> acceptor);
    Endpoint second = other.listen(ANY, remote -> listener());
    RecordingListener dialler = listener();
    one.dialFrom(first.port(), second, LONG, dialler);
    await(() -> dialler.wasOpened());
    dialler.connection().close(CloseReason.local("enough"));
    await(() -> listeners.stream().allMatch(it -> it.wasClosed() || !it.wasOpened()));

    other.dialFrom(second.port(), first, LONG, listener());
    await(() -> acceptor.wasOpened());

    assertThat(acceptor.connection().remote()).isEqualTo(second);
  }

  @Test
  void diallerHearsOfItsConnectionAfterARoundTrip_acceptorHalfOneLater() throws Exception {
    RecordingListener dialler = listener();
    RecordingListener acceptor = listener();
    Endpoint bound = shaped(FAST).listen(ANY, remote -> acceptor);

    shaped(FAST).dial(bound, LONG, dialler);

    assertThat(await(dialler::wasOpened)).isEqualTo(2 * LATENCY_MILLIS);
    assertThat(acceptor.wasOpened()).isFalse();
    assertThat(await(acceptor::wasOpened)).isEqualTo(LATENCY_MILLIS);
  }

  @Test
  void dialThatTakesLongerThanItsTime_timesOutWhenThatIsOver() throws Exception {
    RecordingListener dialler = listener();
    Endpoint bound = shaped(FAST).listen(ANY, remote -> listener());

    shaped(FAST).dial(bound, Duration.ofMillis(15), dialler);

    assertThat(await(dialler::wasClosed)).isEqualTo(15);
    assertThat(dialler.closed().cause()).isEqualTo(Cause.TIMED_OUT);
  }

  @Test
  void bytesAndTheEnd_arriveWhenTheyHaveTravelled() throws Exception {
    Pair pair = pair(shaped(FAST), shaped(FAST));

    write(pair.dialler(), 100);
    assertThat(awaitBytes(pair.acceptor(), 100)).isEqualTo(LATENCY_MILLIS);

    write(pair.acceptor(), 100);
    pair.acceptor().connection().close(CloseReason.local("enough"));
    assertThat(await(() -> pair.dialler().wasClosed())).isEqualTo(LATENCY_MILLIS);
    assertThat(pair.dialler().receivedBytes()).isEqualTo(100);
    assertThat(pair.dialler().closed().cause()).isEqualTo(Cause.REMOTE);
  }

  @Test
  void manyBytes_takeTheTimeOfTheSendersLine() throws Exception {
    Pair pair = pair(shaped(SLOW), shaped(FAST));

    write(pair.dialler(), 2_000_000);

    assertThat(awaitBytes(pair.acceptor(), 2_000_000))
        .isGreaterThan(2_000 + LATENCY_MILLIS)
        .isCloseTo(2_000 + LATENCY_MILLIS, Percentage.withPercentage(10));
  }

  @Test
  void manyBytes_takeTheTimeOfTheReceiversLine() throws Exception {
    Pair pair = pair(shaped(FAST), shaped(SLOW));

    write(pair.dialler(), 2_000_000);

    assertThat(awaitBytes(pair.acceptor(), 2_000_000))
        .isGreaterThan(2_000)
        .isCloseTo(2_000 + LATENCY_MILLIS, Percentage.withPercentage(10));
  }

  @Test
  void twoFlows_shareALine_andTheOtherDirectionIsFree() throws Exception {
    Transport sharing = shaped(SLOW);
    Pair one = pair(sharing, shaped(FAST));
    Pair other = pair(sharing, shaped(FAST));

    write(one.dialler(), 500_000);
    write(other.dialler(), 500_000);
    write(one.acceptor(), 500_000);

    assertThat(awaitBytes(one.dialler(), 500_000))
        .isCloseTo(500 + LATENCY_MILLIS, Percentage.withPercentage(20));
    assertThat(one.acceptor().receivedBytes()).isBetween(180_000L, 320_000L);
    assertThat(other.acceptor().receivedBytes()).isBetween(180_000L, 320_000L);
    double rest = awaitBytes(one.acceptor(), 500_000) + awaitBytes(other.acceptor(), 500_000);
    assertThat(rest).isCloseTo(500, Percentage.withPercentage(20));
  }

  @Test
  void writer_isAskedForMoreAtThePaceOfItsLine() throws Exception {
    Pair pair = pair(shaped(SLOW), shaped(FAST));
    int bytes = 256 * 1024;

    assertThat(pair.dialler().connection().write(ByteBuffer.allocate(bytes))).isFalse();
    AtomicLong seen = new AtomicLong();
    double millis =
        await(
            () -> {
              boolean writable = pair.dialler().connection().write(ByteBuffer.allocate(0));
              seen.set(pair.acceptor().receivedBytes());
              return writable;
            });

    // Half of it has left when 128 KiB wait, and not all of that has arrived.
    assertThat(millis).isCloseTo(bytes / 2000.0, Percentage.withPercentage(60));
    assertThat(seen.get()).isBetween(1L, bytes / 2L + 64 * 1024);
  }

  @Test
  void connectionThatBreaks_losesWhatIsUnderWay() throws Exception {
    Pair pair = pair(shaped(FAST), shaped(FAST));
    write(pair.dialler(), 100);
    settle();

    pair.dialler()
        .connection()
        .execute(
            () -> {
              throw new IllegalStateException("thrown by a test");
            });
    await(() -> pair.acceptor().wasClosed());

    assertThat(pair.dialler().closed().cause()).isEqualTo(Cause.FAILED);
    assertThat(pair.acceptor().closed().cause()).isEqualTo(Cause.RESET);
    assertThat(pair.acceptor().receivedBytes()).isZero();
  }

  @Test
  void whoIsFromOutside_isServedAtOnce_evenWhileADialIsExpected() throws Exception {
    List<RecordingListener> accepted = new ArrayList<>();
    Endpoint bound =
        shaped(FAST)
            .listen(
                ANY,
                remote -> {
                  accepted.add(listener());
                  return accepted.getLast();
                });
    Transport outside = memory.transport();
    transports.add(outside);
    RecordingListener stranger = listener();
    RecordingListener neighbour = listener();

    outside.dial(bound, LONG, stranger);
    shaped(FAST).dial(bound, LONG, neighbour);
    settle();

    assertThat(accepted).hasSize(1);
    write(stranger, 100);
    write(accepted.getFirst(), 200);
    assertThat(awaitBytes(accepted.getFirst(), 100)).isZero();
    assertThat(awaitBytes(stranger, 200)).isZero();
    assertThat(await(neighbour::wasOpened)).isEqualTo(2 * LATENCY_MILLIS);
    await(() -> accepted.size() == 2);
    write(neighbour, 300);
    assertThat(awaitBytes(accepted.getLast(), 300)).isEqualTo(LATENCY_MILLIS);
  }

  @Test
  void shapedTransport_dialsOutsideAtOnce() throws Exception {
    Transport outside = memory.transport();
    transports.add(outside);
    RecordingListener acceptor = listener();
    RecordingListener dialler = listener();

    shaped(FAST).dial(outside.listen(ANY, remote -> acceptor), LONG, dialler);

    assertThat(await(() -> acceptor.wasOpened() && dialler.wasOpened())).isZero();
  }

  @Test
  void errorOfTheModel_isToldByEveryTransport() {
    Transport one = shaped(FAST);
    Transport other = shaped(FAST);
    Error error = new StackOverflowError("thrown by a test");
    network.timeline().enter();
    network
        .timeline()
        .at(
            1,
            () -> {
              throw error;
            });
    network.timeline().leave();

    clock.set(1);
    settle();

    assertThat(one.failure().toCompletableFuture()).isCompletedWithValue(error);
    assertThat(other.failure().toCompletableFuture()).isCompletedWithValue(error);
  }
}
