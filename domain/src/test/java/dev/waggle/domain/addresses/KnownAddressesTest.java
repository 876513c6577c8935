package dev.waggle.domain.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownAddressesTest {
  private final KnownAddresses known = new KnownAddresses();

  @Test
  void theLatest_areRemembered_andTheOldestForgottenForThem() {
    assertThat(known.contains(0)).as("nothing at first").isFalse();
    for (long i = 0; i < 3 * KnownAddresses.MAX; i++) {
      known.add(i);
      assertThat(known.contains(i)).isTrue();
      assertThat(known.contains(Math.max(0, i - KnownAddresses.MAX + 1))).isTrue();
      assertThat(i >= KnownAddresses.MAX && known.contains(i - KnownAddresses.MAX)).isFalse();
    }
  }

  @Test
  void oneThatIsKnown_takesNoSecondPlace() {
    for (long i = 0; i < KnownAddresses.MAX; i++) {
      known.add(i);
      known.add(0);
    }
    assertThat(known.contains(0)).isTrue();
    assertThat(known.contains(1)).isTrue();
  }
}
