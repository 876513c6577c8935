package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedBlockFormatTest {
  private static final MessageId ID = new MessageId(1, 2, 3, 4);

  /** Fails in everything that it is asked. */
  private static final class Failing implements BlockFormat {
    private final Error error;
    private int asked;

    Failing(Error error) {
      this.error = error;
    }

    private RuntimeException failure() {
      asked++;
      if (error != null) {
        throw error;
      }
      return new IllegalStateException("fails, as this test wants it");
    }

    @Override
    public BlockParts split(Bytes payload) {
      throw failure();
    }

    @Override
    public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
      throw failure();
    }

    @Override
    public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
      throw failure();
    }

    @Override
    public Verdict validateHeader(MessageId id, Examination examination) {
      throw failure();
    }

    @Override
    public boolean commitsTo(Bytes header, List<MessageId> items) {
      throw failure();
    }

    @Override
    public List<MessageId> candidates() {
      throw failure();
    }

    @Override
    public Bytes candidate(MessageId id) {
      throw failure();
    }
  }

  private static BlockFormat guarded(BlockFormat format) {
    AcceptingApplication application =
        new AcceptingApplication() {
          @Override
          public BlockFormat blockFormat() {
            return format;
          }
        };
    return new GuardedApplication(application, new Subscribers()).blockFormat();
  }

  @Test
  void anException_costsTheBlock_andNothingElse() {
    Failing failing = new Failing(null);
    BlockFormat format = guarded(failing);

    assertThat(format.split(Bytes.EMPTY)).isNull();
    assertThat(format.commitsTo(Bytes.ofHex("01"), List.of())).isFalse();
    assertThat(format.validateHeader(ID, Examination.NONE)).isInstanceOf(Verdict.Ignore.class);
    assertThat(format.candidates()).isEmpty();
    assertThat(format.candidate(ID)).isNull();
    assertThat(failing.asked).isEqualTo(5);
  }

  @Test
  void aHeaderThatCouldNotBeExamined_isIgnored_andNotJudged() {
    Failing failing = new Failing(null);
    BlockFormat format = guarded(failing);
    Examination examination = format.examineHeader(ID, Bytes.EMPTY, Bytes.EMPTY, 0);

    assertThat(examination.heldBytes()).isZero();
    assertThat(format.validateHeader(ID, examination)).isInstanceOf(Verdict.Ignore.class);
    assertThat(failing.asked).as("only to examine it").isOne();
  }

  /** There is nothing to give in its stead; {@link ReconstructionsTest} has what follows. */
  @Test
  void whatCouldNotBePutTogether_isForWhoeverAsked() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> guarded(new Failing(null)).join(Bytes.ofHex("01"), Bytes.EMPTY, List.of()));
  }

  @Test
  void anError_comesThrough() {
    BlockFormat format = guarded(new Failing(new StackOverflowError("as it should")));

    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> format.split(Bytes.EMPTY));
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> format.join(Bytes.EMPTY, Bytes.EMPTY, List.of()));
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> format.examineHeader(ID, Bytes.EMPTY, Bytes.EMPTY, 0));
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> format.validateHeader(ID, Examination.NONE));
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> format.commitsTo(Bytes.EMPTY, List.of()));
    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(format::candidates);
    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> format.candidate(ID));
  }

  @Test
  void whatTheFormatSays_isPassedOn() {
    ItemBlocks blocks = new ItemBlocks();
    BlockFormat format = guarded(blocks);
    List<Bytes> items = List.of(Bytes.ofHex("0102"), Bytes.EMPTY);
    BlockParts parts = blocks.parts(7, items);
    blocks.waits(ID, items.getFirst());

    Bytes block = format.join(parts.header(), parts.proof(), items);
    assertThat(block).isEqualTo(blocks.block(7, items));
    assertThat(format.split(block)).isEqualTo(parts);
    List<MessageId> ids = parts.items().stream().map(BlockParts.Item::id).toList();
    assertThat(format.commitsTo(parts.header(), ids)).isTrue();
    assertThat(format.commitsTo(parts.header(), ids.reversed())).isFalse();
    assertThat(format.candidates()).containsExactly(ID);
    assertThat(format.candidate(ID)).isEqualTo(items.getFirst());
    Examination right = format.examineHeader(ID, parts.header(), parts.proof(), 2);
    assertThat(format.validateHeader(ID, right)).isEqualTo(new Verdict.Accept());
    Examination wrong = format.examineHeader(ID, parts.header(), parts.proof(), 3);
    assertThat(format.validateHeader(ID, wrong)).isInstanceOf(Verdict.Reject.class);
  }

  /** No message could carry its parts one by one, and the node counts on that they are so many. */
  @Test
  void aBlockOfMoreThanThereMayBe_isOfOnePiece() {
    BlockFormat format = guarded(new ItemBlocks());
    List<Bytes> most = Collections.nCopies(WireMessage.MAX_ITEMS, Bytes.EMPTY);
    List<Bytes> more = Collections.nCopies(WireMessage.MAX_ITEMS + 1, Bytes.EMPTY);

    assertThat(format.split(new ItemBlocks().block(1, most))).isNotNull();
    assertThat(format.split(new ItemBlocks().block(1, more))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, true",
    "0, 0, false",
    "1024, 24576, true",
    "1025, 1, false",
    "1, 24577, false"
  })
  void aBlockWithALongerHeaderOrProof_isOfOnePiece(int headerBytes, int proofBytes, boolean taken) {
    BlockParts parts =
        new BlockParts(
            Bytes.wrap(new byte[headerBytes]), Bytes.wrap(new byte[proofBytes]), List.of());
    BlockFormat format =
        guarded(
            new ItemBlocks() {
              @Override
              public BlockParts split(Bytes payload) {
                return parts;
              }
            });

    assertThat(format.split(Bytes.EMPTY)).isEqualTo(taken ? parts : null);
  }

  @Test
  void anApplicationWithoutAFormat_hasNone() {
    assertThat(new GuardedApplication(new AcceptingApplication(), new Subscribers()).blockFormat())
        .isNull();
  }
}
