package dev.waggle.ports.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private final RandomSource random = Seeds.random(3);
  private final byte[] secret = random.bytes(32);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 64, 1_000, 16_384, 65_536})
  void sealedText_opens(int length) {
    assertThat(opened(aead().opener(key()), nonce(1), sealed(nonce(1), length), length))
        .isEqualTo(text(length));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0, 16",
    "0, 65536",
    "1, 1",
    "5, 11",
    "15, 2",
    "16, 16",
    "17, 1000",
    "19, 65517",
    "30000, 4096",
    "65535, 1"
  })
  void textInTwoParts_isSealedAsIfItWereInOne(int headLength, int tailLength) {
    int length = headLength + tailLength;
    byte[] tail = new byte[3 + tailLength + NEXT];
    System.arraycopy(buffer(length), AAD + headLength, tail, 3, tailLength);
    byte[] tailBefore = tail.clone();
    byte[] buffer = buffer(length);
    Arrays.fill(buffer, AAD + headLength, AAD + length, (byte) 0);

    Aead.Sealer sealer = aead().sealer(key());
    sealer.seal(nonce(1), buffer, 0, AAD, AAD, headLength, tail, 3, tailLength);

    assertThat(buffer).isEqualTo(sealed(nonce(1), length));
    assertThat(tail).isEqualTo(tailBefore);
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
  void opening_writesTheTextAndNothingElse() {
    byte[] sealed = sealed(nonce(1), 100);
    byte[] sealedBefore = sealed.clone();
    byte[] plaintext = new byte[100 + NEXT];
    Arrays.fill(plaintext, (byte) 0x55);

    aead().opener(key()).open(nonce(1), sealed, 0, AAD, AAD, 100 + aead().tagLength(), plaintext);

    assertThat(sealed).isEqualTo(sealedBefore);
    assertThat(plaintext).startsWith(text(100));
    assertThat(Arrays.copyOfRange(plaintext, 100, 100 + NEXT)).containsOnly(0x55);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 1_000, 65_536})
  void opening_putsTheTextWhereItIsWanted_andNothingElse(int length) {
    int at = 77;
    byte[] sealed = sealed(nonce(1), length);
    byte[] plaintext = new byte[at + length + NEXT];
    Arrays.fill(plaintext, (byte) 0x55);

    int sealedLength = length + aead().tagLength();
    int opened =
        aead().opener(key()).open(nonce(1), sealed, 0, AAD, AAD, sealedLength, plaintext, at);

    assertThat(opened).isEqualTo(length);
    assertThat(Arrays.copyOfRange(plaintext, at, at + length)).isEqualTo(text(length));
    Arrays.fill(plaintext, at, at + length, (byte) 0x55);
    assertThat(plaintext).containsOnly(0x55);
  }

  @Test
  void oneSealerAndOneOpener_serveManyRecords() {
    Aead.Sealer sealer = aead().sealer(key());
    Aead.Opener opener = aead().opener(key());

    for (int record = 0; record < 100; record++) {
      byte[] buffer = buffer(record);
      sealer.seal(nonce(record), buffer, 0, AAD, AAD, record);
      assertThat(opened(opener, nonce(record), buffer, record)).isEqualTo(text(record));
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
    assertThat(opened(opener, nonce(1), buffer, 50)).isEqualTo(text(50));
  }

  @Test
  void everyFlippedBit_isForged() {
    byte[] sealed = sealed(nonce(1), 40);
    int sealedLength = 40 + aead().tagLength();

    for (int bit = 0; bit < 8 * (AAD + sealedLength); bit++) {
      byte[] tampered = sealed.clone();
      tampered[bit / 8] ^= (byte) (1 << bit % 8);
      assertForged(aead().opener(key()), nonce(1), tampered, AAD, sealedLength);
    }
  }

  @Test
  void truncatedText_isForged() {
    byte[] sealed = sealed(nonce(1), 40);

    for (int length = 0; length < 40 + aead().tagLength(); length++) {
      assertForged(aead().opener(key()), nonce(1), sealed, AAD, length);
    }
  }

  @Test
  void anotherNonceKeyOrAad_isForged() {
    byte[] sealed = sealed(nonce(1), 40);
    int sealedLength = 40 + aead().tagLength();
    SecretBytes otherKey = SecretBytes.wrap(random.bytes(aead().keyLength()));

    assertForged(aead().opener(key()), nonce(2), sealed, AAD, sealedLength);
    assertForged(aead().opener(otherKey), nonce(1), sealed, AAD, sealedLength);
    assertForged(aead().opener(key()), nonce(1), sealed, AAD - 1, sealedLength);
  }

  @Test
  void opener_goesOnAfterAForgery() {
    Aead.Opener opener = aead().opener(key());
    byte[] sealed = sealed(nonce(1), 40);
    int sealedLength = 40 + aead().tagLength();
    byte[] tampered = sealed.clone();
    tampered[AAD]++;

    assertForged(opener, nonce(1), tampered, AAD, sealedLength);
    assertThat(opened(opener, nonce(1), sealed, 40)).isEqualTo(text(40));
  }

  @Test
  void forgery_leavesNoPlaintextBehind() {
    byte[] tampered = sealed(nonce(1), 4_000);
    tampered[AAD + 4_000]++;
    byte[] plaintext = buffer(4_000);

    aead()
        .opener(key())
        .open(nonce(1), tampered, 0, AAD, AAD, 4_000 + aead().tagLength(), plaintext);

    assertThat(Arrays.copyOf(plaintext, 4_000)).containsOnly(0);
  }

  @Test
  void forgery_leavesWhatLiesBesideItAsItWas() {
    byte[] tampered = sealed(nonce(1), 4_000);
    tampered[AAD + 4_000]++;
    byte[] plaintext = new byte[5_000];
    Arrays.fill(plaintext, (byte) 0x55);

    int sealedLength = 4_000 + aead().tagLength();
    aead().opener(key()).open(nonce(1), tampered, 0, AAD, AAD, sealedLength, plaintext, 500);

    assertThat(Arrays.copyOfRange(plaintext, 500, 4_500)).containsOnly(0);
    assertThat(Arrays.copyOfRange(plaintext, 0, 500)).containsOnly(0x55);
    assertThat(Arrays.copyOfRange(plaintext, 4_500, 5_000)).containsOnly(0x55);
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
    assertTailRefused(buffer, 10, 0, 100 - AAD - tag - 10 + 1);
    assertTailRefused(buffer, 10, 95, 6);
    assertTailRefused(buffer, 10, -1, 6);
    assertTailRefused(buffer, 10, 0, -1);
    assertTailRefused(buffer, 10, 0, Integer.MAX_VALUE);
    assertOpenRefused(buffer, 0, AAD, AAD, 100 - AAD + 1);
    assertOpenRefused(buffer, 0, AAD, -1, 20);
    assertOpenRefused(buffer, 99, 2, AAD, 20);
    assertOpenRefused(buffer, 0, AAD, Integer.MAX_VALUE, 20);
    assertOpenRefused(buffer, 0, AAD, AAD, Integer.MAX_VALUE);
    assertPlaintextRefused(buffer, 9, 0);
    assertPlaintextRefused(buffer, 100, 91);
    assertPlaintextRefused(buffer, 100, -1);
    assertPlaintextRefused(buffer, 100, Integer.MAX_VALUE);
  }

  private void assertTailRefused(byte[] buffer, int headLength, int tailAt, int tailLength) {
    byte[] tail = new byte[100];
    Aead.Sealer sealer = aead().sealer(key());
    assertThatThrownBy(
            () -> sealer.seal(nonce(1), buffer, 0, AAD, AAD, headLength, tail, tailAt, tailLength))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private void assertSealRefused(byte[] buffer, int aadAt, int aadLength, int at, int length) {
    assertThatThrownBy(
            () -> aead().sealer(key()).seal(nonce(1), buffer, aadAt, aadLength, at, length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private void assertOpenRefused(byte[] buffer, int aadAt, int aadLength, int at, int length) {
    assertThatThrownBy(
            () ->
                aead()
                    .opener(key())
                    .open(nonce(1), buffer, aadAt, aadLength, at, length, new byte[100]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private void assertPlaintextRefused(byte[] buffer, int plaintextLength, int at) {
    int sealedLength = 10 + aead().tagLength();
    byte[] plaintext = new byte[plaintextLength];
    Aead.Opener opener = aead().opener(key());
    assertThatThrownBy(
            () -> opener.open(nonce(1), buffer, 0, AAD, AAD, sealedLength, plaintext, at))
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

  /** The text in a {@link #buffer}. */
  private byte[] text(int length) {
    return Arrays.copyOfRange(buffer(length), AAD, AAD + length);
  }

  private byte[] opened(Aead.Opener opener, byte[] nonce, byte[] sealed, int length) {
    byte[] plaintext = new byte[length];
    assertThat(opener.open(nonce, sealed, 0, AAD, AAD, length + aead().tagLength(), plaintext))
        .isEqualTo(length);
    return plaintext;
  }

  private static void assertForged(
      Aead.Opener opener, byte[] nonce, byte[] sealed, int aadLength, int length) {
    assertThat(opener.open(nonce, sealed, 0, aadLength, AAD, length, new byte[sealed.length]))
        .as("%d bytes", length)
        .isEqualTo(Aead.Opener.FORGED);
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
