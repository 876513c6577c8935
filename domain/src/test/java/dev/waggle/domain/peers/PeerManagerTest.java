package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a {@link PeerManager} judges its peers, answers them and takes leave. */
class PeerManagerTest extends PeerManagerFixture {
  @Test
  void unsolicitedPongs_endInABan() {
    startWith(SEED);
    links.takeDials();
    LinkId link = establish(LARGER, SEED);
    for (int i = 0; i < 4; i++) {
      manager.pong(link, i, now);
    }
    assertThat(links.closed).isEmpty();
    assertThat(manager.status(now).getFirst().score()).isEqualTo(-80);
    manager.pong(link, 4, now);
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.MISBEHAVIOUR));
    assertThat(links.closed).containsOnlyKeys(link);
    closedBy(link, CloseReason.Cause.LOCAL);

    LinkId again = inbound(LARGER);
    assertThat(links.take(again)).containsExactly(goodbye(GoodbyeReason.MISBEHAVIOUR));
    pass(Duration.ofMinutes(9));
    assertThat(links.dials).as("not dialled while banned").isEmpty();
    pass(Duration.ofMinutes(2));
    pass(Backoff.CAP);
    assertThat(links.dials).containsExactly(SEED);
    assertThat(active()).isEmpty();
    LinkId forgiven = inbound(LARGER);
    assertThat(active()).containsExactly(forgiven);
  }

  @Test
  void peerWhoseMessagesAreInvalid_isBanned() {
    LinkId link = inbound(LARGER);
    Neighbour peer = manager.speaker(link);
    for (int i = 0; i < 3; i++) {
      peer.blame(Offence.INVALID_MESSAGE, now);
    }
    assertThat(links.closed).isEmpty();
    peer.blame(Offence.INVALID_MESSAGE, now);
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.MISBEHAVIOUR));
  }

  @Test
  void goodbye_isNamedWhenTheLinkHasEnded() {
    LinkId link = inbound(LARGER);
    manager.goodbye(link, GoodbyeReason.SHUTDOWN, now);
    assertThat(links.closed).containsOnlyKeys(link);
    assertThat(manager.speaker(link)).isNull();
    closedBy(link, CloseReason.Cause.LOCAL);
    assertThat(observed).containsExactly("connected", "disconnected goodbye: shutdown");
  }

  @Test
  void stopped_takesLeaveOfAll_dialsAndLetsInNobody() {
    startWith(SEED, OTHER_SEED);
    links.takeDials();
    LinkId first = establish(LARGER, SEED);
    manager.stop(now);
    assertThat(links.take(first)).containsExactly(goodbye(GoodbyeReason.SHUTDOWN));
    LinkId late = establish(SMALLER, OTHER_SEED);
    assertThat(links.take(late)).containsExactly(goodbye(GoodbyeReason.SHUTDOWN));
    assertThat(links.closed).containsOnlyKeys(first, late);
    closedBy(first, CloseReason.Cause.LOCAL);
    closedBy(late, CloseReason.Cause.LOCAL);
    pass(Duration.ofMinutes(10));
    assertThat(links.dials).isEmpty();
    assertThat(active()).isEmpty();
  }

  @Test
  void eventsOfUnknownLinks_areIgnored() {
    LinkId unknown = new LinkId(99);
    manager.ping(unknown, 1, now);
    manager.pong(unknown, 1, now);
    manager.goodbye(unknown, GoodbyeReason.SLOW, now);
    manager.addressesWanted(unknown, now);
    manager.closed(unknown, CloseReason.of(CloseReason.Cause.RESET), now);
    manager.dialFailed(SEED, REFUSED, now);
    assertThat(links.closed).isEmpty();
    assertThat(observed).isEmpty();
  }

  @Test
  void peer_isOutboundOnceWeHaveDialledIt_andTakesMoreOnTheLinkThatItIsSentTo() {
    LinkId old = inbound(SMALLER);
    Neighbour peer = manager.speaker(old);
    assertThat(peer).isNotNull();
    assertThat(peer.isOutbound()).isFalse();
    assertThat(peer.takesMore()).isTrue();

    LinkId dialled = establish(SMALLER, SEED);
    assertThat(manager.speaker(dialled)).isSameAs(peer);
    assertThat(peer.isOutbound()).isEqualTo(active().contains(dialled));
    links.full.add(active().getLast());
    assertThat(peer.takesMore()).isFalse();

    manager.stop(now);
    assertThat(peer.takesMore()).isFalse();
    assertThat(peer.isOutbound()).isFalse();
  }
}
