package dev.waggle.ports.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every {@link KeyDerivation} does, whoever computes it. */
public abstract class KeyDerivationContract {
  /** The implementation to test. */
  protected abstract KeyDerivation kdf();

  private final RandomSource random = Seeds.random(5);
  private final byte[] salt = random.bytes(20);
  private final byte[] info = random.bytes(30);
  private final byte[] material = random.bytes(32);

  @Test
  void lengths_areAsDeclared() {
    assertThat(kdf().extract(salt, secret(material)).length()).isEqualTo(kdf().hashLength());
    assertThat(kdf().mac(secret(material), info)).hasSize(kdf().hashLength());
    for (int length : new int[] {1, 12, 32, 33, 100, 255 * kdf().hashLength()}) {
      assertThat(kdf().expand(secret(material), info, length).length()).isEqualTo(length);
    }
  }

  @Test
  void sameInputs_giveTheSameOutputs() {
    assertThat(kdf().extract(salt, secret(material)))
        .isEqualTo(kdf().extract(salt, secret(material)));
    assertThat(kdf().expand(secret(material), info, 100))
        .isEqualTo(kdf().expand(secret(material), info, 100));
    assertThat(kdf().mac(secret(material), info)).isEqualTo(kdf().mac(secret(material), info));
  }

  @Test
  void everyInput_counts() {
    SecretBytes extracted = kdf().extract(salt, secret(material));
    assertThat(kdf().extract(changed(salt), secret(material))).isNotEqualTo(extracted);
    assertThat(kdf().extract(salt, secret(changed(material)))).isNotEqualTo(extracted);

    SecretBytes expanded = kdf().expand(secret(material), info, 32);
    assertThat(kdf().expand(secret(changed(material)), info, 32)).isNotEqualTo(expanded);
    assertThat(kdf().expand(secret(material), changed(info), 32)).isNotEqualTo(expanded);

    byte[] mac = kdf().mac(secret(material), info);
    assertThat(kdf().mac(secret(changed(material)), info)).isNotEqualTo(mac);
    assertThat(kdf().mac(secret(material), changed(info))).isNotEqualTo(mac);
  }

  @Test
  void shorterOutput_isTheBeginningOfALongerOne() {
    byte[] longer = kdf().expand(secret(material), info, 200).borrowArray();

    for (int length : new int[] {1, 31, 32, 33, 48, 199}) {
      assertThat(kdf().expand(secret(material), info, length).borrowArray())
          .isEqualTo(Arrays.copyOf(longer, length));
    }
  }

  @Test
  void blocksOfOneOutput_differ() {
    int block = kdf().hashLength();
    byte[] output = kdf().expand(secret(material), info, 2 * block).borrowArray();

    assertThat(Arrays.copyOf(output, block))
        .isNotEqualTo(Arrays.copyOfRange(output, block, 2 * block));
  }

  @Test
  void emptyInputs_areFine() {
    byte[] nothing = new byte[0];

    assertThat(kdf().extract(nothing, secret(nothing)).length()).isEqualTo(kdf().hashLength());
    assertThat(kdf().expand(secret(material), nothing, 32).length()).isEqualTo(32);
    assertThat(kdf().mac(secret(nothing), nothing)).hasSize(kdf().hashLength());
  }

  @Test
  void arguments_areBorrowedOnly() {
    SecretBytes lent = secret(material);
    SecretBytes extracted = kdf().extract(salt, lent);
    SecretBytes expanded = kdf().expand(lent, info, 64);

    assertThat(lent.borrowArray()).isEqualTo(material);
    lent.close();

    assertThat(extracted).isEqualTo(kdf().extract(salt, secret(material)));
    assertThat(expanded).isEqualTo(kdf().expand(secret(material), info, 64));
  }

  @Test
  void outputsOfForbiddenLength_areRefused() {
    for (int length : new int[] {-1, 0, 255 * kdf().hashLength() + 1, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kdf().expand(secret(material), info, length));
    }
  }

  private static SecretBytes secret(byte[] bytes) {
    return SecretBytes.wrap(bytes.clone());
  }

  private static byte[] changed(byte[] bytes) {
    byte[] copy = bytes.clone();
    copy[copy.length - 1] ^= 1;
    return copy;
  }
}
