package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainRulesTest {
  /** Computed by another program, from the Javadoc of the genesis and of the block. */
  @Test
  void genesis_isPinned() {
    Block genesis = ChainRules.of("waggle-test").genesis();

    assertThat(genesis.id().hex())
        .isEqualTo("e690cdb52a93bb8ee4683b741d1fa4f1dddc6e3167cd71def60240773aad36bb");
    assertThat(genesis.height()).isZero();
  }

  @Test
  void otherRules_haveAnotherGenesis() {
    assertThat(
            List.of(
                new ChainRules("a", 16).genesis().id(),
                new ChainRules("b", 16).genesis().id(),
                new ChainRules("a", 15).genesis().id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void proof_isTheNumberOfLeadingZeroBits() {
    ChainRules rules = new ChainRules("a", 12);

    assertThat(rules.isProvenBy(new MessageId(0x000F_FFFF_FFFF_FFFFL, -1, -1, -1))).isTrue();
    assertThat(rules.isProvenBy(new MessageId(0x0010_0000_0000_0000L, 0, 0, 0))).isFalse();
    assertThat(rules.isProvenBy(new MessageId(-1, 0, 0, 0))).isFalse();
    assertThat(new ChainRules("a", 0).isProvenBy(new MessageId(-1, 0, 0, 0))).isTrue();
  }

  @Test
  void difficultyOutOfBounds_isRefused() {
    assertThatThrownBy(() -> new ChainRules("a", -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ChainRules("a", 33)).isInstanceOf(IllegalArgumentException.class);
  }
}
