package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.author;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static dev.waggle.chain.TestBlocks.mined;
import static dev.waggle.chain.TestBlocks.peer;
import static dev.waggle.chain.TestBlocks.transaction;
import static dev.waggle.chain.TestBlocks.withWork;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeServiceTest {
  private static final long NOW = 1_000_000;
  private static final PeerId SENDER = peer(0x5E);
  private static final Verdict ACCEPT = new Verdict.Accept();

  private final MutableClock clock = new MutableClock(NOW);
  private final RecordingListener heard = new RecordingListener();
  private NodeService service;

  @BeforeEach
  void openService() throws Exception {
    service = NodeService.open(RULES, new MemoryBlockStore(), clock);
    service.addListener(heard);
  }

  @Test
  void newChain_isTheGenesis() throws Exception {
    assertThat(service.view()).isEqualTo(new ChainView(GENESIS.id(), 0, 0, 0, List.of()));
    assertThat(service.inventory()).isEmpty();
    assertThat(service.find(GENESIS.id())).isNull();
    assertThat(service.rules()).isEqualTo(RULES);
  }

  @Test
  void validBlock_becomesTheTip() throws Exception {
    Block block = blockOn(GENESIS, 1);
    accept(block);

    assertThat(service.view())
        .isEqualTo(new ChainView(block.id(), 1, block.timeMillis(), 16, List.of()));
    assertThat(service.inventory()).containsExactly(block.id());
    assertThat(service.find(block.id())).isEqualTo(block.toMessage());
    assertThat(heard.blocks).containsExactly(accepted(block, SENDER, true, 0));
  }

  @Test
  void knownBlocks_areIgnored() throws Exception {
    Block block = blockOn(GENESIS, 1);
    accept(block);

    assertThat(validate(block)).isInstanceOf(Verdict.Ignore.class);
    assertThat(validate(GENESIS)).isInstanceOf(Verdict.Ignore.class);
  }

  @Test
  void blockBeforeItsParent_awaitsIt() throws Exception {
    Block parent = blockOn(GENESIS, 1);
    Block child = blockOn(parent, 1);
    assertThat(validate(child)).isEqualTo(new Verdict.Await(parent.id()));

    accept(parent);
    accept(child);
    assertThat(service.view().tip()).isEqualTo(child.id());
  }

  @Test
  void validating_changesNothing() throws Exception {
    Transaction pending = transaction(1);
    Block block = blockOn(GENESIS, 1);
    ChainView before = service.view();

    assertThat(validate(block)).isEqualTo(ACCEPT);
    assertThat(validate(block)).isEqualTo(ACCEPT);
    assertThat(service.validate(delivery(pending, SENDER))).isEqualTo(ACCEPT);
    assertThat(service.view()).isEqualTo(before);
    assertThat(service.find(block.id())).isNull();
    assertThat(service.find(pending.id())).isNull();
    assertThat(heard.blocks).isEmpty();
    assertThat(heard.others).isEmpty();
  }

  @Test
  void blockWithoutWork_isRejectedWithItsSender() throws Exception {
    Block block = withWork(author(1).sign(new BlockTemplate(1, GENESIS.id(), 0, List.of())), false);

    assertRejected(block, "does not start with 4 zero bits");
    assertThat(heard.others)
        .containsExactly(
            "rejected %s from %s: its hash does not start with 4 zero bits"
                .formatted(block.id(), SENDER));
  }

  @Test
  void bytesThatProveWorkButAreNoBlock_areRejected() throws Exception {
    byte[] payload = new byte[3];
    GossipMessage message;
    do {
      payload[0]++;
      message = new GossipMessage.Block(Bytes.copyOf(payload));
    } while (!RULES.isProvenBy(MessageIds.of(message)));

    assertRejected(delivery(message, SENDER), "malformed block");
  }

  @Test
  void blockOfHeightZero_isRejected() throws Exception {
    Block other = mined(new BlockTemplate(0, GENESIS.parent(), 1, List.of()), 1);

    assertRejected(other, "no block but the genesis has height 0");
  }

  @Test
  void heightThatDoesNotFollow_isRejected() throws Exception {
    assertRejected(mined(template(2, 0), 1), "height 2 does not follow 0");
  }

  @Test
  void timeBeforeTheParents_isRejected() throws Exception {
    Block parent = blockOn(GENESIS, 5000, 1);
    accept(parent);

    assertRejected(blockOn(parent, 4999, 1), "before its parent's");
    accept(blockOn(parent, 5000, 1));
  }

  @Test
  void timeFarAhead_isNobodysFaultUntilTheClockIsThere() throws Exception {
    long latest = NOW + ChainRules.MAX_AHEAD.toMillis();
    Block early = blockOn(GENESIS, latest + 1, 1);
    assertThat(validate(early))
        .isEqualTo(
            new Verdict.NotYet("the block's time is too far in the future", Duration.ofMillis(1)));
    assertThat(validate(blockOn(GENESIS, latest, 1))).isEqualTo(ACCEPT);
    assertThat(heard.others).isEmpty();

    clock.set(NOW + 1);
    accept(early);
  }

  @Test
  void blockThatRepeatsATransactionOfItsBranch_isRejected() throws Exception {
    Block first = blockOn(GENESIS, 1, transaction(1));
    Block second = blockOn(first, 1);
    accept(first);
    accept(second);

    assertRejected(blockOn(second, 1, transaction(2), transaction(1)), "in the chain already");
    accept(blockOn(GENESIS, 2, transaction(1)));
  }

  @Test
  void transactionOfASideBranch_countsThereOnly() throws Exception {
    Block main = blockOn(GENESIS, 1);
    Block side = blockOn(GENESIS, 2, transaction(1));
    accept(main);
    accept(side);

    assertRejected(blockOn(side, 2, transaction(1)), "in the chain already");
    accept(blockOn(main, 1, transaction(1)));
  }

  @Test
  void deliveringWhatWouldNotBeAccepted_isTheCallersMistake() throws Exception {
    Block orphan = blockOn(blockOn(GENESIS, 1), 1);
    Delivery malformed = delivery(new GossipMessage.Transaction(Bytes.EMPTY), SENDER);
    Delivery evidence = delivery(new GossipMessage.Evidence(Bytes.EMPTY), SENDER);

    for (Delivery delivery : List.of(delivery(orphan, SENDER), malformed, evidence)) {
      assertThatThrownBy(() -> service.deliver(delivery))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not accepted");
    }
    assertThat(service.view().tip()).isEqualTo(GENESIS.id());
  }

  @Test
  void evidence_isIgnored() throws Exception {
    Delivery evidence = delivery(new GossipMessage.Evidence(Bytes.EMPTY), SENDER);
    assertThat(service.validate(evidence)).isInstanceOf(Verdict.Ignore.class);
  }

  @Test
  void equalWork_keepsTheFirst() throws Exception {
    Block first = blockOn(GENESIS, 1);
    Block second = blockOn(GENESIS, 2);
    accept(first);
    accept(second);

    assertThat(service.view().tip()).isEqualTo(first.id());
    assertThat(service.find(second.id())).isEqualTo(second.toMessage());
    assertThat(heard.blocks.getLast()).isEqualTo(accepted(second, SENDER, false, 0));
  }

  @Test
  void moreWork_reorganises() throws Exception {
    Block common = blockOn(GENESIS, 1);
    Block abandoned = blockOn(common, 1);
    Block side = blockOn(common, 2);
    Block sideTip = blockOn(side, 2);
    accept(common, abandoned, blockOn(abandoned, 1), side, sideTip);
    Block newTip = blockOn(sideTip, 2);
    accept(newTip);

    assertThat(service.view().tip()).isEqualTo(newTip.id());
    assertThat(service.view().height()).isEqualTo(4);
    assertThat(service.view().totalWork()).isEqualTo(4 * 16);
    assertThat(heard.blocks.getLast()).isEqualTo(accepted(newTip, SENDER, true, 2));
  }

  @Test
  void abandonedBranch_canWinAgain() throws Exception {
    Block one = blockOn(GENESIS, 1);
    Block two = blockOn(GENESIS, 2);
    Block twoTip = blockOn(two, 2);
    accept(one, two, twoTip);
    assertThat(service.view().tip()).isEqualTo(twoTip.id());

    Block oneNext = blockOn(one, 1);
    Block oneTip = blockOn(oneNext, 1);
    accept(oneNext, oneTip);

    assertThat(service.view().tip()).isEqualTo(oneTip.id());
    assertThat(heard.blocks.getLast().abandonedBlocks()).isEqualTo(2);
  }

  @Test
  void transaction_waitsUntilABlockTakesIt() throws Exception {
    Transaction one = transaction(1);
    Transaction two = transaction(2);
    accept(one);
    accept(two);
    assertThat(service.view().pending()).containsExactly(one, two);
    assertThat(service.find(one.id())).isEqualTo(one.toMessage());
    assertThat(heard.others)
        .containsExactly(
            "transaction %s from %s".formatted(one.id(), SENDER),
            "transaction %s from %s".formatted(two.id(), SENDER));

    accept(blockOn(GENESIS, 1, one));
    assertThat(service.view().pending()).containsExactly(two);
    assertThat(service.find(one.id())).isNull();
  }

  @Test
  void knownTransactions_areIgnored() throws Exception {
    Transaction waiting = transaction(1);
    Transaction included = transaction(2);
    accept(waiting);
    accept(blockOn(GENESIS, 1, included));

    for (Transaction known : List.of(waiting, included)) {
      assertThat(service.validate(delivery(known, SENDER))).isInstanceOf(Verdict.Ignore.class);
    }
  }

  @Test
  void malformedTransaction_isRejected() throws Exception {
    assertRejected(
        delivery(new GossipMessage.Transaction(Bytes.EMPTY), SENDER), "malformed transaction");
  }

  @Test
  void transactionThatFindsNoRoom_isIgnored() throws Exception {
    Bytes memo = Bytes.wrap(new byte[Transaction.MAX_MEMO_BYTES]);
    for (int salt = 0; salt < Mempool.MAX_TOTAL_BYTES / Transaction.MAX_BYTES; salt++) {
      service.deliver(delivery(transaction(salt, memo), null));
    }
    assertThat(service.validate(delivery(transaction(-1), SENDER)))
        .isInstanceOf(Verdict.Ignore.class);
  }

  @Test
  void reorganisation_returnsTransactionsAndTakesOthers() throws Exception {
    Transaction onlyOld = transaction(1);
    Transaction onBoth = transaction(2);
    Transaction onlyNew = transaction(3);
    Transaction onNone = transaction(4);
    for (Transaction transaction : List.of(onlyOld, onBoth, onlyNew, onNone)) {
      accept(transaction);
    }
    accept(blockOn(GENESIS, 1, onlyOld, onBoth));
    assertThat(service.view().pending()).containsExactly(onlyNew, onNone);

    Block side = blockOn(GENESIS, 2, onlyNew);
    accept(side, blockOn(side, 2, onBoth));

    assertThat(service.view().pending()).containsExactly(onNone, onlyOld);
    assertThat(service.validate(delivery(onBoth, SENDER))).isInstanceOf(Verdict.Ignore.class);
  }

  /** Each would keep the whole block in memory in which it lies. */
  @Test
  void transactionThatReturns_isACopy() throws Exception {
    accept(blockOn(GENESIS, 1, transaction(1), transaction(2)));
    Block side = blockOn(GENESIS, 2);
    accept(side, blockOn(side, 2));

    assertThat(service.view().pending()).containsExactly(transaction(1), transaction(2));
    for (Transaction back : service.view().pending()) {
      for (Bytes part : List.of(back.payload(), back.author().signature())) {
        part.lendTo((array, _, _) -> assertThat(array.length).isEqualTo(back.payload().length()));
      }
    }
  }

  @Test
  void isKnown_isOfBlocksAndOfTransactionsThatWaitOrAreInTheMainChain() throws Exception {
    Block block = blockOn(GENESIS, 1, transaction(1));
    accept(block, blockOn(GENESIS, 2, transaction(2)));
    accept(transaction(3));

    assertThat(service.isKnown(block.id())).isTrue();
    assertThat(service.isKnown(transaction(1).id())).isTrue();
    assertThat(service.isKnown(transaction(2).id())).as("on a side branch").isFalse();
    assertThat(service.isKnown(transaction(3).id())).isTrue();
    assertThat(service.isKnown(transaction(4).id())).isFalse();
    assertThat(service.takesLong(transaction(4).toMessage())).isTrue();
  }

  @Test
  void whatIsNotSigned_isRejected() throws Exception {
    BlockTemplate template = template(1, 0);
    assertRejected(Forged.minedElsewhere(template), "its miner's signature does not hold");
    assertRejected(Forged.namingAnother(template), "its miner is not the one");
    assertRejected(blockOn(GENESIS, 1, Forged.ofAnotherNetwork(1)), "the signature of transaction");
    assertRejected(
        delivery(Forged.withOtherMemo(transaction(1)), SENDER),
        "its author's signature does not hold");
  }

  /** Whatever the clock says, and whether the parent is there. */
  @Test
  void whatIsNotSigned_isRejectedBeforeAnythingElseIsAsked() throws Exception {
    Block orphan = blockOn(GENESIS, 1);
    BlockTemplate early = new BlockTemplate(9, orphan.id(), Long.MAX_VALUE, List.of());
    assertRejected(Forged.minedElsewhere(early), "its miner's signature does not hold");
    assertRejected(
        blockOn(orphan, Long.MAX_VALUE, 1, Forged.ofAnotherNetwork(1)),
        "the signature of transaction");
  }

  @Test
  void removedListener_hearsNothing() throws Exception {
    service.removeListener(heard);
    accept(blockOn(GENESIS, 1));
    assertThat(heard.blocks).isEmpty();
  }

  @Test
  void agreement_isAboutTips() throws Exception {
    NodeService other = NodeService.open(RULES, new MemoryBlockStore(), clock);
    Block block = blockOn(GENESIS, 1);
    accept(block);
    assertThat(ChainView.agree(List.of(service.view(), other.view()))).isFalse();

    other.deliver(delivery(block, null));
    accept(transaction(1));
    assertThat(ChainView.agree(List.of(service.view(), other.view()))).isTrue();
  }

  private static BlockTemplate template(long height, long timeMillis) {
    return new BlockTemplate(height, GENESIS.id(), timeMillis, List.of());
  }

  private Verdict validate(Block block) {
    return service.validate(delivery(block, SENDER));
  }

  private void accept(Block... blocks) throws DeliveryFailed {
    for (Block block : blocks) {
      accept(delivery(block, SENDER));
    }
  }

  private void accept(Transaction transaction) throws DeliveryFailed {
    accept(delivery(transaction, SENDER));
  }

  private void accept(Delivery delivery) throws DeliveryFailed {
    assertThat(service.validate(delivery)).isEqualTo(ACCEPT);
    service.deliver(delivery);
  }

  private void assertRejected(Block block, String why) {
    assertRejected(delivery(block, SENDER), why);
  }

  private void assertRejected(Delivery delivery, String why) {
    MessageId tip = service.view().tip();
    assertThat(service.validate(delivery))
        .isInstanceOfSatisfying(
            Verdict.Reject.class, reject -> assertThat(reject.why()).contains(why));
    assertThat(service.view().tip()).isEqualTo(tip);
    assertThat(service.find(delivery.id())).isNull();
  }

  private static AcceptedBlock accepted(Block block, PeerId from, boolean tip, int abandoned) {
    return new AcceptedBlock(
        block.id(),
        block.height(),
        block.timeMillis(),
        block.miner(),
        from,
        tip,
        abandoned,
        block.transactions().size(),
        block.payload().length());
  }
}
