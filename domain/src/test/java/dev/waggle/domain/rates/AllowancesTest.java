package dev.waggle.domain.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.operator.Excess;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Coming back, under the same name or another one, fills no bucket (PROTOCOL §9.7). */
class AllowancesTest {
  private static final int BLOCKS = RateSettings.DEFAULTS.blocks().atOnce();

  private final Allowances allowances = new Allowances(RateSettings.DEFAULTS);
  private long now = -5;

  private static PeerId peer(int number) {
    return new PeerId(Bytes.wrap(ByteBuffer.allocate(PeerId.LENGTH).putInt(number).array()));
  }

  private static IpAddress machine(int number) {
    return IpAddress.ofIpv4(number);
  }

  /** A peer comes, sends blocks that are of no use, and leaves; returns how many it could. */
  private int flood(int peer, IpAddress machine) {
    Allowance allowance = allowances.of(peer(peer), machine, now);
    int told = allowance.take(Told.BLOCK, 10_000, now);
    allowances.left(peer(peer), machine, allowance, now);
    return told;
  }

  @Test
  void theSamePeer_hasWhatItHadLeft_fromWhereverItComes() {
    assertThat(flood(1, machine(1))).isEqualTo(BLOCKS);
    assertThat(flood(1, machine(2))).isZero();
    assertThat(flood(1, null)).isZero();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(flood(1, machine(3))).isEqualTo(16);
  }

  @Test
  void anotherPeerOfTheSameMachine_hasNoMoreThanTheLastOneThatLeft() {
    assertThat(flood(1, machine(1))).isEqualTo(BLOCKS);
    assertThat(flood(2, machine(1))).isZero();
    assertThat(flood(3, machine(1))).isZero();
    assertThat(flood(4, machine(2))).isEqualTo(BLOCKS);
    now += RateSettings.DEFAULTS.blocks().fullNanos();
    assertThat(flood(5, machine(1))).as("all is forgiven").isEqualTo(BLOCKS);
  }

  @Test
  void twoNamesThatTakeTurns_haveOneBucket() {
    flood(1, machine(1));
    int told = 0;
    for (int i = 0; i < 100; i++) {
      now += Duration.ofMillis(100).toNanos();
      told += flood(1 + i % 2, machine(1));
    }
    assertThat(told).isEqualTo(160);
  }

  @Test
  void aNameThatWasNotUsed_andLeavesLast_fillsNothing() {
    Allowance unused = allowances.of(peer(1), machine(1), now);
    assertThat(flood(2, machine(1))).isEqualTo(BLOCKS);
    allowances.left(peer(1), machine(1), unused, now);
    assertThat(flood(3, machine(1))).isZero();
  }

  @Test
  void excess_isRememberedToo() {
    Allowance first = allowances.of(peer(1), machine(1), now);
    assertThat(first.exceeds(Told.BLOCK, Allowance.FLOOD * BLOCKS - 1, now)).isFalse();
    allowances.left(peer(1), machine(1), first, now);
    assertThat(allowances.of(peer(2), machine(1), now).exceeds(Told.BLOCK, 1, now)).isTrue();
  }

  /** Otherwise the nodes of a test network on one machine would pay for each other. */
  @Test
  void whereTheMachineSaysNothing_otherPeersHaveTheirOwn() {
    assertThat(flood(1, null)).isEqualTo(BLOCKS);
    assertThat(flood(2, null)).isEqualTo(BLOCKS);
    assertThat(flood(1, null)).isZero();
  }

  @Test
  void whoLeftFirst_isForgottenFirst() {
    for (int i = 0; i < Allowances.MAX_REMEMBERED; i++) {
      flood(i, machine(i));
    }
    assertThat(flood(0, machine(0))).as("remembered, and now the last that left").isZero();
    flood(5_000, machine(5_000));
    assertThat(flood(1, machine(1))).as("forgotten").isEqualTo(BLOCKS);
    assertThat(flood(0, machine(0))).isZero();
  }

  @Test
  void whatWasTooMuch_isCountedByKind() {
    int count = 0;
    for (Told what : Told.values()) {
      allowances.exceeded(what, ++count);
    }
    assertThat(allowances.excess()).isEqualTo(new Excess(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assertThat(allowances.excess().total()).isEqualTo(55);
  }
}
