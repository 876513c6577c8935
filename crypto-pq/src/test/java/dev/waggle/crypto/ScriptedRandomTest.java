package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class ScriptedRandomTest {
  private final byte[] script = {1, 2, 3, 4, 5};
  private final ScriptedRandom random = new ScriptedRandom(script);

  @Test
  void bytes_comeOnceAndInOrder() {
    assertThat(drawn(2)).containsExactly(1, 2);
    assertThat(drawn(3)).containsExactly(3, 4, 5);
    random.requireUsedUp();
  }

  @Test
  void usedScript_isWiped() {
    drawn(5);
    random.requireUsedUp();

    assertThat(script).containsOnly(0);
  }

  @Test
  void drawingMore_isRefused() {
    drawn(4);

    assertThatIllegalStateException().isThrownBy(() -> drawn(2));
  }

  @Test
  void drawingLess_isNoticed() {
    drawn(4);

    assertThatIllegalStateException().isThrownBy(random::requireUsedUp);
  }

  private byte[] drawn(int length) {
    byte[] target = new byte[length];
    random.nextBytes(target);
    return target;
  }
}
