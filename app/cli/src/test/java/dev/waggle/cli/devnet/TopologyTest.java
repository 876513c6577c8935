package dev.waggle.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 50, DevnetPlan.MAX_NODES})
  void everyNode_dialsOnlyThoseBeforeItAndAtLeastTheLastOfThem(int nodes) {
    for (int node = 1; node < nodes; node++) {
      int self = node;
      assertThat(Topology.seedsOf(node))
          .contains(node - 1)
          .doesNotHaveDuplicates()
          .hasSizeLessThanOrEqualTo(Topology.MAX_SEEDS)
          .allSatisfy(seed -> assertThat(seed).isBetween(0, self - 1));
    }
  }

  @Test
  void noNode_isDialledByMostOthers() {
    Map<Integer, Integer> dialled = new HashMap<>();
    Topology.edges(50).forEach(edge -> dialled.merge(edge.acceptor(), 1, Integer::sum));
    assertThat(dialled.values()).allSatisfy(count -> assertThat(count).isLessThan(10));
  }

  @Test
  void oneNode_hasNobodyToDial() {
    assertThat(Topology.edges(1)).isEmpty();
  }
}
