package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static dev.waggle.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verdicts on headers in a row. */
class ChainHeadersTest {
  private static final long NOW = 1_000_000;
  private static final long LATEST = NOW + ChainRules.MAX_AHEAD.toMillis();
  private static final Verdict ACCEPT = new Verdict.Accept();

  private final MutableClock clock = new MutableClock(NOW);
  @TempDir Path dataDir;
  private NodeService service;
  private HeaderChain headers;

  @BeforeEach
  void openService() throws Exception {
    service = NodeService.open(RULES, new MemoryBlockStore(), clock);
    headers = service.headerChain();
  }

  @Test
  void stretchBehindAnAcceptedBlock_isAccepted() throws Exception {
    Block first = blockOn(GENESIS, 1);
    service.deliver(delivery(first, null));
    Block second = blockOn(first, 1, transaction(1));
    Block third = blockOn(second, second.timeMillis(), 2);

    assertThat(verdict(first.id(), null, second)).isEqualTo(ACCEPT);
    assertThat(verdict(first.id(), null, second, third)).isEqualTo(ACCEPT);
    assertThat(verdict(GENESIS.id(), null, blockOn(GENESIS, 2))).isEqualTo(ACCEPT);
  }

  @Test
  void stretchBehindAnAcceptedStretch_isAccepted() {
    List<Block> chain = chain(6);
    Examination one = examination(GENESIS.id(), chain.subList(0, 3));
    Examination two = examination(chain.get(2).id(), chain.subList(3, 5));
    Examination three = examination(chain.get(4).id(), chain.subList(5, 6));

    assertThat(headers.validateHeaders(GENESIS.id(), null, one)).isEqualTo(ACCEPT);
    assertThat(headers.validateHeaders(chain.get(2).id(), one, two)).isEqualTo(ACCEPT);
    assertThat(headers.validateHeaders(chain.get(4).id(), two, three)).isEqualTo(ACCEPT);
    assertThat(service.view().height()).isZero();
    assertThat(headers.validateHeaders(chain.get(2).id(), null, two))
        .isEqualTo(new Verdict.Await(chain.get(2).id()));
  }

  /** At each place: the first, one between others, the last. */
  @Test
  void headerThatIsNone_rejectsItsStretch() throws Exception {
    Block accepted = blockOn(GENESIS, 1);
    service.deliver(delivery(accepted, null));
    for (int at = 0; at < 3; at++) {
      assertSpoilt(accepted, at, "zero bits", on -> TestBlocks.withWork(signed(on, 1, 0), false));
      assertSpoilt(accepted, at, "height 0", on -> mined(on, -on.height(), 0));
      assertSpoilt(accepted, at, "does not follow", on -> mined(on, 0, 0));
      assertSpoilt(accepted, at, "does not follow", on -> mined(on, 2, 0));
      assertSpoilt(
          accepted, at, "does not follow", on -> mined(on, Long.MAX_VALUE - on.height(), 0));
      assertSpoilt(accepted, at, "before its parent's", on -> mined(on, 1, -1));
    }
  }

  private interface Spoiler {
    Block on(Block parent);
  }

  private void assertSpoilt(Block accepted, int at, String why, Spoiler spoiler) throws Exception {
    List<Block> stretch = new ArrayList<>();
    Block last = accepted;
    for (int i = 0; i < 3; i++) {
      long higher = accepted.height() + i + 1 - last.height();
      last = i == at ? spoiler.on(last) : mined(last, higher, 1000);
      stretch.add(last);
    }
    assertReject(verdict(accepted.id(), null, stretch.toArray(Block[]::new)), why);
    // And so is its block, where those before it are accepted.
    try (NodeService other = NodeService.open(RULES, new MemoryBlockStore(), clock)) {
      other.deliver(delivery(accepted, null));
      for (Block before : stretch.subList(0, at)) {
        other.deliver(delivery(before, null));
      }
      assertReject(other.validate(delivery(stretch.get(at), null)), why);
    }
  }

  @Test
  void bytesThatAreNoHeader_rejectTheirStretch() {
    Bytes sound = blockOn(GENESIS, 1).encodedHeader();
    for (int length : new int[] {1, 156, 158, 1024}) {
      assertMalformed(Arrays.copyOf(sound.toArray(), length));
    }
    assertMalformed(with(sound, 0, 0));
    assertMalformed(with(sound, 0, 2));
    assertMalformed(with(sound, 8, 0x80));
    assertMalformed(with(sound, 48, 0x80));
    assertMalformed(with(sound, 114, 0x11));
    assertMalformed(with(sound, 116, 0x80));
  }

