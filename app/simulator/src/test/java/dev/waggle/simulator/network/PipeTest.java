package dev.waggle.simulator.network;

import static dev.waggle.simulator.network.Lines.MBIT;
import static dev.waggle.simulator.network.Lines.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waggle.simulator.network.Lines.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipeTest {
  private static final int MIB = 1024 * 1024;
  private static final int PART = 5_000;

  @Test
  void fewBytes_takeTheLatencyAndTheirTimeOnTheLine() {
    Lines lines = new Lines(40 * MILLI, 0);
    Flow flow = lines.flow(lines.host(10 * MBIT, 10 * MBIT), lines.host(10 * MBIT, 10 * MBIT));

    flow.pipe.offer(1250, "message", 0);
    lines.queue.run(1_000 * MILLI);

    assertThat(flow.received).containsExactly("message");
    assertThat(flow.receivedNanos).containsExactly(41 * MILLI); // 1 ms for 10,000 bits
  }

  @Test
  void narrowReceiver_isWhatTakesTheTime() {
    Lines lines = new Lines(40 * MILLI, 0);
    Flow flow = lines.flow(lines.host(0, 0), lines.host(0, MBIT));

    flow.pipe.offer(1250, "message", 0);
    lines.queue.run(1_000 * MILLI);

    assertThat(flow.receivedNanos).containsExactly(50 * MILLI);
  }

  @Test
  void bytesThatAreMadeLater_leaveLater() {
    Lines lines = new Lines(40 * MILLI, 0);
    Flow flow = lines.flow(lines.host(0, 0), lines.host(0, 0));

    flow.pipe.offer(100, "message", 7 * MILLI);
    lines.queue.run(1_000 * MILLI);

    assertThat(flow.receivedNanos).containsExactly(47 * MILLI);
  }

  @Test
  void longTransfer_beginsWithTenSegments_andDoublesEachRoundTrip() {
    Lines lines = new Lines(50 * MILLI, 0);
    Flow flow = lines.flow(lines.host(0, 0), lines.host(0, 0));
    flow.offer(MIB, PART);

    long[] after = new long[6];
    for (int trip = 0; trip < after.length; trip++) {
      lines.queue.run((51 + 100L * trip) * MILLI);
      after[trip] = flow.receivedBytes;
    }

    int window = Tcp.LINUX.initialWindowBytes();
    for (int trip = 0; trip < after.length; trip++) {
      long expected = Math.min(MIB, (long) window * ((1L << (trip + 1)) - 1));
      assertThat(after[trip]).as("after trip %d", trip).isCloseTo(expected, within(PART + 1_460L));
    }
  }

  @Test
  void idleConnection_beginsSlowlyAgain() {
    Lines lines = new Lines(50 * MILLI, 0);
    Flow flow = lines.flow(lines.host(0, 0), lines.host(0, 0));
    flow.offer(MIB, PART);
    lines.queue.run(2_000 * MILLI);
    assertThat(flow.receivedBytes).isEqualTo(MIB);

    lines.queue.run(60_000 * MILLI);
    flow.offer(MIB, PART);
    lines.queue.run(60_051 * MILLI);

    assertThat(flow.receivedBytes - MIB).isBetween(1L, (long) Tcp.LINUX.initialWindowBytes());
  }

  @Test
  void windowLimitsWhatIsUnderWay_toWhatAReceiversBufferTakes() {
    Lines lines = new Lines(500 * MILLI, 0);
    Flow flow = lines.flow(lines.host(0, 0), lines.host(0, 0));
    flow.offer(64 * MIB, PART);
    lines.queue.run(12_000 * MILLI);
    long before = flow.receivedBytes;

    lines.queue.run(13_000 * MILLI); // one round trip

    assertThat(flow.receivedBytes - before)
        .isCloseTo(Tcp.LINUX.maxWindowBytes(), within((long) Gate.QUANTUM_BYTES));
  }

  @Test
  void flowsFromOneHost_shareItsLineAlike() {
    Lines lines = new Lines(10 * MILLI, 0);
    Host sender = lines.host(40 * MBIT, 0);
    List<Flow> flows =
        IntStream.range(0, 4).mapToObj(i -> lines.flow(sender, lines.host(0, 0))).toList();
    flows.forEach(flow -> flow.offer(16 * MIB, PART));

    lines.queue.run(2_000 * MILLI);

    for (Flow flow : flows) {
      assertThat(flow.megabitsSince(0)).isCloseTo(10, within(0.5));
    }
  }

  /**
   * Two flows of one sender, one of which ends at a narrow line: it gets what that line takes, and
   * the other one the rest. A third host's flow to the narrow line halves it again.
   */
  @Test
  void whatOneFlowCannotUse_isLeftToTheOthers() {
    Lines lines = new Lines(10 * MILLI, 0);
    Host wide = lines.host(40 * MBIT, 0);
    Host narrow = lines.host(0, 8 * MBIT);
    Flow held = lines.flow(wide, narrow);
    Flow free = lines.flow(wide, lines.host(0, 0));
    Flow rival = lines.flow(lines.host(40 * MBIT, 0), narrow);
    List.of(held, free, rival).forEach(flow -> flow.offer(64 * MIB, PART));

    lines.queue.run(8_000 * MILLI);
    List.of(held, free, rival).forEach(flow -> flow.receivedBytes = 0);
    lines.queue.run(16_000 * MILLI);

    assertThat(held.megabitsSince(8_000 * MILLI)).isCloseTo(4, within(0.4));
    assertThat(rival.megabitsSince(8_000 * MILLI)).isCloseTo(4, within(0.4));
    assertThat(free.megabitsSince(8_000 * MILLI)).isCloseTo(36, within(1.5));
  }

  @Test
  void fewBytes_passALongTransfer() {
    Lines lines = new Lines(10 * MILLI, 0);
    Host sender = lines.host(8 * MBIT, 0);
    Host receiver = lines.host(0, 8 * MBIT);
    Flow busy = lines.flow(sender, receiver);
    Flow quiet = lines.flow(sender, receiver);
    busy.offer(4 * MIB, PART);
    lines.queue.run(1_000 * MILLI);

    int pings = 40;
    List<Long> sentNanos = new ArrayList<>();
    for (int i = 0; i < pings; i++) {
      lines.queue.run((1_000 + 23L * i) * MILLI);
      sentNanos.add(lines.queue.nowNanos());
      quiet.pipe.offer(1000, "ping", 0);
    }
    lines.queue.run(3_000 * MILLI);

    // A millisecond on each line, and no turn of 66.
    for (int i = 0; i < pings; i++) {
      assertThat(quiet.receivedNanos.get(i) - sentNanos.get(i)).isLessThanOrEqualTo(12 * MILLI);
    }
  }

  @Test
  void contentsComeInOrder_whateverTheirLengthsAndTheJitter() {
    SplittableRandom random = new SplittableRandom(3);
    Lines lines = new Lines(30 * MILLI, 2);
    Flow flow = lines.flow(lines.host(20 * MBIT, 0), lines.host(0, 15 * MBIT));
    int count = 2_000;
    for (int i = 0; i < count; i++) {
      int number = i;
      // Not so many long ones that others never pass by.
      int bytes = random.nextInt(40) == 0 ? random.nextInt(1, 200_000) : random.nextInt(1, 3_000);
      lines.queue.at(
          random.nextLong(20L * i * MILLI, 20L * (i + 1) * MILLI),
          () -> flow.pipe.offer(bytes, "content " + number, lines.queue.nowNanos()));
      if (random.nextInt(50) == 0) {
        lines.queue.at(20L * i * MILLI, () -> flow.pipe.reading(false));
        lines.queue.at((20L * i + 200) * MILLI, () -> flow.pipe.reading(true));
      }
    }

    lines.queue.run(120_000 * MILLI);

    assertThat(flow.received)
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> "content " + i).toList());
  }

  @Test
  void receiverThatDoesNotRead_stopsTheSender() {
    Lines lines = new Lines(10 * MILLI, 0);
    Flow flow = lines.flow(lines.host(0, 0), lines.host(0, 0));
    flow.pipe.reading(false);
    flow.offer(16 * MIB, PART);
    flow.pipe.notifyBelow(0);

    lines.queue.run(60_000 * MILLI);
    assertThat(flow.received).isEmpty();
    assertThat(flow.pipe.unsentBytes())
        .isGreaterThanOrEqualTo(16L * MIB - Tcp.LINUX.initialWindowBytes());
    assertThat(flow.drained).isZero();

    flow.pipe.reading(true);
    lines.queue.run(120_000 * MILLI);
    assertThat(flow.receivedBytes).isEqualTo(16 * MIB);
    assertThat(flow.drained).isEqualTo(1);
  }

  @Test
  void partition_holdsBytesBack_andHealingLetsThemGoOn() {
    Lines lines = new Lines(10 * MILLI, 0);
    Host sender = lines.host(0, 0);
    Flow flow = lines.flow(sender, lines.host(0, 0));
    lines.network.partition(host -> host == sender ? 1 : 2);
    flow.pipe.offer(100, "message", 0);

    lines.queue.run(5_000 * MILLI);
    assertThat(flow.received).isEmpty();

    lines.network.heal();
    lines.queue.run(10_100 * MILLI);
    assertThat(flow.received).containsExactly("message");
  }
}
