package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several links to one peer, and places for all of them (PROTOCOL §9.3). */
class PeerManagerDuplicatesTest extends PeerManagerFixture {
  @Test
  void eachSideDialled_theLargerSideTakesLeaveOfItsOwn() {
    startWith(SEED);
    LinkId own = establish(SMALLER, SEED);
    LinkId others = inbound(SMALLER);
    assertThat(links.take(own)).containsExactly(goodbye(GoodbyeReason.DUPLICATE));
    assertThat(active()).containsExactly(others);
    assertThat(links.closed).as("left to the peer").isEmpty();
    assertThat(manager.speaker(own)).as("still heard").isNotNull();

    pass(PeerManager.LEAVE_WITHIN.minusNanos(1));
    assertThat(links.closed).as("in time").isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(links.closed).containsOnlyKeys(own);
    assertThat(manager.speaker(own)).isNull();
  }

  @Test
  void eachSideDialled_theSmallerSideWaits() {
    startWith(SEED);
    LinkId own = establish(LARGER, SEED);
    LinkId others = inbound(LARGER);
    assertThat(active()).containsExactly(own, others);

    manager.goodbye(others, GoodbyeReason.DUPLICATE, now);
    assertThat(active()).containsExactly(own);
    assertThat(links.closed).containsOnlyKeys(others);
    assertThat(manager.takeDeparted()).isEmpty();
  }

  @Test
  void bothOfOwnDialling_theNewerGoes() {
    startWith(SEED, OTHER_SEED);
    LinkId older = establish(LARGER, SEED);
    assertThat(taken).isNotNull().isSameAs(manager.speaker(older));
    LinkId newer = establish(LARGER, OTHER_SEED);
    assertThat(taken).as("nothing may be sent on it").isNull();
    assertThat(active()).containsExactly(older);
    assertThat(links.take(newer)).containsExactly(goodbye(GoodbyeReason.DUPLICATE));
    assertThat(manager.speaker(older).send(new WireMessage.GetAddr(), now)).isTrue();
    assertThat(links.take(older)).containsExactly(new WireMessage.GetAddr());
    closedBy(newer, CloseReason.Cause.REMOTE);
    links.takeDials();
    pass(Duration.ofMinutes(10));
    assertThat(links.dials).as("they are known to be one peer").isEmpty();
  }

  @Test
  void peerThatComesAgain_isServedOnItsNewLink() {
    LinkId dead = inbound(LARGER);
    LinkId fresh = inbound(LARGER);
    Neighbour peer = manager.speaker(fresh);
    assertThat(active()).containsExactly(dead, fresh);
    assertThat(peer).isSameAs(manager.speaker(dead));
    assertThat(peer.send(new WireMessage.GetAddr(), now)).isTrue();
    assertThat(links.take(fresh)).containsExactly(new WireMessage.GetAddr());
    assertThat(links.take(dead)).isEmpty();

    closedBy(dead, CloseReason.Cause.RESET);
    assertThat(manager.takeDeparted()).isEmpty();
    closedBy(fresh, CloseReason.Cause.RESET);
    assertThat(manager.takeDeparted()).containsExactly(peer);
    assertThat(peer.isConnected()).isFalse();
    assertThat(peer.send(new WireMessage.GetAddr(), now)).isFalse();
  }

  @Test
  void peerThatComesAgainAndAgain_holdsFewLinks() {
    LinkId first = inbound(LARGER);
    for (int i = 0; i < Duplicates.MAX_INBOUND_PER_PEER; i++) {
      inbound(LARGER);
    }
    assertThat(active()).hasSize(Duplicates.MAX_INBOUND_PER_PEER).doesNotContain(first);
    assertThat(links.take(first)).containsExactly(goodbye(GoodbyeReason.DUPLICATE));
  }

  @Test
  void allPlacesTaken_peerThatComesAgain_takesThatOfItsOldestLink() {
    manager = manager(withPlaces(2));
    LinkId first = inbound(IDENTITIES.get(0), "192.0.2.1");
    LinkId second = inbound(IDENTITIES.get(0), "192.0.2.1");
    assertThat(active()).as("there is a place for both").containsExactly(first, second);
    closedBy(second, CloseReason.Cause.RESET);
    inbound(IDENTITIES.get(1), "192.0.2.2");

    LinkId again = inbound(IDENTITIES.get(0), "192.0.2.1");
    assertThat(active()).contains(again).doesNotContain(first).hasSize(2);
    assertThat(links.take(first)).containsExactly(goodbye(GoodbyeReason.DUPLICATE));
    assertThat(manager.takeDeparted()).isEmpty();
  }

  @Test
  void peer_isOneThatWeChose_whileAnyLinkIsOfOurDialling() {
    startWith(SEED);
    LinkId own = establish(LARGER, SEED);
    LinkId others = inbound(LARGER);
    Neighbour peer = manager.speaker(others);
    assertThat(peer.isOutbound()).isTrue();
    closedBy(own, CloseReason.Cause.RESET);
    assertThat(peer.isOutbound()).isFalse();
  }
}
