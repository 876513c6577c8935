package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static dev.waggle.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainFormatTest {
  private static final long NOW = 1_000_000;
  private static final long LATEST = NOW + ChainRules.MAX_AHEAD.toMillis();

  private final MutableClock clock = new MutableClock(NOW);
  private NodeService service;
  private BlockFormat format;

  @BeforeEach
  void openService() throws Exception {
    service = NodeService.open(RULES, new MemoryBlockStore(), clock);
    format = service.blockFormat();
  }

  @Test
  void split_givesTheParts() {
    Block block = blockOn(GENESIS, 1, transaction(1), transaction(2));

    assertThat(format.split(block.payload()))
        .isEqualTo(
            new BlockParts(
                block.encodedHeader(),
                block.proof().encode(),
                List.of(
                    new BlockParts.Item(transaction(1).id(), transaction(1).payload()),
                    new BlockParts.Item(transaction(2).id(), transaction(2).payload()))));
  }

  /** A block's memory is counted once. */
  @Test
  void split_copiesNothing() {
    byte[] payload = blockOn(GENESIS, 1, transaction(1)).payload().toArray();
    BlockParts parts = format.split(Bytes.wrap(payload));

    List<Bytes> all = new ArrayList<>(List.of(parts.header(), parts.proof()));
    parts.items().forEach(item -> all.add(item.payload()));
    for (Bytes part : all) {
      part.lendTo((array, _, _) -> assertThat(array).isSameAs(payload));
    }
  }

  /** Blocks of any shape, and in the middle of other bytes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void joined_isWhatWasSplit(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Transaction[] transactions = new Transaction[random.nextInt(12)];
      for (int t = 0; t < transactions.length; t++) {
        Bytes memo = Bytes.wrap(new byte[random.nextInt(300)]);
        transactions[t] = TestBlocks.transaction(random.nextLong(), memo);
      }
      Block block = blockOn(GENESIS, random.nextInt(5), transactions);
      byte[] around = new byte[block.payload().length() + 20];
      random.nextBytes(around);
      block.payload().copyTo(around, 7);
      Bytes payload = Bytes.wrap(around, 7, block.payload().length());

      BlockParts parts = format.split(payload);
      assertThat(parts.items()).hasSize(transactions.length);
      List<Bytes> items = parts.items().stream().map(BlockParts.Item::payload).toList();
      assertThat(format.join(parts.header(), parts.proof(), items)).isEqualTo(payload);
    }
  }

  /** Parts of which one does not belong there. */
  @Test
  void joinedFromOtherParts_cannotBeSplit() {
    Block block = blockOn(GENESIS, 1, transaction(1), transaction(2));
    Block other = blockOn(GENESIS, 2, transaction(1), transaction(2));
    Bytes header = block.encodedHeader();
    Bytes proof = block.proof().encode();
    Bytes one = transaction(1).payload();
    Bytes two = transaction(2).payload();

    assertThat(format.split(format.join(header, proof, List.of(one, two)))).isNotNull();
    assertThat(format.split(format.join(header, proof, List.of(two, one)))).isNull();
    assertThat(format.split(format.join(header, proof, List.of(one)))).isNull();
    assertThat(format.split(format.join(header, proof, List.of(one, two, two)))).isNull();
    assertThat(format.split(format.join(header, proof, List.of(one, one)))).isNull();
    assertThat(format.split(format.join(header, other.proof().encode(), List.of(one, two))))
        .isNull();
    assertThat(format.split(format.join(other.encodedHeader(), proof, List.of(one, two)))).isNull();
    assertThat(format.split(format.join(proof, header, List.of(one, two)))).isNull();
    assertThat(format.split(format.join(Bytes.EMPTY, Bytes.EMPTY, List.of()))).isNull();
  }

  /** Every byte of a block is in its id: whoever changes one makes another message. */
  @Test
  void noTwoPayloads_haveOneId() {
    Block block = blockOn(GENESIS, 1, transaction(1));
    Map<MessageId, Integer> seen = new HashMap<>(Map.of(block.id(), -1));
    byte[] payload = block.payload().toArray();
    for (int at = 0; at < payload.length; at++) {
      byte[] changed = payload.clone();
      changed[at] ^= 1;
      MessageId id = MessageIds.of(new GossipMessage.Block(Bytes.wrap(changed)));
      assertThat(seen.put(id, at)).as("byte %s", at).isNull();
    }
    for (int length : new int[] {0, 1, 157, payload.length - 1, payload.length + 1}) {
      byte[] changed = Arrays.copyOf(payload, length);
      MessageId id = MessageIds.of(new GossipMessage.Block(Bytes.wrap(changed)));
      assertThat(seen.put(id, -2)).as("length %s", length).isNull();
    }
  }

  @Test
  void header_commitsToItsItemsInTheirOrder() {
    Bytes header = blockOn(GENESIS, 1, transaction(1), transaction(2)).encodedHeader();
    MessageId one = transaction(1).id();
    MessageId two = transaction(2).id();

    assertThat(format.commitsTo(header, List.of(one, two))).isTrue();
    assertThat(format.commitsTo(header, List.of(two, one))).isFalse();
    assertThat(format.commitsTo(header, List.of(one))).isFalse();
    assertThat(format.commitsTo(header, List.of(one, two, two))).isFalse();
    assertThat(format.commitsTo(Bytes.wrap(new byte[157]), List.of(one, two))).isFalse();
    byte[] otherCount = header.toArray();
    otherCount[113] = 3;
    assertThat(format.commitsTo(Bytes.wrap(otherCount), List.of(one, two))).isFalse();
  }

  @Test
  void split_looksAtNoSignatureAndNoWork() {
    BlockTemplate template = new BlockTemplate(1, GENESIS.id(), 0, List.of());
    Block unsigned = Forged.minedElsewhere(template);
    Block unproven = TestBlocks.withWork(TestBlocks.author(1).sign(template), false);

    assertThat(format.split(unsigned.payload())).isNotNull();
    assertThat(format.split(unproven.payload())).isNotNull();
  }

  @Test
  void headers_areJudgedByTheFirstRowThatFits() throws Exception {
    Block first = blockOn(GENESIS, 5000, 1);
    service.deliver(delivery(first, null));

    assertHeader(first, "known");
    assertHeader(blockOn(first, 1, transaction(1)), "");
    assertHeader(blockOn(GENESIS, 2), "");
    assertHeader(blockOn(first, LATEST, 1), "");

    BlockTemplate next = new BlockTemplate(2, first.id(), 6000, List.of());
    assertRejected(TestBlocks.withWork(TestBlocks.author(1).sign(next), false), "zero bits");
    assertRejected(Forged.minedElsewhere(next), "miner's signature");
    assertRejected(Forged.withOtherSignature(TestBlocks.mined(next, 1)), "miner's signature");
    assertRejected(Forged.namingAnother(next), "miner is not the one");
    assertRejected(mined(0, first, 6000), "no block but the genesis");
    assertRejected(mined(3, first, 6000), "height 3 does not follow 1");
    assertRejected(mined(1, first, 6000), "height 1 does not follow 1");
    assertRejected(mined(2, first, 4999), "before its parent's");

    Block orphan = blockOn(blockOn(first, 9), 1);
    assertThat(verdict(orphan)).isEqualTo(new Verdict.Await(orphan.parent()));
    assertThat(verdict(mined(7, blockOn(first, 9), 6000)))
        .isEqualTo(new Verdict.Await(blockOn(first, 9).id()));
    String early = "the block's time is too far in the future";
    Verdict soon = new Verdict.NotYet(early, Duration.ofMillis(1));
    assertThat(verdict(mined(7, blockOn(first, 9), LATEST + 1))).isEqualTo(soon);
    assertThat(verdict(mined(2, first, LATEST + 1))).isEqualTo(soon);
    Block forgedOrphan =
        Forged.minedElsewhere(new BlockTemplate(7, orphan.id(), LATEST + 1, List.of()));
    assertRejected(forgedOrphan, "miner's signature");
  }

  /** What the header says, but not the message that brings it. */
  @Test
  void headerWithWhatDoesNotBelongToIt_isRejected() throws Exception {
    Block block = blockOn(GENESIS, 1, transaction(1));
    Bytes header = block.encodedHeader();
    Bytes proof = block.proof().encode();

    assertRejected(block.id(), header, proof, 0, "1 transactions, not 0");
    assertRejected(block.id(), header, proof, 2, "1 transactions, not 2");
    assertRejected(block.id(), header, blockOn(GENESIS, 2).proof().encode(), 1, "proof hash");
    assertRejected(block.id(), header, Bytes.EMPTY, 1, "malformed header");
    assertRejected(block.id(), header, Bytes.wrap(new byte[5262]), 1, "malformed header");
    assertRejected(block.id(), Bytes.wrap(new byte[157]), proof, 1, "malformed header");
    assertRejected(block.id(), Bytes.wrap(new byte[156]), proof, 1, "malformed header");
    assertRejected(block.id(), blockOn(GENESIS, 1).encodedHeader(), proof, 1, "another id");
    byte[] tooMany = header.toArray();
    tooMany[113] = 1;
    tooMany[114] = 16;
    assertRejected(block.id(), Bytes.wrap(tooMany), proof, 4097, "at most 4096 transactions");

    service.deliver(delivery(block, null));
    Examination wrong = format.examineHeader(block.id(), header, proof, 0);
    assertThat(format.validateHeader(block.id(), wrong)).isInstanceOf(Verdict.Ignore.class);
  }

  /** Nobody may be blamed for it; it is a block that all have. */
  @Test
  void headerOfTheGenesis_isKnown() {
    Bytes header = GENESIS.encodedHeader();
    Examination examination = format.examineHeader(GENESIS.id(), header, Bytes.EMPTY, 0);

    assertThat(format.validateHeader(GENESIS.id(), examination))
        .isEqualTo(new Verdict.Ignore("the block is known"));
  }

  @Test
  void validatingAHeader_changesNothing() throws Exception {
    Block block = blockOn(GENESIS, 1);
    ChainView before = service.view();

    assertThat(verdict(block)).isEqualTo(verdict(block));
    assertThat(service.view()).isEqualTo(before);
    assertThat(service.find(block.id())).isNull();
    assertThat(service.validate(delivery(block, null))).isEqualTo(new Verdict.Accept());
  }

  @Test
  void headerThatNobodyExamined_isTheCallersMistake() {
    assertThatThrownBy(() -> format.validateHeader(blockOn(GENESIS, 1).id(), Examination.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void candidates_areWhatWaits() throws Exception {
    assertThat(format.candidates()).isEmpty();
    for (long salt = 1; salt <= 3; salt++) {
      service.deliver(delivery(transaction(salt), null));
    }
    service.deliver(delivery(blockOn(GENESIS, 1, transaction(2)), null));

    assertThat(format.candidates()).containsExactly(transaction(1).id(), transaction(3).id());
    assertThat(format.candidate(transaction(3).id())).isEqualTo(transaction(3).payload());
    assertThat(format.candidate(transaction(2).id())).isNull();
  }

  private static Block mined(long height, Block parent, long timeMillis) {
    return TestBlocks.mined(
        new BlockTemplate(height, parent.id(), timeMillis, List.of(transaction(1))), 1);
  }

  private Verdict verdict(Block block) {
    Examination examination =
        format.examineHeader(
            block.id(), block.encodedHeader(), block.proof().encode(), block.transactions().size());
    return format.validateHeader(block.id(), examination);
  }

  /** Also that the whole block is judged alike. */
  private void assertHeader(Block block, String ignored) {
    Verdict verdict = verdict(block);
    assertThat(verdict).isEqualTo(service.validate(delivery(block, null)));
    if (ignored.isEmpty()) {
      assertThat(verdict).isEqualTo(new Verdict.Accept());
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Ignore.class, ignore -> assertThat(ignore.why()).contains(ignored));
    }
  }

  private void assertRejected(Block block, String why) {
    assertReject(verdict(block), why);
    assertReject(service.validate(delivery(block, null)), why);
  }

  private void assertRejected(MessageId id, Bytes header, Bytes proof, int items, String why) {
    assertReject(format.validateHeader(id, format.examineHeader(id, header, proof, items)), why);
  }

  private static void assertReject(Verdict verdict, String why) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Reject.class, reject -> assertThat(reject.why()).contains(why));
  }
}
