package dev.waggle.ports.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class SecretBytesTest {
  private final byte[] array = {1, 2, 3, 4};
  private final SecretBytes secret = SecretBytes.wrap(array);

  @Test
  void wrap_takesTheArrayOver() {
    assertThat(secret.borrowArray()).isSameAs(array);
    assertThat(secret.length()).isEqualTo(4);
  }

  @Test
  void copyOf_takesTheRangeAndLeavesTheSource() {
    SecretBytes copy = SecretBytes.copyOf(array, 1, 2);
    copy.close();

    assertThat(SecretBytes.copyOf(array, 1, 2).borrowArray()).containsExactly(2, 3);
    assertThat(array).containsExactly(1, 2, 3, 4);
  }

  @Test
  void close_wipes() {
    secret.close();
    secret.close();

    assertThat(array).containsOnly(0);
  }

  @Test
  void closedSecret_isOfNoUse() {
    secret.close();

    assertThatIllegalStateException().isThrownBy(secret::borrowArray);
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(secret).isEqualTo(SecretBytes.wrap(new byte[4])));
  }

  @Test
  void equality_isThatOfTheContent() {
    assertThat(secret).isEqualTo(SecretBytes.wrap(array.clone()));
    assertThat(secret).hasSameHashCodeAs(SecretBytes.wrap(array.clone()));
    assertThat(secret).isNotEqualTo(SecretBytes.wrap(new byte[] {1, 2, 3, 5}));
    assertThat(secret).isNotEqualTo(SecretBytes.wrap(new byte[] {1, 2, 3}));
  }

  @Test
  void text_tellsNothingButTheLength() {
    assertThat(secret).hasToString("SecretBytes(4)");
  }
}
