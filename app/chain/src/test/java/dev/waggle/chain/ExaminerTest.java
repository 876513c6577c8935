package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.peer;
import static dev.waggle.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminerTest {
  /** Starts with 64 zero bits: it proves work, whatever it is the id of. */
  private static final MessageId PROVEN = new MessageId(0, 1, 2, 3);

  private static final MessageId UNPROVEN = new MessageId(-1, 1, 2, 3);
  private static final Bytes NONSENSE = Bytes.wrap(new byte[100]);

  private final CountingScheme scheme = new CountingScheme();
  private final VerifiedSignatures verified = new VerifiedSignatures(4);
  private final Examiner examiner = new Examiner(scheme.rules(), verified);

  @Test
  void soundBlock_isDecodedOnce() {
    Block block = blockOn(GENESIS, 1, transaction(1), transaction(2));

    Examination first = examine(block);

    assertThat(first).isEqualTo(new Finding.SoundBlock(block));
    Delivery delivery = new Delivery(block.id(), block.toMessage(), first, peer(2));
    assertThat(examiner.finding(delivery)).isSameAs(first);
  }

  @Test
  void whatWasNotExamined_isWhenItIsNeeded() {
    Block block = blockOn(GENESIS, 1);
    assertThat(examiner.finding(TestBlocks.delivery(block, peer(2))))
        .isEqualTo(new Finding.SoundBlock(block));
  }

  /** Or nonsense of a megabyte would be parsed for whoever sends it, and work costs nothing. */
  @Test
  void blockWithoutWork_isNotParsed() {
    assertThat(flaw(UNPROVEN, new GossipMessage.Block(NONSENSE)))
        .contains("does not start with 4 zero bits");
    assertThat(flaw(PROVEN, new GossipMessage.Block(NONSENSE))).contains("malformed block");
  }

  @Test
  void blockWithoutWork_costsNoCheckOfASignature() {
    BlockTemplate template = new BlockTemplate(1, GENESIS.id(), 0, List.of(transaction(1)));
    Block block = TestBlocks.withWork(TestBlocks.author(1).sign(template), false);

    assertThat(flaw(block.id(), block.toMessage())).contains("zero bits");
    assertThat(scheme.checks()).isZero();
  }

  /** The work was another block's. */
  @Test
  void blockUnderAnotherId_isFlawed() {
    assertThat(flaw(PROVEN, blockOn(GENESIS, 1).toMessage())).isEqualTo("it has another id");
  }

  @Test
  void transactions_areSoundOrMalformed() {
    Transaction transaction = transaction(7);
    assertThat(examine(transaction)).isEqualTo(new Finding.SoundTransaction(transaction));
    assertThat(flaw(PROVEN, new GossipMessage.Transaction(NONSENSE)))
        .contains("malformed transaction");
  }

  @Test
  void transactionWhoseSignatureDoesNotHold_isFlawedEachTime() throws Exception {
    for (Transaction forged :
        List.of(
            Forged.ofAnotherNetwork(1),
            Forged.withOtherSignature(transaction(1)),
            Forged.withOtherMemo(transaction(1)))) {
      for (int i = 0; i < 2; i++) {
        assertThat(flaw(forged.id(), forged.toMessage()))
            .isEqualTo("its author's signature does not hold");
        assertThat(scheme.checks()).isOne();
      }
    }
  }

  @Test
  void blockWithASignatureThatDoesNotHold_isFlawed() throws Exception {
    BlockTemplate template = new BlockTemplate(1, GENESIS.id(), 0, List.of(transaction(1)));
    String signature = "its miner's signature does not hold";

    assertFlaw(Forged.minedElsewhere(template), signature);
    assertFlaw(Forged.withOtherSignature(TestBlocks.mined(template, 1)), signature);
    assertFlaw(Forged.namingAnother(template), "its miner is not the one whose key signed it");
    for (Transaction forged :
        List.of(
            Forged.ofAnotherNetwork(2),
            Forged.withOtherSignature(transaction(2)),
            Forged.withOtherMemo(transaction(2)))) {
      assertFlaw(
          blockOn(GENESIS, 1, transaction(1), forged),
          "the signature of transaction " + forged.id() + " does not hold");
    }
  }

  private void assertFlaw(Block block, String flaw) {
    assertThat(flaw(block.id(), block.toMessage())).isEqualTo(flaw);
    assertThat(flaw(block.id(), block.toMessage())).as("again").isEqualTo(flaw);
  }

  @Test
  void signature_isCheckedOnce() {
    Transaction came = transaction(1);
    examine(came);
    examine(came);
    assertThat(scheme.checks()).isOne();

    Block block = blockOn(GENESIS, 1, came, transaction(2));
    examiner.examineHeader(block.id(), block.encodedHeader(), block.proof().encode(), 2);
    assertThat(scheme.checks()).as("the miner's").isOne();
    examine(block);
    assertThat(scheme.checks()).as("of the one that had not come").isOne();
    examine(block);
    examine(blockOn(GENESIS, 1, came, transaction(2)));
    examine(transaction(2));
    assertThat(scheme.checks()).isZero();
  }

  /** A signature can be replaced by one that does not hold, which makes another transaction. */
  @Test
  void signatureThatHolds_saysNothingOfAnother() throws Exception {
    examine(transaction(1));

    Transaction forged = Forged.withOtherSignature(transaction(1));
    assertThat(flaw(forged.id(), forged.toMessage())).contains("does not hold");
  }

  @Test
  void record_isBoundedAndForgetsTheOldest() {
    for (int salt = 0; salt < 5; salt++) {
      examine(transaction(salt));
    }
    scheme.checks();
    for (int salt = 1; salt < 5; salt++) {
      examine(transaction(salt));
    }
    assertThat(scheme.checks()).isZero();
    examine(transaction(0));
    assertThat(scheme.checks()).isOne();
  }

  @Test
  void storedBlock_isNotCheckedForSignatures() {
    Block block = blockOn(GENESIS, 1, transaction(1));

    assertThat(examiner.examineStoredBlock(block.id(), block.payload()))
        .isEqualTo(new Finding.SoundBlock(block));
    assertThat(scheme.checks()).isZero();
    assertThat(verified.contains(block.id())).isFalse();
  }

  @Test
  void evidence_tellsNothing() {
    GossipMessage evidence = new GossipMessage.Evidence(NONSENSE);
    assertThat(examiner.examine(PROVEN, evidence)).isSameAs(Examination.NONE);
    assertThat(examiner.finding(new Delivery(PROVEN, evidence, Examination.NONE, null)))
        .isInstanceOf(Finding.Flawed.class);
  }

  @Test
  void whatIsSigned_takesLong() {
    assertThat(Examiner.takesLong(new GossipMessage.Block(NONSENSE))).isTrue();
    assertThat(Examiner.takesLong(new GossipMessage.Transaction(NONSENSE))).isTrue();
    assertThat(Examiner.takesLong(new GossipMessage.Evidence(NONSENSE))).isFalse();
  }

  /** What is held beside the message itself counts in the room for what waits. */
  @Test
  void findings_weighWhatTheyHold() {
    Block block = blockOn(GENESIS, 1, transaction(1), transaction(2));
    List<Finding> findings =
        List.of(
            new Finding.SoundBlock(block),
            new Finding.SoundTransaction(transaction(1)),
            new Finding.Flawed("why"));

    assertThat(findings).extracting(Examination::heldBytes).containsExactly(3 * 256L, 256L, 256L);
  }

  private Examination examine(Block block) {
    return examiner.examine(block.id(), block.toMessage());
  }

  private Examination examine(Transaction transaction) {
    return examiner.examine(transaction.id(), transaction.toMessage());
  }

  private String flaw(MessageId id, GossipMessage message) {
    return ((Finding.Flawed) examiner.examine(id, message)).why();
  }
}
