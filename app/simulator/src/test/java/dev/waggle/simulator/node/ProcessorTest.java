package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.engine.EventQueue;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private final EventQueue queue = new EventQueue();
  private final Processor processor = new Processor(queue, 1);

  @Test
  void stall_makesWorkUnderWayWait() {
    processor.charge(10);

    processor.stall(100);

    assertThat(processor.readyNanos()).isEqualTo(110);
  }

  @Test
  void stallWithinAStall_endsWithTheLaterOfBoth() {
    processor.stall(100);
    queue.run(60);

    processor.stall(100);
    processor.stall(10);

    assertThat(processor.readyNanos()).isEqualTo(160);
  }

  @Test
  void stallAfterAStall_isWhole() {
    processor.stall(100);
    queue.run(500);

    processor.stall(100);

    assertThat(processor.readyNanos()).isEqualTo(600);
  }
}
