package dev.waggle.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.node.config.MemoryBudget;
import org.junit.jupiter.api.Test;

class NodeAssemblyTest {
  private static final long MIB = 1024 * 1024;

  @Test
  void aLargeHeap_hasRoomForTheDefaults() {
    assertThat(NodeAssembly.gossip(MemoryBudget.ofHeap(4096 * MIB)))
        .isEqualTo(GossipSettings.DEFAULTS);
  }
}
