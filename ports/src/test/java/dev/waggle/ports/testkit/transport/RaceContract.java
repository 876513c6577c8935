package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A name with several addresses is reached if one of them is. All addresses are those of this
 * machine: somebody listens at 127.0.0.1, at others nobody does, or somebody who never answers.
 */
interface RaceContract extends TransportFixture {
  String LISTENING = "127.0.0.1";

  /** Long enough to be spent by no test that passes. */
  Duration ENOUGH = Duration.ofSeconds(10);

  int RACES = 8;

  @Test
  default void addressThatNobodyAnswers_doesNotHoldUpTheNext() throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    try (RawPeers.BlackHole _ = blackHole(2, bound)) {
      RecordingListener dialler = harness().listener();

      dial(harness().resolving(nobody(2), LISTENING), bound, ENOUGH, dialler);

      assertThat(dialler.connection().remote()).isEqualTo(bound);
    }
  }

  @Test
  default void addressThatRefuses_doesNotHoldUpTheNext() throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    RecordingListener dialler = harness().listener();

    dial(harness().resolving(nobody(2), nobody(3), LISTENING), bound, ENOUGH, dialler);

    assertThat(dialler.connection().remote()).isEqualTo(bound);
  }

  @Test
  default void families_takeTurns() throws Exception {
    assumeTrue(SocketPeers.isHere("::1"), "this machine has no IPv6 loopback");
    RecordingListener acceptor = harness().listener();
    Endpoint bound = harness().listening().listen(new Endpoint("::1", 0), remote -> acceptor);
    RecordingListener dialler = harness().listener();

    dial(
        harness().resolving(nobodies(Transport.Dial.MAX_ADDRESSES, "::1")), bound, ENOUGH, dialler);

    assertThat(dialler.connection().remote()).isEqualTo(bound);
  }

  @Test
  default void lastAddressWithinTheBound_isTried() throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    RecordingListener dialler = harness().listener();

    dial(
        harness().resolving(nobodies(Transport.Dial.MAX_ADDRESSES - 1, LISTENING)),
        bound,
        ENOUGH,
        dialler);

    assertThat(dialler.connection().remote()).isEqualTo(bound);
  }

  @Test
  default void firstAddressBeyondTheBound_isNotTried() throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    RecordingListener dialler = harness().listener();

    dial(
        harness().resolving(nobodies(Transport.Dial.MAX_ADDRESSES, LISTENING)),
        bound,
        ENOUGH,
        dialler);

    dialler.awaitOutcome();
    assertThat(dialler.wasOpened()).isFalse();
  }

  @Test
  default void addressThatTheResolverRepeats_countsOnce() throws Exception {
    Endpoint bound = harness().listen(harness().listener());
    RecordingListener dialler = harness().listener();
    Stream<String> repeated = Stream.generate(() -> nobody(2)).limit(100);

    dial(
        harness().resolving(Stream.concat(repeated, Stream.of(LISTENING)).toArray(String[]::new)),
        bound,
        ENOUGH,
        dialler);

    assertThat(dialler.connection().remote()).isEqualTo(bound);
  }

  @Test
  default void refusal_isReportedBeforeSilence() throws Exception {
    Endpoint free = harness().raw().refusing();
    try (RawPeers.BlackHole _ = blackHole(2, free)) {
      RecordingListener dialler = harness().listener();

      dial(harness().resolving(nobody(3), nobody(2)), free, Duration.ofMillis(100), dialler);

      assertThat(dialler.closed().cause()).isEqualTo(Cause.REFUSED);
    }
  }

  /** Whoever wins, is given up, or runs out of time. */
  @Test
  default void races_leaveNoFiles() throws Exception {
    Endpoint bound = harness().listening().listen(Harness.LOOPBACK, _ -> harness().listener());
    try (RawPeers.BlackHole _ = blackHole(2, bound);
        RawPeers.BlackHole _ = blackHole(3, bound)) {
      Transport winning = harness().resolving(nobody(2), LISTENING);
      Transport losing = harness().resolving(nobody(2), nobody(3));
      race(winning, losing, bound);
      int filesBefore = OpenFiles.count();

      for (int i = 0; i < 3; i++) {
        race(winning, losing, bound);
      }

      OpenFiles.awaitAtMost(filesBefore);
    }
  }

  private void race(Transport winning, Transport losing, Endpoint bound) {
    List<RecordingListener> won = new ArrayList<>();
    List<RecordingListener> late = new ArrayList<>();
    List<RecordingListener> cancelled = new ArrayList<>();
    List<Transport.Dial> dials = new ArrayList<>();
    for (int i = 0; i < RACES; i++) {
      won.add(harness().listener().whenOpened(each -> each.close(CloseContract.ENOUGH)));
      late.add(harness().listener());
      cancelled.add(harness().listener());
      dial(winning, bound, ENOUGH, won.getLast());
      dial(losing, bound, Duration.ofMillis(1), late.getLast());
      dials.add(dial(losing, bound, ENOUGH, cancelled.getLast()));
    }
    won.forEach(each -> assertThat(each.closed()).isEqualTo(CloseContract.ENOUGH));
    late.forEach(each -> assertThat(each.closed().cause()).isEqualTo(Cause.TIMED_OUT));
    dials.forEach(Transport.Dial::cancel);
    cancelled.forEach(each -> assertThat(each.closed().cause()).isEqualTo(Cause.CANCELLED));
  }

  private static Transport.Dial dial(
      Transport transport, Endpoint bound, Duration timeout, RecordingListener dialler) {
    return transport.dial(new Endpoint("several.example", bound.port()), timeout, dialler);
  }

  /** An address of this machine at which nobody listens, unless a test does. */
  private static String nobody(int number) {
    String address = "127.0.0." + number;
    assumeTrue(SocketPeers.isHere(address), "this machine has no " + address);
    return address;
  }

  private static String[] nobodies(int count, String last) {
    Stream<String> first = IntStream.range(2, 2 + count).mapToObj(RaceContract::nobody);
    return Stream.concat(first, Stream.of(last)).toArray(String[]::new);
  }

  private RawPeers.BlackHole blackHole(int number, Endpoint beside) throws Exception {
    RawPeers.BlackHole hole =
        harness().raw().blackHole(new Endpoint(nobody(number), beside.port()));
    assumeTrue(hole != null, "this machine accepts connections beyond a socket's backlog");
    return hole;
  }
}
