package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.GossipMessage.Kind;
import org.junit.jupiter.api.Test;

/** What is remembered of a peer's merits. */
class PeerTest {
  private static final long SOON_OVER = Long.MAX_VALUE;

  private final Peer peer = PeerLinks.inbound(1).peer();

  @Test
  void neverOfUse_hasNoTimeOfUse() {
    assertThat(peer.lastBlockNanos()).isEmpty();
    assertThat(peer.lastTransactionNanos()).isEmpty();
  }

  @Test
  void evidenceCountsAsTransactions_andBlocksForThemselves() {
    peer.broughtFirst(Kind.EVIDENCE, SOON_OVER);
    assertThat(peer.lastTransactionNanos()).hasValue(SOON_OVER);
    assertThat(peer.lastBlockNanos()).isEmpty();

    peer.broughtFirst(Kind.BLOCK, SOON_OVER + 1);
    assertThat(peer.lastBlockNanos()).hasValue(SOON_OVER + 1);
    assertThat(peer.lastTransactionNanos()).hasValue(SOON_OVER);

    peer.broughtFirst(Kind.TRANSACTION, SOON_OVER + 2);
    assertThat(peer.lastTransactionNanos()).hasValue(SOON_OVER + 2);
  }
}
