package dev.waggle.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.relay.RelaySettings;
import dev.waggle.domain.sync.SyncSettings;
import dev.waggle.node.config.MemoryBudget;
import org.junit.jupiter.api.Test;

class NodeAssemblyTest {
  private static final long MIB = 1024 * 1024;

  @Test
  void aLargeHeap_hasRoomForTheDefaults() {
    assertThat(NodeAssembly.gossip(MemoryBudget.ofHeap(4096 * MIB)))
        .isEqualTo(GossipSettings.DEFAULTS);
  }

  @Test
  void blocksThatArePutTogether_holdWhatTheBudgetSays() {
    MemoryBudget budget = MemoryBudget.ofHeap(0);
    RelaySettings relay = NodeAssembly.gossip(budget).relay();

    assertThat(relay.maxOpenBytes()).isEqualTo(budget.rebuildBytes());
    assertThat(relay.maxRecentBytes()).isEqualTo(budget.partsBytes());
    assertThat(relay.maxOpenBytes()).isLessThan(RelaySettings.DEFAULTS.maxOpenBytes());
  }

  @Test
  void blocksThatCameBeforeTheirTurn_areHeldAsTheBudgetSays() {
    MemoryBudget budget = MemoryBudget.ofHeap(0);
    SyncSettings sync = NodeAssembly.gossip(budget).sync();

    assertThat(sync.maxHeldBytes()).isEqualTo(budget.aheadBytes());
    assertThat(sync.maxHeldBytes()).isLessThan(SyncSettings.DEFAULTS.maxHeldBytes());
    assertThat(sync.maxChains()).isEqualTo(SyncSettings.DEFAULTS.maxChains());
  }
}