  private static byte[] with(Bytes header, int at, int value) {
    byte[] changed = header.toArray();
    changed[at] = (byte) value;
    return changed;
  }

  /** Though it proves work. */
  private void assertMalformed(byte[] header) {
    MessageId proven = new MessageId(0, 1, 2, 3);
    Examination found =
        headers.examineHeaders(GENESIS.id(), List.of(proven), List.of(Bytes.wrap(header)));
    assertReject(headers.validateHeaders(GENESIS.id(), null, found), "malformed header");
  }

  @Test
  void headersThatDoNotFollowEachOther_areRejected() {
    List<Block> chain = chain(3);
    Block other = blockOn(chain.get(0), 9);

    String why = "does not name the one before it";
    assertReject(verdict(chain.get(0).id(), null, chain.get(0)), why);
    assertReject(verdict(GENESIS.id(), null, chain.get(1), chain.get(2)), why);
    assertReject(verdict(GENESIS.id(), null, chain.get(0), chain.get(2)), why);
    assertReject(verdict(GENESIS.id(), null, chain.get(1), chain.get(0)), why);
    assertReject(verdict(GENESIS.id(), null, chain.get(0), other, chain.get(2)), why);
    assertReject(verdict(GENESIS.id(), null, chain.get(0), chain.get(0)), why);
  }

  /** It has no proof of work, and follows nothing. */
  @Test
  void genesis_standsInNoStretch() {
    MessageId nothing = GENESIS.parent();
    Examination found =
        headers.examineHeaders(
            nothing, List.of(new MessageId(0, 1, 2, 3)), List.of(GENESIS.encodedHeader()));

    assertReject(headers.validateHeaders(nothing, null, found), "height 0");
  }

  @Test
  void stretchThatDoesNotFitWhatItFollows_isRejected() throws Exception {
    Block first = blockOn(GENESIS, 5000, 1);
    service.deliver(delivery(first, null));

    assertReject(verdict(first.id(), null, mined(first, 2, 0)), "height 3 does not follow 1");
    assertReject(verdict(first.id(), null, mined(first, 0, 0)), "height 1 does not follow 1");
    assertReject(verdict(first.id(), null, mined(first, 1, -1)), "before its parent's");
    Examination before = examination(GENESIS.id(), List.of(first));
    assertReject(verdict(first.id(), before, mined(first, 2, 0)), "height 3 does not follow 1");
    assertReject(verdict(first.id(), before, mined(first, 1, -1)), "before its parent's");
  }

  @Test
  void stretchBehindAnUnknownBlock_awaitsIt() {
    Block unknown = blockOn(GENESIS, 1);
    Verdict await = new Verdict.Await(unknown.id());

    assertThat(verdict(unknown.id(), null, blockOn(unknown, 1))).isEqualTo(await);
    assertThat(verdict(unknown.id(), null, mined(unknown, 7, 0))).isEqualTo(await);
  }

  @Test
  void stretchThatEndsTooFarAhead_isNotJudgedYet() {
    Block first = blockOn(GENESIS, 1);
    Block last = blockOn(first, LATEST, 1);
    Block early = blockOn(first, LATEST + 5, 1);
    Verdict notYet =
        new Verdict.NotYet("the block's time is too far in the future", Duration.ofMillis(5));

    assertThat(verdict(GENESIS.id(), null, first, last)).isEqualTo(ACCEPT);
    assertThat(verdict(GENESIS.id(), null, first, early)).isEqualTo(notYet);
    assertThat(verdict(first.id(), null, early)).isEqualTo(notYet);
    assertThat(verdict(first.id(), examination(GENESIS.id(), List.of(first)), early))
        .isEqualTo(notYet);
    Block misfit = mined(first, 2, LATEST + 5 - first.timeMillis());
    assertThat(verdict(first.id(), null, misfit)).isEqualTo(notYet);
    clock.set(NOW + 5);
    assertThat(verdict(GENESIS.id(), null, first, early)).isEqualTo(ACCEPT);
  }

  /** A signature is in the proof, which does not come with a header. */
  @Test
  void stretchThatNobodyHasSigned_isAccepted_andItsBlockIsNot() {
    Block unsigned = Forged.minedElsewhere(new BlockTemplate(1, GENESIS.id(), 1, List.of()));

    assertThat(verdict(GENESIS.id(), null, unsigned)).isEqualTo(ACCEPT);
    assertReject(service.validate(delivery(unsigned, null)), "miner's signature");
  }

