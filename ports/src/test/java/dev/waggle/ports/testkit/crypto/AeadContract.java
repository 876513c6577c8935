package dev.waggle.ports.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Aead} does, whoever computes it.
 *
 * <p>The buffers look like those of the record layer: {@code aad | text | tag | what comes next}.
 */
public abstract class AeadContract {
  private static final int AAD = 4;
  private static final int NEXT = 7;

  /** The implementation to test. */
  protected abstract Aead aead();

  private final SeededRandom random = new SeededRandom(3);
  private final byte[] secret = random.bytes(32);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 64, 1_000, 16_384, 65_536})
  void sealedText_opensInPlace(int length) {
    byte[] nonce = nonce(1);
    byte[] plain = buffer(length);
    byte[] buffer = plain.clone();

    aead().sealer(key()).seal(nonce, buffer, 0, AAD, AAD, length);
    int opened = aead().opener(key()).open(nonce, buffer, 0, AAD, AAD, length + aead().tagLength());

    assertThat(opened).isEqualTo(length);
    assertThat(Arrays.copyOf(buffer, AAD + length)).isEqualTo(Arrays.copyOf(plain, AAD + length));
  }

  @Test
  void sealing_changesNothingOutsideItsRange() {
    byte[] plain = buffer(100);
    byte[] buffer = plain.clone();

    aead().sealer(key()).seal(nonce(1), buffer, 0, AAD, AAD, 100);

    assertThat(Arrays.copyOf(buffer, AAD)).isEqualTo(Arrays.copyOf(plain, AAD));
    int end = AAD + 100 + aead().tagLength();
    assertThat(Arrays.copyOfRange(buffer, end, end + NEXT))
        .isEqualTo(Arrays.copyOfRange(plain, end, end + NEXT));
    assertThat(Arrays.copyOfRange(buffer, AAD, AAD + 100))
        .isNotEqualTo(Arrays.copyOfRange(plain, AAD, AAD + 100));
  }

  @Test
  void opening_changesNothingOutsideItsRange() {
    byte[] sealed = sealed(nonce(1), 100);
    byte[] buffer = sealed.clone();

    aead().opener(key()).open(nonce(1), buffer, 0, AAD, AAD, 100 + aead().tagLength());

    int end = AAD + 100 + aead().tagLength();
    assertThat(Arrays.copyOf(buffer, AAD)).isEqualTo(Arrays.copyOf(sealed, AAD));
    assertThat(Arrays.copyOfRange(buffer, end, end + NEXT))
        .isEqualTo(Arrays.copyOfRange(sealed, end, end + NEXT));
  }

  @Test
  void oneSealerAndOneOpener_serveManyRecords() {
    Aead.Sealer sealer = aead().sealer(key());
    Aead.Opener opener = aead().opener(key());

    for (int record = 0; record < 100; record++) {
      byte[] plain = buffer(record);
      byte[] buffer = plain.clone();
      sealer.seal(nonce(record), buffer, 0, AAD, AAD, record);
      assertThat(opener.open(nonce(record), buffer, 0, AAD, AAD, record + aead().tagLength()))
          .isEqualTo(record);
      assertThat(Arrays.copyOf(buffer, AAD + record)).isEqualTo(Arrays.copyOf(plain, AAD + record));
    }
  }

  @Test
  void key_isBorrowedOnly() {
    SecretBytes lentKey = key();
    Aead.Sealer sealer = aead().sealer(lentKey);
    Aead.Opener opener = aead().opener(lentKey);
    lentKey.close();

    byte[] buffer = buffer(50);
    sealer.seal(nonce(1), buffer, 0, AAD, AAD, 50);

    assertThat(buffer).isEqualTo(sealed(nonce(1), 50));
    assertThat(opener.open(nonce(1), buffer, 0, AAD, AAD, 50 + aead().tagLength())).isEqualTo(50);
  }

  @Test
  void everyFlippedBit_isForged() {
    byte[] sealed = sealed(nonce(1), 40);
    int sealedLength = 40 + aead().tagLength();

    for (int bit = 0; bit < 8 * (AAD + sealedLength); bit++) {
      byte[] tampered = sealed.clone();
      tampered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(aead().opener(key()).open(nonce(1), tampered, 0, AAD, AAD, sealedLength))
          .as("bit %d", bit)
          .isEqualTo(Aead.Opener.FORGED);
    }
  }

  @Test
  void truncatedText_isForged() {
    byte[] sealed = sealed(nonce(1), 40);

    for (int length = 0; length < 40 + aead().tagLength(); length++) {
      assertThat(aead().opener(key()).open(nonce(1), sealed.clone(), 0, AAD, AAD, length))
          .as("%d bytes", length)
          .isEqualTo(Aead.Opener.FORGED);
    }
  }

  @Test
  void anotherNonceKeyOrAad_isForged() {
    byte[] sealed = sealed(nonce(1), 40);
    int sealedLength = 40 + aead().tagLength();
    SecretBytes otherKey = SecretBytes.wrap(random.bytes(aead().keyLength()));

    assertThat(aead().opener(key()).open(nonce(2), sealed.clone(), 0, AAD, AAD, sealedLength))
        .isEqualTo(Aead.Opener.FORGED);
    assertThat(aead().opener(otherKey).open(nonce(1), sealed.clone(), 0, AAD, AAD, sealedLength))
        .isEqualTo(Aead.Opener.FORGED);
    assertThat(aead().opener(key()).open(nonce(1), sealed.clone(), 0, AAD - 1, AAD, sealedLength))
        .isEqualTo(Aead.Opener.FORGED);
  }

  @Test
  void opener_goesOnAfterAForgery() {
    Aead.Opener opener = aead().opener(key());
    byte[] sealed = sealed(nonce(1), 40);
    int sealedLength = 40 + aead().tagLength();
    byte[] tampered = sealed.clone();
    tampered[AAD]++;

    assertThat(opener.open(nonce(1), tampered, 0, AAD, AAD, sealedLength))
        .isEqualTo(Aead.Opener.FORGED);
    assertThat(opener.open(nonce(1), sealed, 0, AAD, AAD, sealedLength)).isEqualTo(40);
  }

  @Test
  void forgery_leavesNoPlaintextBehind() {
    byte[] plain = buffer(40);
    byte[] tampered = sealed(nonce(1), 40);
    int tag = AAD + 40;
    tampered[tag]++;

    aead().opener(key()).open(nonce(1), tampered, 0, AAD, AAD, 40 + aead().tagLength());

    assertThat(Arrays.copyOfRange(tampered, AAD, tag))
        .isNotEqualTo(Arrays.copyOfRange(plain, AAD, tag));
  }

  @Test
  void sameText_isSealedDifferentlyUnderEachNonce() {
    assertThat(sealed(nonce(1), 40)).isNotEqualTo(sealed(nonce(2), 40));
  }

  @Test
  void rangesOutsideTheBuffer_areRefused() {
    byte[] buffer = new byte[100];
    int tag = aead().tagLength();

    assertSealRefused(buffer, 0, AAD, AAD, 100 - AAD - tag + 1);
    assertSealRefused(buffer, 0, AAD, -1, 10);
    assertSealRefused(buffer, 0, AAD, AAD, -1);
    assertSealRefused(buffer, 99, 2, AAD, 10);
    assertSealRefused(buffer, -1, 2, AAD, 10);
    assertSealRefused(buffer, 0, AAD, Integer.MAX_VALUE, 10);
    assertSealRefused(buffer, 0, AAD, AAD, Integer.MAX_VALUE);
    assertSealRefused(new byte[tag - 1], 0, 0, 0, 0);
    assertOpenRefused(buffer, 0, AAD, AAD, 100 - AAD + 1);
    assertOpenRefused(buffer, 0, AAD, -1, 20);
    assertOpenRefused(buffer, 99, 2, AAD, 20);
    assertOpenRefused(buffer, 0, AAD, Integer.MAX_VALUE, 20);
    assertOpenRefused(buffer, 0, AAD, AAD, Integer.MAX_VALUE);
  }

  private void assertSealRefused(byte[] buffer, int aadAt, int aadLength, int at, int length) {
    assertThatThrownBy(
            () -> aead().sealer(key()).seal(nonce(1), buffer, aadAt, aadLength, at, length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private void assertOpenRefused(byte[] buffer, int aadAt, int aadLength, int at, int length) {
    assertThatThrownBy(
            () -> aead().opener(key()).open(nonce(1), buffer, aadAt, aadLength, at, length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void keyOfWrongLength_isRefused() {
    SecretBytes shortKey = SecretBytes.wrap(new byte[aead().keyLength() - 1]);

    assertThatIllegalArgumentException().isThrownBy(() -> aead().sealer(shortKey));
    assertThatIllegalArgumentException().isThrownBy(() -> aead().opener(shortKey));
  }

  /** {@code aad | text | room for the tag | next}, every byte different from its neighbours. */
  private byte[] buffer(int length) {
    byte[] buffer = new byte[AAD + length + aead().tagLength() + NEXT];
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] = (byte) (i + 1);
    }
    return buffer;
  }

  private byte[] sealed(byte[] nonce, int length) {
    byte[] buffer = buffer(length);
    aead().sealer(key()).seal(nonce, buffer, 0, AAD, AAD, length);
    return buffer;
  }

  private byte[] nonce(int counter) {
    return Arrays.copyOf(new byte[] {(byte) counter}, aead().nonceLength());
  }

  private SecretBytes key() {
    return SecretBytes.wrap(Arrays.copyOf(secret, aead().keyLength()));
  }
}
