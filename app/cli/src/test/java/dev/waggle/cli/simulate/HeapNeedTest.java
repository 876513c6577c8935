package dev.waggle.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.run.History;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapNeedTest {
  private static final long MIB = 1024 * 1024;

  @Test
  void heapThatCannotBeEnough_isTold_withWhatWouldBe() {
    HeapNeed need = new HeapNeed(10_000, History.NONE, 1000 * MIB);

    assertThat(need.isTooMuch()).isTrue();
    assertThat(need.words())
        .isEqualTo(
            "10000 nodes need 2149 MiB of heap at least, and it has 1000; simulate fewer (--nodes),"
                + " or give it more, as in WAGGLE_JAVA_OPTS=-Xmx4297m");
  }

  @Test
  void heapThatMayBeEnough_isTakenAsItIs() {
    assertThat(new HeapNeed(10_000, History.NONE, 2149 * MIB).isTooMuch()).isFalse();
    assertThat(new HeapNeed(200_000, History.NONE, Long.MAX_VALUE).isTooMuch()).isFalse();
  }

  @Test
  void chainThatIsThere_countsToo_andIsNamed() {
    History history = new History(1_000_000, 5418, 0, 1, Duration.ZERO);
    HeapNeed need = new HeapNeed(10, history, 1000 * MIB);

    assertThat(need.isTooMuch()).isTrue();
    assertThat(need.words())
        .startsWith("10 nodes and their chain need 7077 MiB of heap at least, and it has 1000;")
        .contains("simulate fewer (--nodes, --history), or");
  }

  @Test
  void whatWasNotEnough_isDoubled() {
    assertThat(new HeapNeed(100, History.NONE, 300 * MIB).words())
        .endsWith("WAGGLE_JAVA_OPTS=-Xmx600m");
  }
}
