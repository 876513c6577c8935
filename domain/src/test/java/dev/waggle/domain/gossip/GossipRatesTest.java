package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What counts as told unasked, and what becomes of what is too much (PROTOCOL §9.7). */
class GossipRatesTest extends RouterFixture {
  private static final GossipMessage MESSAGE = message(1);

  private void gossip(FakeNeighbour from, GossipMessage message) {
    router.gossiped(from, Deliveries.delivery(message, from), now);
  }

  private void announce(FakeNeighbour from, GossipMessage... messages) {
    router.announced(from, List.of(messages).stream().map(Deliveries::id).toList(), now);
  }

  @Test
  void whatIsNew_andUnasked_counts_eachKindForItself() {
    FakeNeighbour peer = connect();
    gossip(peer, MESSAGE);
    gossip(peer, new GossipMessage.Block(MESSAGE.payload()));
    gossip(peer, new GossipMessage.Evidence(MESSAGE.payload()));
    assertThat(peer.told).containsExactly("1 TRANSACTION", "1 BLOCK", "1 EVIDENCE");
  }

  @Test
  void whatIsKnown_doesNotCount() {
    FakeNeighbour peer = connect();
    gossip(peer, MESSAGE);
    peer.told.clear();
    gossip(peer, MESSAGE);
    gossip(connect(), MESSAGE);
    assertThat(peer.told).isEmpty();
    assertThat(peers.getLast().told).isEmpty();
  }

  @Test
  void whatIsAskedFor_doesNotCount_howeverLittleThePeerMayTell() {
    FakeNeighbour peer = connect();
    announce(peer, MESSAGE);
    peer.told.clear();
    peer.allowance = 0;
    gossip(peer, MESSAGE);
    assertThat(peer.told).isEmpty();
    assertThat(application.delivered).containsExactly(Deliveries.id(MESSAGE));
  }

  /** A walk: each block is asked for because another one awaits it. */
  @Test
  void whatIsAwaited_doesNotCount() {
    FakeNeighbour peer = connect();
    GossipMessage parent = message(2);
    application.verdicts.put(Deliveries.id(MESSAGE), new Verdict.Await(Deliveries.id(parent)));
    gossip(peer, MESSAGE);
    peer.allowance = 0;
    gossip(peer, parent);
    assertThat(application.delivered)
        .containsExactly(Deliveries.id(parent), Deliveries.id(MESSAGE));
  }

  @Test
  void whatIsTooMuch_isAsIfItHadNeverCome_soThatOthersAreAskedForIt() {
    FakeNeighbour flooder = connect();
    flooder.allowance = 0;
    gossip(flooder, MESSAGE);
    assertThat(application.judged).isEmpty();
    assertThat(flooder.offences).isEmpty();

    FakeNeighbour other = connect();
    announce(other, MESSAGE);
    assertThat(other.take()).containsExactly(request(MESSAGE));
    gossip(other, MESSAGE);
    assertThat(application.delivered).containsExactly(Deliveries.id(MESSAGE));
    assertThat(flooder.take()).as("it is not known to have it").hasSize(1);
  }

  @Test
  void announcedIds_count_andOfTooMany_theLastOnesAreHeard() {
    FakeNeighbour peer = connect();
    peer.allowance = 2;
    announce(peer, message(1), message(2), message(3));
    assertThat(peer.told).containsExactly("3 ANNOUNCED_ID");
    assertThat(peer.take()).containsExactly(request(message(2), message(3)));
    announce(peer, message(4));
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void requestedIds_count_untilTheyAreServed() {
    FakeNeighbour peer = connect();
    GossipMessage[] stored =
        IntStream.range(0, 3).mapToObj(RouterFixture::message).toArray(GossipMessage[]::new);
    for (GossipMessage message : stored) {
      application.stored.put(Deliveries.id(message), message);
    }
    peer.allowance = 3;
    router.requested(
        peer,
        List.of(
            Deliveries.id(message(9)), // There is none.
            Deliveries.id(stored[0]),
            Deliveries.id(stored[1]),
            Deliveries.id(stored[2])),
        now);
    assertThat(peer.told).containsExactly("4 REQUESTED_ID");
    assertThat(peer.take()).hasSize(2);
    assertThat(peer.served).isEqualTo(2);
    assertThat(application.found).hasSize(3);
  }
}
