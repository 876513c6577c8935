package dev.waggle.cli.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final long MILLI = 1_000_000;

  /** A byte a microsecond. */
  private static final LineShape SHAPE = LineShape.of(Duration.ofMillis(50), 8);

  private final Line line = new Line(SHAPE, 0);

  @Test
  void bytes_arriveWhenTheLastHasLeftAndTravelled() {
    assertThat(line.send(1000, 7 * MILLI)).isEqualTo((7 + 1 + 50) * MILLI);
  }

  @Test
  void bytesBehindOthers_leaveWhenTheseHaveLeft() {
    line.send(3000, 0);
    assertThat(line.send(1000, MILLI)).isEqualTo((3 + 1 + 50) * MILLI);
  }

  @Test
  void timeThatTheLineWasIdle_isNotMadeUpFor() {
    line.send(1000, 0);
    assertThat(line.send(1000, 9 * MILLI)).isEqualTo((9 + 1 + 50) * MILLI);
  }

  @Test
  void endOfAStream_arrivesBehindItsBytes() {
    line.send(1000, 0);
    assertThat(line.send(0, 0)).isEqualTo((1 + 50) * MILLI);
  }

  @Test
  void noMoreIsTaken_thanTheQueueHolds() {
    line.send(100_000, 0);
    assertThat(line.openNanos()).isEqualTo(100 * MILLI - SHAPE.queueNanos());
  }

  @Test
  void underWay_isWhatIsOnTheLineAndInItsQueue() {
    assertThat(SHAPE.maxBytesUnderWay()).isEqualTo(50_000 + SHAPE.queueNanos() / 1000);
  }

  @Test
  void linesThatCannotBe_areRefused() {
    assertThatThrownBy(() -> new LineShape(Duration.ofMillis(-1), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LineShape(Duration.ZERO, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
