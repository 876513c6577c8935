package dev.waggle.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.FakeNeighbour;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What peers are told that want to know what follows on this node's chain (PROTOCOL §8.6). */
class HeaderRepliesTest {
  private static final long NOW = 1_000;
  private static final int PER_TURN = 128;

  private final LongChain chain = new LongChain(1_000);
  private final HeaderReplies replies = new HeaderReplies(chain);
  private final FakeNeighbour peer = new FakeNeighbour(1);
  private final FakeNeighbour other = new FakeNeighbour(2);

  private void ask(FakeNeighbour from, int count, MessageId... locator) {
    replies.requested(from, List.of(locator), count, NOW);
  }

  private void serve(int times) {
    for (int i = 0; i < times; i++) {
      replies.serve(NOW);
    }
  }

  /** Headers {@code first} to {@code last}, as they are told; the last may be before the first. */
  private WireMessage part(int first, int last, long further) {
    return new WireMessage.Headers(chain.id(first - 1), further, chain.headers(first, last));
  }

  @Test
  void answer_beginsBehindTheFirstOfTheLocatorThatIsOnTheChain() {
    ask(peer, 2, new MessageId(9, 1_000, 0, 0), chain.id(1_001), chain.id(5), chain.id(900));
    assertThat(peer.take()).as("not before its turn").isEmpty();
    assertThat(replies.isReady()).isTrue();
    serve(1);
    assertThat(peer.take()).containsExactly(part(6, 7, 993));
    assertThat(replies.isReady()).isFalse();
  }

  @Test
  void answer_comesInParts_eachBehindTheOneBefore_untilThereAreAsManyAsWereAskedFor() {
    ask(peer, 300, chain.id(0));
    serve(1);
    assertThat(peer.take()).containsExactly(part(1, 128, 872));
    serve(1);
    assertThat(peer.take()).containsExactly(part(129, 256, 744));
    serve(1);
    assertThat(peer.take()).containsExactly(part(257, 300, 700));
    assertThat(replies.isReady()).isFalse();
    assertThat(replies.sent()).isEqualTo(300);
  }

  @Test
  void asManyAsOnePartHolds_areOnePart() {
    ask(peer, PER_TURN, chain.id(0));
    serve(1);
    assertThat(peer.take()).containsExactly(part(1, 128, 872));
    assertThat(replies.isReady()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"800, 2", "872, 1", "999, 1"})
  void answer_endsWithTheChain(int after, int parts) {
    ask(peer, WireMessage.MAX_HEADERS_ASKED, chain.id(after));
    serve(parts);
    assertThat(replies.isReady()).isFalse();
    assertThat(replies.sent()).isEqualTo(1_000 - after);
    List<WireMessage> sent = peer.take();
    assertThat(sent).hasSize(parts);
    assertThat(sent.getLast())
        .isInstanceOfSatisfying(
            WireMessage.Headers.class, last -> assertThat(last.further()).isZero());
  }

  @Test
  void whoHasAllOfTheChain_isToldThatNothingFollows() {
    ask(peer, 100, chain.id(1_000));
    serve(1);
    assertThat(peer.take()).containsExactly(part(1_001, 1_000, 0));
    assertThat(replies.isReady()).isFalse();
  }

  @Test
  void whoAsksForNone_isToldHowManyFollow() {
    ask(peer, 0, chain.id(5_000), chain.id(700));
    serve(1);
    assertThat(peer.take()).containsExactly(part(701, 700, 300));
    assertThat(replies.isReady()).isFalse();
    assertThat(replies.sent()).isZero();
  }

  @Test
  void moreThanFourBytesCount_areAsMany() {
    chain.beyond = 1L << 40;
    ask(peer, 1, chain.id(0));
    serve(1);
    assertThat(peer.take()).containsExactly(part(1, 1, 0xFFFF_FFFFL));
  }

  @Test
  void whoNamesNoBlockOfTheChain_isNotAnswered() {
    ask(peer, 100, new MessageId(9, 9, 9, 9), chain.id(1_001));
    assertThat(replies.isReady()).isFalse();
    serve(1);
    assertThat(peer.take()).isEmpty();
    assertThat(chain.lookups).isZero();
  }

  @Test
  void whoAsksAnew_isAnsweredThatAlone() {
    ask(peer, 300, chain.id(0));
    ask(peer, 200, chain.id(500));
    serve(1);
    assertThat(peer.take()).containsExactly(part(501, 628, 372));
    ask(peer, 1, chain.id(10));
    serve(1);
    assertThat(peer.take()).containsExactly(part(11, 11, 989));
    assertThat(replies.isReady()).isFalse();
  }

