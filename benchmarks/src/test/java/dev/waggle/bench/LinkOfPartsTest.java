package dev.waggle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.bench.link.Contender;
import dev.waggle.bench.link.LoopbackLink;
import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.Payloads;
import org.junit.jupiter.api.Test;

class LinkOfPartsTest {
  private static final int BYTES = 1 << 20;
  private static final int MORE_THAN_A_WINDOW = 20;

  @Test
  void link_isMadeOfThePartsThatWereNamed() {
    ToyParts.MADE.clear();
    Payloads payloads = new Payloads(BYTES);
    Flow flow = new Flow(BYTES);
    Arrivals arrivals = new Arrivals(payloads, flow);
    LoopbackLink.Ends ends = new LoopbackLink.Ends(arrivals, arrivals);
    try (LoopbackLink link =
        Contender.connect(ToyParts.NAME, ToyParts.NAME, ToyParts.NAME, payloads, ends)) {
      for (int i = 0; i < MORE_THAN_A_WINDOW; i++) {
        flow.awaitRoom();
        link.send();
      }
    }
    assertThat(ToyParts.MADE).containsExactly("codec", "suite", "transport");
  }
}