  /** They are passed over; but nobody may be blamed for them. */
  @Test
  void stretchOfKnownBlocks_isNotRejected() throws Exception {
    List<Block> chain = chain(3);
    for (Block block : chain) {
      service.deliver(delivery(block, null));
    }
    assertThat(verdict(GENESIS.id(), null, chain.toArray(Block[]::new))).isEqualTo(ACCEPT);
  }

  @Test
  void validating_changesNothing() {
    Block block = blockOn(GENESIS, 1);
    ChainView before = service.view();

    assertThat(verdict(GENESIS.id(), null, block)).isEqualTo(ACCEPT);
    assertThat(service.view()).isEqualTo(before);
    assertThat(headers.isOnChain(block.id())).isFalse();
    assertThat(service.validate(delivery(block, null))).isEqualTo(ACCEPT);
  }

  @Test
  void examination_takesItsMemoryWhateverTheStretch() {
    List<Block> chain = chain(40);

    assertThat(examination(GENESIS.id(), chain).heldBytes())
        .isEqualTo(examination(GENESIS.id(), chain.subList(0, 1)).heldBytes())
        .isBetween(100L, 1000L);
    assertThat(headers.examineHeaders(GENESIS.id(), List.of(), List.of()))
        .isSameAs(Examination.NONE);
  }

  @Test
  void whatWasNotExaminedLikeThat_isTheCallersMistake() {
    List<Block> chain = chain(3);
    Examination one = examination(GENESIS.id(), chain.subList(0, 1));
    Examination three = examination(chain.get(1).id(), chain.subList(2, 3));
    MessageId second = chain.get(1).id();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.validateHeaders(GENESIS.id(), null, Examination.NONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.validateHeaders(GENESIS.id(), null, three));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.validateHeaders(second, Examination.NONE, three));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.validateHeaders(second, one, three));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.examineHeaders(second, List.of(second), List.of()));
  }

  @Test
  void indexThatCannotBeRead_isNobodysFault() throws Exception {
    List<Block> chain = chain(3);
    MessageId second = chain.get(1).id();
    Examination stretch = examination(second, chain.subList(2, 3));

    withoutIndex(
        unread ->
            assertThat(unread.validateHeaders(second, null, stretch))
                .isEqualTo(new Verdict.Ignore("the chain cannot be read")));
    withoutIndex(unread -> assertThat(unread.after(second, 1)).isNull());
    withoutIndex(unread -> assertThat(unread.isOnChain(second)).isFalse());
    withoutIndex(unread -> assertThat(unread.locator()).containsExactly(second, GENESIS.id()));
  }

  /** Asks a node that has two blocks and cannot look them up, which it tells its listeners. */
  private void withoutIndex(Consumer<HeaderChain> question) throws Exception {
    RecordingListener heard = new RecordingListener();
    NodeService onDisk = NodeService.open(RULES, Files.createTempDirectory(dataDir, "node"), clock);
    onDisk.addListener(heard);
    for (Block block : chain(2)) {
      onDisk.deliver(delivery(block, null));
    }
    onDisk.close();
    question.accept(onDisk.headerChain());
    assertThat(heard.others).hasSize(1).first().asString().startsWith("store failed: ");
  }

  /** A chain on the genesis, one second between two. */
  private static List<Block> chain(int length) {
    List<Block> chain = new ArrayList<>();
    Block last = GENESIS;
    for (int i = 0; i < length; i++) {
      last = blockOn(last, 1);
      chain.add(last);
    }
    return chain;
  }

  private static SignedTemplate signed(Block parent, long higher, long laterMillis) {
    BlockTemplate template =
        new BlockTemplate(
            parent.height() + higher, parent.id(), parent.timeMillis() + laterMillis, List.of());
    return TestBlocks.author(1).sign(template);
  }

  private static Block mined(Block parent, long higher, long laterMillis) {
    return TestBlocks.withWork(signed(parent, higher, laterMillis), true);
  }

  private Examination examination(MessageId after, List<Block> stretch) {
    return headers.examineHeaders(
        after,
        stretch.stream().map(Block::id).toList(),
        stretch.stream().map(Block::encodedHeader).toList());
  }

  private Verdict verdict(MessageId after, @Nullable Examination before, Block... stretch) {
    return headers.validateHeaders(after, before, examination(after, List.of(stretch)));
  }

  private static void assertReject(Verdict verdict, String why) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Reject.class, reject -> assertThat(reject.why()).contains(why));
  }
}
