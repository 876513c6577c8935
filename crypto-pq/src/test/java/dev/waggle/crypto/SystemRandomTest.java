package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SystemRandomTest {
  private final SystemRandom random = new SystemRandom();

  @Test
  void draws_neverRepeat() {
    assertThat(random.bytes(32)).isNotEqualTo(random.bytes(32));
    assertThat(new SystemRandom().bytes(32)).isNotEqualTo(random.bytes(32));
  }

  /** 1,000 zero bytes in a row would be chance once in 2^8000 runs. */
  @Test
  void fill_reachesTheEnd() {
    byte[] target = new byte[3_000];
    random.fill(target);

    for (int from = 0; from < target.length; from += 1_000) {
      byte[] part = Arrays.copyOfRange(target, from, from + 1_000);
      assertThat(part).isNotEqualTo(new byte[1_000]);
    }
  }
}
