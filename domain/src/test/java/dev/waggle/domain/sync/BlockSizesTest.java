package dev.waggle.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockSizesTest {
  private final BlockSizes sizes = new BlockSizes(32L << 20);

  @Test
  void beforeABlockHasCome_someHundredMayBeUnderWay() {
    assertThat(sizes.window()).isEqualTo(256);
  }

  @Test
  void halfOfWhatMayBeHeld_isUnderWayAtMost() {
    assertThat(new BlockSizes(4L << 20).window()).isEqualTo(32);
    assertThat(new BlockSizes(0).window()).isEqualTo(1);
  }

  @Test
  void ofSmallBlocks_2048Are_afterSomeHaveCome() {
    for (int i = 0; i < 200; i++) {
      sizes.came(5_418);
    }
    assertThat(sizes.window()).isEqualTo(BlockSizes.WINDOW_BLOCKS);
  }

  @Test
  void oneLargeBlock_countsAtOnce_andIsForgottenByAndBy() {
    sizes.came(8 << 20);
    assertThat(sizes.window()).isEqualTo(2);
    sizes.came(100);
    assertThat(sizes.window()).isEqualTo(2);
    for (int i = 0; i < 200; i++) {
      sizes.came(100);
    }
    assertThat(sizes.window()).isEqualTo(BlockSizes.WINDOW_BLOCKS);
  }

  @Test
  void theLargestBlocks_areAskedForOneByOne_orTwoByTwo() {
    for (int i = 0; i < 100; i++) {
      sizes.came((16 << 20) + 1);
    }
    assertThat(sizes.window()).isEqualTo(1);
  }
}
