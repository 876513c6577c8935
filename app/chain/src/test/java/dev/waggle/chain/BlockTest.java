package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link ChainVectorsTest} pins whole blocks, {@link ChainFormatTest} takes them apart. */
class BlockTest {
  private static final Transaction HELLO =
      TestBlocks.transaction(
          0x0102030405060708L, Bytes.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
  private static final Transaction EMPTY = TestBlocks.transaction(2, Bytes.EMPTY);

  private static final String HEIGHT = "0700000000000000";
  private static final String PARENT = "aa".repeat(32);
  private static final String TIME = "0068e5cf8b010000";
  private static final String NONCE = "8877665544332211";

  private static final SignedTemplate SIGNED =
      TestBlocks.author(3)
          .sign(
              new BlockTemplate(
                  7, MessageId.ofHex(PARENT), 1_700_000_000_000L, List.of(HELLO, EMPTY)));

  private static final Block BLOCK = SIGNED.with(0x1122334455667788L);

  private static final String SIGNED_FIELDS =
      "01"
          + HEIGHT
          + PARENT
          + TIME
          + MerkleTree.root(List.of(HELLO.id(), EMPTY.id())).hex()
          + TestBlocks.miner(3).hex()
          + "02000000";

  @Test
  void encoding_isHeaderThenProofThenItems() {
    Bytes proof = BLOCK.proof().encode();
    String header = SIGNED_FIELDS + MessageIds.sha256(proof).hex() + NONCE;
    assertThat(header).hasSize(2 * 157);

    assertThat(BLOCK.payload().hex()).isEqualTo(header + proof.hex() + item(HELLO) + item(EMPTY));
    assertThat(BLOCK.encodedHeader().hex()).isEqualTo(header);
    assertThat(BLOCK.proof().peerId()).isEqualTo(BLOCK.miner());
    assertThat(BLOCK.id().toArray()).isEqualTo(sha256("81" + header));
  }

  private static String item(Transaction transaction) {
    Bytes payload = transaction.payload();
    return "%02x%02x0000".formatted(payload.length() & 0xff, payload.length() >> 8) + payload.hex();
  }

  private static byte[] sha256(String hex) {
    return MessageIds.sha256(Bytes.ofHex(hex)).toArray();
  }

  /** The nonce is searched when it is signed already. */
  @Test
  void signature_isOverLabelGenesisAndTheHeaderBeforeTheProofsHash() {
    byte[] label = "waggle/1 block".getBytes(StandardCharsets.US_ASCII);
    Bytes signed =
        Bytes.ofHex(Bytes.wrap(label).hex() + TestBlocks.GENESIS.id().hex() + SIGNED_FIELDS);
    Attestation proof = BLOCK.proof();

    assertThat(TestBlocks.SCHEME.verify(proof.publicKey(), signed.toArray(), proof.signature()))
        .isTrue();
  }

  @Test
  void id_isThatOfTheGossipMessage() {
    assertThat(BLOCK.id()).isEqualTo(MessageIds.of(BLOCK.toMessage()));
    assertThat(BLOCK.id()).isEqualTo(SIGNED.idWith(BLOCK.nonce()));
  }

  @Test
  void decoding_isTheInverse() throws MalformedMessage {
    Block decoded = Block.decode(BLOCK.payload());

    assertThat(decoded).isEqualTo(BLOCK);
    assertThat(decoded.height()).isEqualTo(7);
    assertThat(decoded.parent().hex()).isEqualTo(PARENT);
    assertThat(decoded.timeMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(decoded.miner()).isEqualTo(TestBlocks.miner(3));
    assertThat(decoded.transactions()).containsExactly(HELLO, EMPTY);
    assertThat(decoded.proof()).isEqualTo(BLOCK.proof());
    assertThat(decoded.nonce()).isEqualTo(0x1122334455667788L);
  }

  @Test
  void truncated_isMalformedAtEveryLength() {
    byte[] whole = BLOCK.payload().toArray();
    for (int length = 0; length < whole.length; length++) {
      assertMalformed(Arrays.copyOf(whole, length), "");
    }
    assertMalformed(Arrays.copyOf(whole, whole.length + 1), "left over");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00, unknown version 0",
    "0, 02, unknown version 2",
    "1, 0000000000000080, not negative",
    "41, ffffffffffffffff, not negative",
    "49, 00, transactions root",
    "113, ffffffff, at most 4096 transactions",
    "113, 01100000, at most 4096 transactions",
    "113, 01000000, left over",
    "113, 03000000, expected",
    "117, 00, proof hash",
    "157, ff, proof hash", // the miner's key
    "5417, 01, proof hash", // the end of its signature
    "5418, ffffff7f, expected", // a transaction of 2 GiB
    "5418, ffffffff, expected",
    "5422, 02, transactions root", // the version of the first transaction
  })
  void otherBytes_areMalformed(int at, String hex, String why) {
    byte[] changed = BLOCK.payload().toArray();
    Bytes.ofHex(hex).copyTo(changed, at);

    assertMalformed(changed, why);
  }

  @Test
  void repeatedTransaction_isMalformed() {
    BlockHeader twice =
        new BlockHeader(
            7,
            MessageId.ofHex(PARENT),
            0,
            MerkleTree.root(List.of(EMPTY.id(), EMPTY.id())),
            BLOCK.miner(),
            2,
            MessageIds.sha256(BLOCK.proof().encode()),
            0);
    Block block = Block.of(twice, BLOCK.proof(), List.of(EMPTY, EMPTY));

    assertMalformed(block.payload().toArray(), "twice");
  }

  @Test
  void tooLarge_isMalformedHoweverItGoesOn() {
    assertMalformed(new byte[Block.MAX_BYTES + 1], "at most 8388544 bytes");
  }

  /** Whatever is changed: no block, or its own encoding, and so another id. */
  @Test
  void mutants_areMalformedOrCanonical() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = BLOCK.payload().toArray();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        int within = random.nextBoolean() ? BlockHeader.BYTES : mutated.length;
        mutated[random.nextInt(within)] = (byte) random.nextInt();
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
    assertThat(TestBlocks.encodedAgain(decoded).toArray()).isEqualTo(encoded);
    assertThat(decoded.id().equals(BLOCK.id()))
        .isEqualTo(Arrays.equals(encoded, BLOCK.payload().toArray()));
  }

  /** As large as may be, to the byte. */
  @Test
  void largestBlock_roundTrips() throws MalformedMessage {
    Block largest = largestOn(TestBlocks.GENESIS);

    assertThat(largest.payload().length()).isEqualTo(Block.MAX_BYTES);
    assertThat(Block.decode(largest.payload()).transactions()).isEqualTo(largest.transactions());
  }

  /** A block of {@link Block#MAX_BYTES}. */
  static Block largestOn(Block parent) {
    List<Transaction> transactions = new ArrayList<>();
    int left = Block.MAX_BYTES - Block.OVERHEAD;
    while (left > 0) {
      int next = left < 2 * Transaction.MAX_BYTES ? left / 2 : Transaction.MAX_BYTES;
      next = left <= Transaction.MAX_BYTES ? left - Integer.BYTES : next - Integer.BYTES;
      byte[] memo = new byte[next - Transaction.OVERHEAD];
      transactions.add(TestBlocks.transaction(1_000_000 + left, Bytes.wrap(memo)));
      left -= Integer.BYTES + next;
    }
    return TestBlocks.blockOn(parent, 1, transactions.toArray(Transaction[]::new));
  }

  private static void assertMalformed(byte[] encoded, String why) {
    assertThatThrownBy(() -> Block.decode(Bytes.wrap(encoded)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining(why);
  }
}
