package dev.waggle.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.CloseReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KilledDiallerTest {
  private static final long LATENCY_NANOS = 50 * Lines.MILLI;

  private final Lines lines = new Lines(LATENCY_NANOS, 0);
  private final List<String> heard = new ArrayList<>();

  private final class Listener implements WireListener {
    @Override
    public void opened(Wire wire) {
      heard.add("opened");
    }

    @Override
    public void heard() {}

    @Override
    public void received(Object content) {}

    @Override
    public void writable() {}

    @Override
    public void closed(CloseReason why) {
      heard.add("closed");
    }
  }

  @Test
  void dialOfKilledProgram_becomesNoConnection() {
    Host from = lines.host(0, 0);
    Host to = lines.host(0, 0);
    to.listen(_ -> new Listener());

    lines.network.dial(from, to, new Listener());
    lines.queue.run(LATENCY_NANOS / 2);
    lines.network.kill(from);
    lines.queue.run(100 * LATENCY_NANOS);

    assertThat(heard).isEmpty();
    assertThat(lines.network.dials()).isZero();
    assertThat(lines.network.connections()).isZero();
  }
}
