package dev.waggle.domain.punch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.rates.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BucketTest {
  private final Bucket bucket = new Bucket(Rate.every(Duration.ofSeconds(5), 3));
  private long now = Long.MAX_VALUE - 1;

  private int takeAll() {
    int taken = 0;
    while (bucket.take(now)) {
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