  @Test
  void whoAsksAnew_inVain_isToldNoMoreOfWhatWasAskedForBefore() {
    ask(peer, 300, chain.id(0));
    serve(1);
    peer.take();
    ask(peer, 300, chain.id(1_001));
    assertThat(replies.isReady()).isFalse();
    serve(1);
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void peers_takeTurns() {
    ask(peer, 300, chain.id(0));
    ask(other, 300, chain.id(100));
    serve(1);
    assertThat(peer.take()).containsExactly(part(1, 128, 872));
    assertThat(other.take()).isEmpty();
    serve(1);
    assertThat(other.take()).containsExactly(part(101, 228, 772));
    assertThat(peer.take()).as("one part for an event").isEmpty();
    serve(1);
    assertThat(peer.take()).hasSize(1);
    assertThat(other.take()).isEmpty();
  }

  @Test
  void whoAsksAgainAndAgain_comesNoSoonerForIt() {
    ask(other, 300, chain.id(0));
    ask(peer, 300, chain.id(0));
    serve(1);
    assertThat(other.take()).hasSize(1);
    for (int i = 0; i < 10; i++) {
      ask(other, 300, chain.id(0));
    }
    serve(1);
    assertThat(peer.take()).hasSize(1);
    assertThat(other.take()).isEmpty();
  }

  @Test
  void whoseLinkTakesNoMore_isLookedUpNothingFor_untilItHasDrained() {
    peer.room = 1;
    ask(peer, 200, chain.id(0));
    serve(2);
    assertThat(chain.lookups).isEqualTo(1);
    assertThat(replies.isReady()).isFalse();

    peer.take();
    serve(1);
    assertThat(peer.take()).as("nobody has said that it drained").isEmpty();
    replies.drained(peer);
    assertThat(replies.isReady()).isTrue();
    serve(1);
    assertThat(peer.take()).containsExactly(part(129, 200, 800));
    assertThat(chain.lookups).isEqualTo(2);
  }

  @Test
  void whoReadsNothing_keepsNobodyWaiting() {
    peer.room = 0;
    ask(peer, 200, chain.id(0));
    ask(other, 10, chain.id(0));
    serve(1);
    assertThat(other.take()).hasSize(1);
    assertThat(replies.isReady()).isFalse();
  }

  @Test
  void whoHasAskedForNothing_isSentNothingWhenItDrains() {
    replies.drained(peer);
    assertThat(replies.isReady()).isFalse();
    ask(peer, 10, chain.id(0));
    serve(1);
    replies.drained(peer);
    assertThat(replies.isReady()).as("all was sent").isFalse();
  }

  @Test
  void whatItsQueueHasNoRoomFor_isGivenUp() {
    peer.full = true;
    ask(peer, 300, chain.id(0));
    serve(1);
    assertThat(replies.isReady()).isFalse();
    assertThat(replies.sent()).isZero();
    peer.full = false;
    replies.drained(peer);
    serve(1);
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void chainThatIsReorganised_endsTheAnswer() {
    MessageId last = chain.id(128);
    ask(peer, 300, chain.id(0));
    serve(1);
    peer.take();
    chain.branch++;
    serve(1);
    assertThat(peer.take()).containsExactly(new WireMessage.Headers(last, 0, List.of()));
    assertThat(replies.isReady()).isFalse();
  }

  @Test
  void chainThatIsReorganisedBeforeTheAnswer_leavesNothingToTell() {
    MessageId asked = chain.id(700);
    ask(peer, 300, asked);
    chain.branch++;
    serve(1);
    assertThat(peer.take()).containsExactly(new WireMessage.Headers(asked, 0, List.of()));
    assertThat(replies.isReady()).isFalse();
  }

  /** Or it would be asked again at once, for ever. */
  @Test
  void chainThatGivesOutNothing_isNotAskedAgain() {
    ask(peer, 300, chain.id(0));
    serve(1);
    peer.take();
    chain.isMute = true;
    serve(1);
    assertThat(peer.take()).containsExactly(part(129, 128, 872));
    assertThat(replies.isReady()).isFalse();
  }

  @Test
  void whatIsAddedMeanwhile_isToldToo() {
    ask(peer, 300, chain.id(800));
    serve(1);
    peer.take();
    chain.tip = 1_050;
    serve(1);
    assertThat(peer.take()).containsExactly(part(929, 1_050, 0));
  }

  /** Of each request what it asks for, and what looking for its locator takes (PROTOCOL §9.7). */
  @Test
  void requests_count_andOneThatIsTooMuch_isNotAnsweredAtAll() {
    peer.allowance = (100 + 8) + (0 + 8) + (100 + 7);
    ask(peer, 100, chain.id(0));
    serve(1);
    assertThat(peer.take()).hasSize(1);
    ask(peer, 0, chain.id(0));
    serve(1);
    assertThat(peer.take()).hasSize(1);
    ask(peer, 100, chain.id(0));
    serve(1);
    assertThat(peer.take()).isEmpty();
    assertThat(replies.isReady()).isFalse();
    assertThat(peer.told)
        .containsExactly("108 REQUESTED_HEADER", "8 REQUESTED_HEADER", "108 REQUESTED_HEADER");
  }

  @Test
  void requestThatIsTooMuch_isAsIfItHadNotCome() {
    peer.allowance = 300 + 8;
    ask(peer, 300, chain.id(0));
    serve(1);
    peer.take();
    ask(peer, 0, chain.id(500));
    serve(1);
    assertThat(peer.take()).containsExactly(part(129, 256, 744));
  }

  @Test
  void requestInVain_countsToo() {
    ask(peer, 100, chain.id(1_001), chain.id(1_002));
    assertThat(peer.told).containsExactly("116 REQUESTED_HEADER");
  }

  @Test
  void whoHasDeparted_isForgotten() {
    ask(peer, 300, chain.id(0));
    serve(1);
    peer.take();
    replies.departed(peer);
    assertThat(replies.isReady()).isFalse();
    replies.drained(peer);
    assertThat(replies.isReady()).isFalse();
    serve(1);
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void linkThatIsBeingClosed_mayStillSpeak_butIsNotAnswered() {
    peer.connected = false;
    ask(peer, 300, chain.id(0));
    assertThat(replies.isReady()).isFalse();
    peer.connected = true;
    replies.drained(peer);
    assertThat(replies.isReady()).as("nothing is kept for it").isFalse();
  }
}
