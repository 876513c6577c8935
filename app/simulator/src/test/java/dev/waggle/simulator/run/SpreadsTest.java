package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpreadsTest {
  private static final long MILLI = 1_000_000;
  private static final int NODES = 230;

  private final Spreads spreads = new Spreads(NODES);

  private static MessageId id(int number) {
    return new MessageId(number, 0, 0, 0);
  }

  private void publish(int number, int publisher, long nanos) {
    spreads.published(
        id(number), new GossipMessage.Block(Bytes.copyOf(new byte[10])), publisher, nanos);
  }

  private SpreadResult result(int number) {
    return spreads.results(GossipMessage.Kind.BLOCK, _ -> null).get(number);
  }

  @Test
  void curve_isThatOfAllArrivalsInOrder() {
    SplittableRandom random = new SplittableRandom(3);
    long[] arrivals = random.longs(NODES - 1, 0, 9_000 * MILLI).sorted().toArray();
    publish(0, NODES - 1, 500 * MILLI);
    for (int i = 0; i < 150; i++) {
      spreads.accepted(id(0), i, NODES - 1, 500 * MILLI + arrivals[i]);
    }

    List<Double> curve = result(0).coverage().millis();
    for (int percent = 0; percent <= Quantiles.PARTS; percent++) {
      int needed = (int) Math.max(1, Math.ceil(percent / 100.0 * NODES - 1e-9));
      Double expected =
          needed == 1 ? 0 : needed > 151 ? Double.NaN : arrivals[needed - 2] / (double) MILLI;
      assertThat(curve.get(percent)).as("%d %%", percent).isEqualTo(expected);
    }
    assertThat(result(0).reached()).isEqualTo(151);
  }

  @Test
  void hopsAndCopies_areCounted_butNotWhatANodeHadBefore() {
    publish(0, 0, 0);
    spreads.accepted(id(0), 1, 0, MILLI);
    spreads.accepted(id(0), 2, 1, 2 * MILLI);
    spreads.accepted(id(0), 2, 0, 3 * MILLI); // After it was restarted.
    spreads.accepted(id(0), 3, 9, 4 * MILLI); // From one that had it from nobody.
    for (int copy = 0; copy < 9; copy++) {
      spreads.copyArrived(id(0));
    }

    SpreadResult result = result(0);
    assertThat(result.reached()).isEqualTo(4);
    assertThat(result.meanHops()).isEqualTo((1 + 2 + 1) / 3.0);
    assertThat(result.mostHops()).isEqualTo(2);
    assertThat(result.duplicates()).isEqualTo((9 - 3) / 3.0);
    assertThat(spreads.usefulBytes()).isEqualTo(30);
  }

  @Test
  void messageThatAllHave_keepsNothingForEachNode() {
    for (int number = 0; number < 50; number++) {
      publish(number, 0, 0);
      for (int node = 1; node < NODES; node++) {
        spreads.accepted(id(number), node, node - 1, node * MILLI);
      }
    }

    assertThat(spreads.open()).isZero();
    spreads.accepted(id(7), 3, 0, 999 * MILLI); // Its disk was lost.
    assertThat(result(7).reached()).isEqualTo(NODES);
    assertThat(result(7).coverage().last()).isEqualTo(NODES - 1);
    assertThat(result(7).mostHops()).isEqualTo(Byte.MAX_VALUE);
  }

  @Test
  void messagesThatSomebodyNeverHas_areFollowedUpToABound_theLatestOnes() {
    int many = Spreads.MAX_OPEN + 100;
    for (int number = 0; number < many; number++) {
      publish(number, 0, number);
      spreads.accepted(id(number), 1, 0, number);
    }

    assertThat(spreads.open()).isEqualTo(Spreads.MAX_OPEN);
    for (int number : Arrays.asList(0, many - 1)) {
      spreads.accepted(id(number), 2, 0, many);
    }
    assertThat(result(0).reached()).isEqualTo(2);
    assertThat(result(many - 1).reached()).isEqualTo(3);
  }

  @Test
  void messagesThatAllHave_makeRoomForThoseThatAreNotThroughYet() {
    publish(0, 0, 0);
    for (int number = 1; number < 2 * Spreads.MAX_OPEN; number++) {
      publish(number, 0, 0);
      for (int node = 1; node < NODES; node++) {
        spreads.accepted(id(number), node, 0, MILLI);
      }
    }
    spreads.accepted(id(0), 1, 0, MILLI);

    assertThat(result(0).reached()).isEqualTo(2);
  }
}
