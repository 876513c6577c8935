package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import java.time.Duration;
import java.util.Arrays;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Draws LOWEST = alwaysDrawing((byte) 0x00);
  private static final Draws HIGHEST = alwaysDrawing((byte) 0xFF);

  private static Draws alwaysDrawing(byte each) {
    return new Draws(target -> Arrays.fill(target, each));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 500",
    "2, 1000",
    "3, 2000",
    "4, 4000",
    "5, 8000",
    "6, 16000",
    "7, 30000",
    "8, 30000",
    "70, 30000",
    "2147483647, 30000",
  })
  void wait_doublesToTheCap_andUpToHalfOfItIsTakenOff(int failures, long mostMillis) {
    long mostNanos = Duration.ofMillis(mostMillis).toNanos();
    assertThat(Backoff.exponentialNanos(failures, HIGHEST)).isEqualTo(mostNanos);
    assertThat(Backoff.exponentialNanos(failures, LOWEST)).isEqualTo(mostNanos / 2);
  }

  @Test
  void longWait_isUpToFiveMinutes_andUpToHalfOfItIsTakenOff() {
    long mostNanos = Duration.ofMinutes(5).toNanos();
    assertThat(Backoff.longNanos(HIGHEST)).isEqualTo(mostNanos);
    assertThat(Backoff.longNanos(LOWEST)).isEqualTo(mostNanos / 2);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 10", "3, 20", "6, 160", "7, 300", "8, 300", "2147483647, 300"})
  void waitForAPlace_doublesToFiveMinutes(int times, long mostSeconds) {
    long mostNanos = Duration.ofSeconds(mostSeconds).toNanos();
    assertThat(Backoff.ifFullNanos(times, HIGHEST)).isEqualTo(mostNanos);
    assertThat(Backoff.ifFullNanos(times, LOWEST)).isEqualTo(mostNanos / 2);
  }

  @Test
  void nodesThatLostEachOtherAtOnce_comeBackAllOverTheLaterHalf() {
    LongSummaryStatistics waits =
        LongStream.range(0, 1000)
            .map(node -> Backoff.exponentialNanos(7, new Draws(new SeededRandom(node))))
            .summaryStatistics();
    long capNanos = Backoff.CAP.toNanos();
    assertThat(waits.getMin()).isBetween(capNanos / 2, capNanos / 100 * 51);
    assertThat(waits.getMax()).isBetween(capNanos / 100 * 99, capNanos);
    assertThat((long) waits.getAverage()).isBetween(capNanos / 100 * 74, capNanos / 100 * 76);
  }
}
