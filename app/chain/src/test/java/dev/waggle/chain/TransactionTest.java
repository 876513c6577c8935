package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTest {
  private static final Bytes HELLO = Bytes.wrap("hello".getBytes(StandardCharsets.US_ASCII));

  /** Version 1, the salt and the length with their least significant byte first, the memo. */
  private static final String GOLDEN = "01" + "0807060504030201" + "05000000" + "68656c6c6f";

  @Test
  void encoding_isPinned() {
    Transaction transaction = Transaction.of(0x0102030405060708L, HELLO);

    assertThat(transaction.payload().hex()).isEqualTo(GOLDEN);
    assertThat(transaction.id().hex())
        .isEqualTo("10f16f51d43db4cac4ac502277ce3a2addcc29c081b6c337e5af124cefd44418");
  }

  @Test
  void decoding_isTheInverse() throws MalformedMessage {
    Transaction decoded = Transaction.decode(Bytes.ofHex(GOLDEN));

    assertThat(decoded).isEqualTo(Transaction.of(0x0102030405060708L, HELLO));
    assertThat(decoded.salt()).isEqualTo(0x0102030405060708L);
    assertThat(decoded.memo()).isEqualTo(HELLO);
    assertThat(decoded.payload().hex()).isEqualTo(GOLDEN);
  }

  @Test
  void salt_tellsEqualMemosApart() {
    assertThat(Transaction.of(1, HELLO)).isNotEqualTo(Transaction.of(2, HELLO));
  }

  @Test
  void largestMemo_makesTheLargestTransaction() throws MalformedMessage {
    Transaction largest = Transaction.of(1, Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES]));

    assertThat(largest.payload().length()).isEqualTo(Transaction.MAX_BYTES);
    assertThat(Transaction.decode(largest.payload())).isEqualTo(largest);
  }

  @Test
  void tooLargeMemo_isTheCallersMistake() {
    Bytes memo = Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES + 1]);

    assertThatThrownBy(() -> Transaction.of(1, memo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memo");
  }

  @Test
  void truncated_isMalformedAtEveryLength() {
    Bytes whole = Bytes.ofHex(GOLDEN);
    for (int length = 0; length < whole.length(); length++) {
      assertMalformed(Bytes.copyOf(whole.borrowArray(), 0, length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOLDEN + "00", // a byte is left over
        "00" + "0807060504030201" + "00000000", // version 0
        "02" + "0807060504030201" + "00000000", // version 2
        "01" + "0807060504030201" + "ffffffff", // a memo of -1 bytes
        "01" + "0807060504030201" + "ffffff7f", // a memo of 2 GiB
      })
  void otherBytes_areMalformed(String hex) {
    assertMalformed(Bytes.ofHex(hex));
  }

  @Test
  void tooLarge_isMalformed() {
    byte[] encoded = new byte[Transaction.MAX_BYTES + 1];
    encoded[0] = 1;
    int memoLength = encoded.length - 13;
    encoded[9] = (byte) memoLength;
    encoded[10] = (byte) (memoLength >> 8);
    encoded[11] = (byte) (memoLength >> 16);

    assertThatThrownBy(() -> Transaction.decode(Bytes.wrap(encoded)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("at most 65536 bytes");
  }

  private static void assertMalformed(Bytes encoded) {
    assertThatThrownBy(() -> Transaction.decode(encoded)).isInstanceOf(MalformedMessage.class);
  }
}
