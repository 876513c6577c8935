package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.sync.LongChain;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a router answers those who ask for headers (PROTOCOL §8.6). */
class HeaderAnswersTest extends RouterFixture {
  private final LongChain chain = new LongChain(300);

  @BeforeEach
  void giveTheApplicationAChain() {
    application.chain = chain;
    router = router(GossipSettings.DEFAULTS);
  }

  private void ask(FakeNeighbour from, int count) {
    router.headersRequested(from, List.of(chain.id(0)), count, now);
  }

  /** A part for each event, and the next as soon as others have had their turn. */
  @Test
  void firstPart_isSentAtOnce_andTheOthersWithoutWaitingForAnything() {
    FakeNeighbour peer = connect();
    ask(peer, 300);
    assertThat(peer.take()).hasSize(1);
    pass(Duration.ZERO);
    assertThat(peer.take()).hasSize(1);
    pass(Duration.ZERO);
    assertThat(peer.take()).hasSize(1);
    pass(Duration.ZERO);
    assertThat(peer.take()).isEmpty();
    assertThat(router.syncCounters().headersSent()).isEqualTo(300);
  }

  @Test
  void whoseLinkHasDrained_isSentMore() {
    FakeNeighbour peer = connect();
    peer.room = 1;
    ask(peer, 200);
    assertThat(peer.take()).hasSize(1);
    peer.room = 0;
    pass(Duration.ZERO);
    peer.room = 1;
    pass(Duration.ofMinutes(1));
    assertThat(peer.take()).isEmpty();
    router.drained(peer, now);
    assertThat(peer.take()).hasSize(1);
  }

  /** Its old link has not drained, and never will. */
  @Test
  void whoHasAnotherLink_isSentMoreOnThat() {
    FakeNeighbour peer = connect();
    peer.room = 0;
    ask(peer, 100);
    peer.room = 1;
    router.linked(peer, now);
    assertThat(peer.take()).hasSize(1);
  }

  @Test
  void whoHasDeparted_isSentNothing_thoughItComesAgain() {
    FakeNeighbour peer = connect();
    peer.room = 0;
    ask(peer, 100);
    router.departed(peer, now);
    peer.room = 1;
    router.linked(peer, now);
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void nodeThatDoesNotKnowHowBlocksFollowEachOther_saysNothing() {
    application.chain = null;
    router = router(GossipSettings.DEFAULTS);
    FakeNeighbour peer = connect();
    router.headersRequested(peer, List.of(new MessageId(1, 2, 3, 4)), 100, now);
    router.drained(peer, now);
    assertThat(peer.take()).isEmpty();
    assertThat(peer.told).isEmpty();
    assertThat(router.syncCounters().headersSent()).isZero();
  }

  @Test
  void requests_countAsToldUnasked() {
    FakeNeighbour peer = connect();
    peer.allowance = 100 + 8;
    ask(peer, 100);
    ask(peer, 100);
    assertThat(peer.take())
        .containsExactly(new WireMessage.Headers(chain.id(0), 200, chain.headers(1, 100)));
    assertThat(peer.told).containsExactly("108 REQUESTED_HEADER", "108 REQUESTED_HEADER");
  }
}
