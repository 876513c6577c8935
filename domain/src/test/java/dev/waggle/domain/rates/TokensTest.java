package dev.waggle.domain.rates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TokensTest {
  private final Tokens tokens = new Tokens(Rate.every(Duration.ofSeconds(5), 3));
  private long now = Long.MAX_VALUE - 1;

  private int takeAll() {
    int taken = 0;
    while (tokens.take(now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void isFullAtFirst_andFillsWithTime() {
    assertThat(takeAll()).isEqualTo(3);
    now += Duration.ofMillis(4999).toNanos();
    assertThat(takeAll()).isZero();
    now += Duration.ofMillis(1).toNanos();
    assertThat(takeAll()).isEqualTo(1);
    now += Duration.ofHours(1).toNanos();
    assertThat(takeAll()).isEqualTo(3);
  }
}
