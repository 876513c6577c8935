package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedHeaderChainTest {
  private static final MessageId ID = new MessageId(1, 2, 3, 4);

  /** Fails in everything that it is asked. */
  private static final class Failing extends ToyChain {
    private final @Nullable Error error;
    private int asked;

    Failing(@Nullable Error error) {
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
    public synchronized List<MessageId> locator() {
      throw failure();
    }

    @Override
    public synchronized boolean isOnChain(MessageId id) {
      throw failure();
    }

    @Override
    public synchronized Stretch after(MessageId block, int max) {
      throw failure();
    }

    @Override
    public Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> headers) {
      throw failure();
    }

    @Override
    public Verdict validateHeaders(
        MessageId after, @Nullable Examination before, Examination headers) {
      throw failure();
    }
  }

  private static HeaderChain guarded(ToyChain chain) {
    return new GuardedApplication(chain, new Subscribers()).headerChain();
  }

  @Test
  void anException_costsTheHeaders_andNothingElse() {
    Failing failing = new Failing(null);
    HeaderChain chain = guarded(failing);

    assertThat(chain.locator()).isEmpty();
    assertThat(chain.isOnChain(ID)).isFalse();
    assertThat(chain.after(ID, 7)).isNull();
    assertThat(chain.validateHeaders(ID, null, Examination.NONE))
        .isInstanceOf(Verdict.Ignore.class);
    assertThat(failing.asked).isEqualTo(4);
  }

  @Test
  void headersThatCouldNotBeExamined_areIgnored_andNotJudged_norWhatFollowsThem() {
    Failing failing = new Failing(null);
    HeaderChain chain = guarded(failing);
    Examination failed = chain.examineHeaders(ID, List.of(), List.of());

    assertThat(failed.heldBytes()).isZero();
    assertThat(chain.validateHeaders(ID, null, failed)).isInstanceOf(Verdict.Ignore.class);
    assertThat(chain.validateHeaders(ID, failed, Examination.NONE))
        .isInstanceOf(Verdict.Ignore.class);
    assertThat(failing.asked).as("only to examine them").isOne();
  }

  @Test
  void anError_comesThrough() {
    HeaderChain chain = guarded(new Failing(new StackOverflowError("as it should")));

    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(chain::locator);
    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> chain.isOnChain(ID));
    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> chain.after(ID, 1));
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> chain.examineHeaders(ID, List.of(), List.of()));
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> chain.validateHeaders(ID, null, Examination.NONE));
  }

  @Test
  void whatTheChainSays_isPassedOn() {
    ToyChain inner = new ToyChain();
    inner.grow(3, 10);
    HeaderChain chain = guarded(inner);
    List<MessageId> ids = inner.ids(1, 2);
    HeaderChain.Stretch stretch = chain.after(ToyChain.BEGINNING, 2);

    assertThat(stretch).isEqualTo(inner.after(ToyChain.BEGINNING, 2));
    assertThat(stretch.headers()).hasSize(2);
    assertThat(stretch.last()).isEqualTo(ids.getLast());
    assertThat(stretch.further()).isOne();
    assertThat(chain.locator()).isEqualTo(inner.locator()).hasSize(3);
    assertThat(chain.isOnChain(ids.getFirst())).isTrue();
    assertThat(chain.isOnChain(ID)).isFalse();
    assertThat(chain.after(ID, 1)).isNull();
    assertThat(judged(chain, ids, stretch.headers())).isEqualTo(new Verdict.Accept());
    assertThat(judged(chain, ids, stretch.headers().reversed())).isInstanceOf(Verdict.Reject.class);
  }

  private static Verdict judged(HeaderChain chain, List<MessageId> ids, List<Bytes> headers) {
    Examination examination = chain.examineHeaders(ToyChain.BEGINNING, ids, headers);
    return chain.validateHeaders(ToyChain.BEGINNING, null, examination);
  }

  /** No message could carry it, and the node counts on that it is what was asked for. */
  @ParameterizedTest
  @CsvSource({
    "7, 1, 0, true",
    "7, 1024, 5000000000, true",
    "8, 1, 0, false",
    "1, 0, 0, false",
    "1, 1025, 0, false",
    "1, 1, -1, false",
    "0, 1, 0, true",
  })
  void aStretchOutOfBounds_isNone(int headers, int headerBytes, long further, boolean taken) {
    HeaderChain.Stretch stretch =
        new HeaderChain.Stretch(
            Collections.nCopies(headers, Bytes.wrap(new byte[headerBytes])), ID, further);
    HeaderChain chain =
        guarded(
            new ToyChain() {
              @Override
              public synchronized Stretch after(MessageId block, int max) {
                return stretch;
              }
            });

    assertThat(chain.after(ID, 7)).isEqualTo(taken ? stretch : null);
  }

  @Test
  void aLocatorThatIsTooLong_isCut_soThatItFitsIntoAMessage() {
    List<MessageId> ids = Collections.nCopies(1000, ID);
    HeaderChain chain =
        guarded(
            new ToyChain() {
              @Override
              public synchronized List<MessageId> locator() {
                return ids;
              }
            });

    assertThat(chain.locator()).hasSize(HeaderChain.MAX_LOCATOR);
    assertThat(HeaderChain.MAX_LOCATOR).isLessThan(WireMessage.MAX_LOCATOR);
  }

  @Test
  void anApplicationWithoutAChainOfHeaders_hasNone() {
    assertThat(new GuardedApplication(new AcceptingApplication(), new Subscribers()).headerChain())
        .isNull();
  }
}
