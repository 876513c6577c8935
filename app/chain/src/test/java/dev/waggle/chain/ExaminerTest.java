package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
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

  private final Examiner examiner = new Examiner(RULES);

  @Test
  void soundBlock_isDecodedOnce() {
    Block block = blockOn(GENESIS, 1, transaction(1), transaction(2));

    Examination first = examiner.examine(block.id(), block.toMessage());

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
  void anotherNetworksGenesis_isFlawed() {
    Block other = new ChainRules("waggle-other", 4).genesis();
    assertThat(flaw(PROVEN, other.toMessage())).contains("another network's genesis");
  }

  @Test
  void transactions_areSoundOrMalformed() {
    Transaction transaction = transaction(7);
    assertThat(examiner.examine(transaction.id(), transaction.toMessage()))
        .isEqualTo(new Finding.SoundTransaction(transaction));
    assertThat(flaw(PROVEN, new GossipMessage.Transaction(NONSENSE)))
        .contains("malformed transaction");
  }

  @Test
  void evidence_tellsNothing() {
    GossipMessage evidence = new GossipMessage.Evidence(NONSENSE);
    assertThat(examiner.examine(PROVEN, evidence)).isSameAs(Examination.NONE);
    assertThat(examiner.finding(new Delivery(PROVEN, evidence, Examination.NONE, null)))
        .isInstanceOf(Finding.Flawed.class);
  }

  @Test
  void onlyLongBlocks_takeLong() {
    assertThat(Examiner.takesLong(new GossipMessage.Block(Bytes.wrap(new byte[4096])))).isFalse();
    assertThat(Examiner.takesLong(new GossipMessage.Block(Bytes.wrap(new byte[4097])))).isTrue();
    assertThat(Examiner.takesLong(new GossipMessage.Transaction(Bytes.wrap(new byte[64 * 1024]))))
        .isFalse();
  }

  /** What is held beside the message itself counts in the room for what waits. */
  @Test
  void findings_weighWhatTheyHold() {
    Block block = blockOn(GENESIS, 1, transaction(1), transaction(2));
    Transaction memo = Transaction.of(1, Bytes.wrap(new byte[5000]));
    List<Finding> findings =
        List.of(
            new Finding.SoundBlock(block),
            new Finding.SoundTransaction(memo),
            new Finding.Flawed("why"));

    assertThat(findings)
        .extracting(Examination::heldBytes)
        .containsExactly(3 * 256L + 2L * block.payload().length(), 256L + 5000, 256L);
  }

  private String flaw(MessageId id, GossipMessage message) {
    return ((Finding.Flawed) examiner.examine(id, message)).why();
  }
}
