package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ChainVectorsTest} pins whole transactions. */
class TransactionTest {
  private static final Bytes HELLO = Bytes.wrap("hello".getBytes(StandardCharsets.US_ASCII));
  private static final Transaction SIGNED = TestBlocks.transaction(0x0102030405060708L, HELLO);

  /** Version 1, the salt and the length with their least significant byte first, the memo. */
  private static final String BEGINNING = "01" + "0807060504030201" + "05000000" + "68656c6c6f";

  private static final String END =
      SIGNED.author().publicKey().hex() + SIGNED.author().signature().hex();

  @Test
  void encoding_isContentThenKeyThenSignature() {
    assertThat(SIGNED.payload().hex()).isEqualTo(BEGINNING + END);
    assertThat(SIGNED.author().publicKey().length()).isEqualTo(1952);
    assertThat(SIGNED.author().signature().length()).isEqualTo(3309);
    assertThat(SIGNED.id()).isEqualTo(MessageIds.of(SIGNED.toMessage()));
  }

  /** A signature over less, or without the network in it, would pass for another transaction's. */
  @Test
  void signature_isOverLabelGenesisAndAllBeforeIt() {
    byte[] label = "waggle/1 transaction".getBytes(StandardCharsets.US_ASCII);
    byte[] signed =
        Bytes.ofHex(
                Bytes.wrap(label).hex()
                    + TestBlocks.GENESIS.id().hex()
                    + BEGINNING
                    + SIGNED.author().publicKey().hex())
            .toArray();

    assertThat(
            TestBlocks.SCHEME.verify(
                SIGNED.author().publicKey(), signed, SIGNED.author().signature()))
        .isTrue();
  }

  @Test
  void decoding_isTheInverse() throws MalformedMessage {
    Transaction decoded = Transaction.decode(Bytes.ofHex(BEGINNING + END));

    assertThat(decoded).isEqualTo(SIGNED);
    assertThat(decoded.salt()).isEqualTo(0x0102030405060708L);
    assertThat(decoded.memo()).isEqualTo(HELLO);
    assertThat(decoded.author()).isEqualTo(SIGNED.author());
    assertThat(decoded.payload().hex()).isEqualTo(BEGINNING + END);
  }

  /** Only the id tells one from the other: the signature is a part of what it names. */
  @Test
  void otherSignature_makesAnotherTransaction() throws MalformedMessage {
    byte[] changed = SIGNED.payload().toArray();
    changed[changed.length - 1] ^= 1;

    assertThat(Transaction.decode(Bytes.wrap(changed))).isNotEqualTo(SIGNED);
  }

  @Test
  void salt_tellsEqualMemosApart() {
    Author author = TestBlocks.author(1);

    assertThat(author.write(HELLO)).isNotEqualTo(author.write(HELLO));
    assertThat(author.write(1, HELLO).salt()).isEqualTo(1);
  }

  @Test
  void largestMemo_makesTheLargestTransaction() throws MalformedMessage {
    Bytes memo = Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES]);
    Transaction largest = TestBlocks.transaction(1, memo);

    assertThat(largest.payload().length()).isEqualTo(Transaction.MAX_BYTES);
    assertThat(Transaction.decode(largest.payload())).isEqualTo(largest);
  }

  @Test
  void tooLargeMemo_isTheCallersMistake() {
    Bytes memo = Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES + 1]);

    assertThatThrownBy(() -> TestBlocks.transaction(1, memo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memo");
  }

  @Test
  void truncated_isMalformedAtEveryLength() {
    Bytes whole = SIGNED.payload();
    for (int length = 0; length < whole.length(); length++) {
      assertMalformed(Bytes.copyOf(whole.borrowArray(), 0, length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00" + "0807060504030201" + "05000000" + "68656c6c6f", // version 0
        "02" + "0807060504030201" + "05000000" + "68656c6c6f", // version 2
        "01" + "0807060504030201" + "04000000" + "68656c6c6f", // a byte is left over
        "01" + "0807060504030201" + "06000000" + "68656c6c6f", // a byte is missing
        "01" + "0807060504030201" + "ffffffff" + "68656c6c6f", // a memo of -1 bytes
        "01" + "0807060504030201" + "ffffff7f" + "68656c6c6f", // a memo of 2 GiB
      })
  void otherBytes_areMalformed(String beginning) {
    assertMalformed(Bytes.ofHex(beginning + END));
  }

  @Test
  void trailingByte_isMalformed() {
    assertMalformed(Bytes.ofHex(BEGINNING + END + "00"));
  }

  @Test
  void tooLarge_isMalformed() {
    Bytes memo = Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES]);
    byte[] largest = TestBlocks.transaction(1, memo).payload().toArray();
    byte[] encoded = Arrays.copyOf(largest, largest.length + 1);
    encoded[9]++; // the memo's length, which does not end with 0xff

    assertThatThrownBy(() -> Transaction.decode(Bytes.wrap(encoded)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("at most 65536 bytes");
  }

  private static void assertMalformed(Bytes encoded) {
    assertThatThrownBy(() -> Transaction.decode(encoded)).isInstanceOf(MalformedMessage.class);
  }
}
