package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.crypto.toy.ToySignature;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainRulesTest {
  /** Computed by another program, from the Javadoc of the genesis and of the block. */
  @Test
  void genesis_isPinned() {
    Block genesis = ChainRules.of("waggle-test", TestBlocks.SCHEME).genesis();

    assertThat(genesis.id().hex())
        .isEqualTo("638ac1cae53edfaf373b3368b0344e663ede030d6d8ef1cb7214cbb3f540a810");
    assertThat(genesis.height()).isZero();
  }

  @Test
  void otherRules_haveAnotherGenesis() {
    assertThat(
            List.of(
                rules("a", 16).genesis().id(),
                rules("b", 16).genesis().id(),
                rules("a", 15).genesis().id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void proof_isTheNumberOfLeadingZeroBits() {
    ChainRules rules = rules("a", 12);

    assertThat(rules.isProvenBy(new MessageId(0x000F_FFFF_FFFF_FFFFL, -1, -1, -1))).isTrue();
    assertThat(rules.isProvenBy(new MessageId(0x0010_0000_0000_0000L, 0, 0, 0))).isFalse();
    assertThat(rules.isProvenBy(new MessageId(-1, 0, 0, 0))).isFalse();
    assertThat(rules("a", 0).isProvenBy(new MessageId(-1, 0, 0, 0))).isTrue();
  }

  @Test
  void difficultyOutOfBounds_isRefused() {
    assertThatThrownBy(() -> rules("a", -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rules("a", 33)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void schemeOfOtherLengths_isRefused() {
    assertThatThrownBy(() -> new ChainRules("a", 1, ToySignature.shortest()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ML-DSA-65");
  }

  private static ChainRules rules(String network, int difficultyBits) {
    return new ChainRules(network, difficultyBits, TestBlocks.SCHEME);
  }
}
