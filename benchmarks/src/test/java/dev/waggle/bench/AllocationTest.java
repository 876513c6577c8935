package dev.waggle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
  /** What the JVM rounds the size of an object to. */
  private static final int ALIGNMENT = 8;

  @ParameterizedTest
  @ValueSource(ints = {256, 65_536})
  void message_weighsItsPayloadAndTheSameEachTime(int payloadBytes) {
    long weight = Allocation.ofMessage(payloadBytes);
    assertThat(weight).isGreaterThan(payloadBytes);
    assertThat(Allocation.ofMessage(payloadBytes)).isEqualTo(weight);
    assertThat(Allocation.ofMessage(payloadBytes + ALIGNMENT)).isEqualTo(weight + ALIGNMENT);
  }

  @Test
  void askingHowMuch_allocatesNothing() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long before = Allocation.bytesSoFar();
      least = Math.min(least, Allocation.bytesSoFar() - before);
    }
    assertThat(least).isZero();
  }
}
