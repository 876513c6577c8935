package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
  private static final Transaction HELLO =
      Transaction.of(0x0102030405060708L, Bytes.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
  private static final Transaction EMPTY = Transaction.of(2, Bytes.EMPTY);

  private static final String HEIGHT = "0700000000000000";
  private static final String PARENT =
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String TIME = "0068e5cf8b010000";
  private static final String ROOT =
      "ed598058ddf6df84f16da9cb630883f45969924d9bf86dae411a5d2eb461474b";
  private static final String MINER =
      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
  private static final String TRANSACTIONS =
      "02000000"
          + ("12000000" + "01" + "0807060504030201" + "05000000" + "68656c6c6f")
          + ("0d000000" + "01" + "0200000000000000" + "00000000");
  private static final String NONCE = "8877665544332211";
  private static final String GOLDEN =
      "01" + HEIGHT + PARENT + TIME + ROOT + MINER + TRANSACTIONS + NONCE;

  private static final Block BLOCK =
      Block.of(
          new BlockTemplate(
              7,
              MessageId.ofHex(PARENT),
              1_700_000_000_000L,
              TestBlocks.peer(0xBB),
              List.of(HELLO, EMPTY)),
          0x1122334455667788L);

  @Test
  void encoding_isPinned() {
    assertThat(BLOCK.payload().hex()).isEqualTo(GOLDEN);
    assertThat(BLOCK.id().hex())
        .isEqualTo("736f126e84ab38a4fd21a566c76c885ccd79cb905dcd3ec545c1849f068f1a8a");
  }

  @Test
  void id_isThatOfTheGossipMessage() {
    assertThat(BLOCK.id()).isEqualTo(MessageIds.of(BLOCK.toMessage()));
    assertThat(HELLO.id()).isEqualTo(MessageIds.of(HELLO.toMessage()));
  }

  @Test
  void decoding_isTheInverse() throws MalformedMessage {
    Block decoded = Block.decode(Bytes.ofHex(GOLDEN));

    assertThat(decoded).isEqualTo(BLOCK);
    assertThat(decoded.height()).isEqualTo(7);
    assertThat(decoded.parent().hex()).isEqualTo(PARENT);
    assertThat(decoded.timeMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(decoded.miner()).isEqualTo(TestBlocks.peer(0xBB));
    assertThat(decoded.transactions()).containsExactly(HELLO, EMPTY);
    assertThat(decoded.nonce()).isEqualTo(0x1122334455667788L);
  }

  @Test
  void truncated_isMalformedAtEveryLength() {
    Bytes whole = BLOCK.payload();
    for (int length = 0; length < whole.length(); length++) {
      assertMalformed(Bytes.copyOf(whole.borrowArray(), 0, length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOLDEN + "00", // a byte is left over
        "02" + HEIGHT + PARENT + TIME + ROOT + MINER + TRANSACTIONS + NONCE, // version 2
        "01" + "0000000000000080" + PARENT + TIME + ROOT + MINER + TRANSACTIONS + NONCE,
        "01" + HEIGHT + PARENT + "ffffffffffffffff" + ROOT + MINER + TRANSACTIONS + NONCE,
        "01" + HEIGHT + PARENT + TIME + ROOT + MINER + "ffffffff" + NONCE, // -1 transactions
        "01" + HEIGHT + PARENT + TIME + ROOT + MINER + "01100000" + NONCE, // 4097 of them
        "01" + HEIGHT + PARENT + TIME + ROOT + MINER + "01000000ffffff7f" + NONCE, // 2 GiB
      })
  void otherBytes_areMalformed(String hex) {
    assertMalformed(Bytes.ofHex(hex));
  }

  @Test
  void wrongTransactionsRoot_isMalformed() {
    String other = GOLDEN.replace(ROOT, "cc".repeat(32));

    assertThatThrownBy(() -> Block.decode(Bytes.ofHex(other)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("root");
  }

  @Test
  void repeatedTransaction_isMalformed() {
    String empty = "0d000000" + "01" + "0200000000000000" + "00000000";
    String root = MerkleTree.root(List.of(EMPTY, EMPTY)).hex();
    String twice =
        "01" + HEIGHT + PARENT + TIME + root + MINER + "02000000" + empty + empty + NONCE;

    assertThatThrownBy(() -> Block.decode(Bytes.ofHex(twice)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("twice");
  }

  @Test
  void tooLarge_isMalformedHoweverItGoesOn() {
    assertThatThrownBy(() -> Block.decode(Bytes.wrap(new byte[Block.MAX_BYTES + 1])))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("at most 1048576 bytes");
  }

  /** Every change makes another block or none: no two encodings mean the same. */
  @Test
  void everyBitFlipped_isMalformedOrAnotherBlock() {
    byte[] original = BLOCK.payload().toArray();
    for (int bit = 0; bit < 8 * original.length; bit++) {
      byte[] mutated = original.clone();
      mutated[bit / 8] ^= (byte) (1 << bit % 8);
      assertCanonical(mutated);
    }
  }

  @Test
  void mutatedBytes_neverDoMoreThanFail() {
    SplittableRandom random = new SplittableRandom(20);
    for (int round = 0; round < 20_000; round++) {
      byte[] mutated = BLOCK.payload().toArray();
      for (int changes = random.nextInt(1, 8); changes > 0; changes--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      assertCanonical(mutated);
    }
  }

  private static void assertCanonical(byte[] encoded) {
    Block decoded;
    try {
      decoded = Block.decode(Bytes.copyOf(encoded));
    } catch (MalformedMessage e) {
      return;
    }
    assertThat(TestBlocks.encodedAgain(decoded).borrowArray()).isEqualTo(encoded);
  }

  @Test
  void fullBlock_roundTrips() throws MalformedMessage {
    List<Transaction> transactions = new ArrayList<>();
    for (int salt = 0; salt < Block.MAX_TRANSACTIONS; salt++) {
      transactions.add(TestBlocks.transaction(salt));
    }
    Block block =
        Block.of(new BlockTemplate(1, BLOCK.id(), 0, TestBlocks.peer(1), transactions), 1);

    assertThat(Block.decode(block.payload()).transactions()).isEqualTo(transactions);
  }

  private static void assertMalformed(Bytes encoded) {
    assertThatThrownBy(() -> Block.decode(encoded)).isInstanceOf(MalformedMessage.class);
  }
}
