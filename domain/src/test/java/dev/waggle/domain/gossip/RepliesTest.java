package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests are answered as links drain (PROTOCOL §8.2). */
class RepliesTest {
  private static final long NOW = 1_000;
  private static final int MEBIBYTE = 1024 * 1024;
  private static final long MAX_KEPT_BYTES = 7 * MEBIBYTE;

  private final FakeApplication application = new FakeApplication();
  private final Replies replies =
      new Replies(
          application,
          new MessageCache(GossipSettings.DEFAULTS, 1, DuplicateFilter.NONE),
          _ -> null,
          MAX_KEPT_BYTES);

  private List<MessageId> stored(int count, int bytes) {
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new MessageId(application.stored.size(), 1, 2, 3));
      application.stored.put(ids.getLast(), new GossipMessage.Block(Bytes.wrap(new byte[bytes])));
    }
    return ids;
  }

  private static FakeNeighbour peer(int number, int room) {
    FakeNeighbour peer = new FakeNeighbour(number);
    peer.room = room;
    return peer;
  }

  @Test
  void oneIdNamedAThousandTimes_isSentOnce() {
    FakeNeighbour peer = peer(1, 2000);
    replies.requested(
        peer, Collections.nCopies(WireMessage.MAX_IDS, stored(1, 10).getFirst()), false);
    assertThat(replies.serve(NOW)).isFalse();
    assertThat(peer.take()).hasSize(1);
    assertThat(replies.isReady()).isFalse();
  }

  @Test
  void onlyAsMuchIsReadAsTheLinkTakes_theRestWhenItHasDrained() {
    FakeNeighbour peer = peer(1, 2);
    List<MessageId> ids = stored(5, 10);
    replies.requested(peer, ids, false);
    replies.requested(peer, ids, false);
    replies.serve(NOW);
    replies.serve(NOW);
    assertThat(application.found).isEqualTo(ids.subList(0, 2));

    peer.take();
    replies.serve(NOW);
    assertThat(application.found).as("nobody has said that it drained").hasSize(2);
    replies.drained(peer);
    replies.serve(NOW);
    peer.take();
    replies.sweep(NOW);
    replies.serve(NOW);
    assertThat(application.found).isEqualTo(ids);
    assertThat(replies.served()).isEqualTo(5);
  }

  @Test
  void peers_takeTurns() {
    FakeNeighbour first = peer(1, 3);
    FakeNeighbour second = peer(2, 3);
    List<MessageId> ids = stored(6, 10);
    replies.requested(first, ids.subList(0, 3), false);
    replies.requested(second, ids.subList(3, 6), false);
    replies.serve(NOW);
    assertThat(application.found)
        .containsExactly(ids.get(0), ids.get(3), ids.get(1), ids.get(4), ids.get(2), ids.get(5));
  }

  @Test
  void peerThatReadsNothing_keepsNobodyWaiting() {
    FakeNeighbour deaf = peer(1, 0);
    FakeNeighbour honest = peer(2, 10);
    List<MessageId> ids = stored(10, 10);
    replies.requested(deaf, ids, false);
    replies.requested(honest, ids, false);
    replies.serve(NOW);
    assertThat(honest.take()).hasSize(10);
    assertThat(application.found).hasSize(10);
  }

  @Test
  void idsThatWaitForOnePeer_areBounded() {
    FakeNeighbour peer = peer(1, 0);
    List<MessageId> ids = stored(3 * Replies.MAX_PER_PEER, 10);
    replies.requested(peer, ids, false);
    replies.requested(peer, ids.subList(0, Replies.MAX_PER_PEER), false);
    assertThat(replies.dropped()).isEqualTo(2 * Replies.MAX_PER_PEER);
    peer.room = Integer.MAX_VALUE;
    replies.drained(peer);
    while (replies.serve(NOW)) {}
    assertThat(replies.served()).isEqualTo(Replies.MAX_PER_PEER);
  }

  @Test
  void sameOldMessageForAHundredPeers_isReadOnce_untilNobodyReadsForAWhile() {
    MessageId id = stored(1, MEBIBYTE).getFirst();
    for (int i = 0; i < 100; i++) {
      replies.requested(peer(i, 1), List.of(id), false);
    }
    while (replies.serve(NOW)) {}
    assertThat(replies.served()).isEqualTo(100);
    assertThat(application.found).hasSize(1);

    replies.sweep(NOW + 59_999_999_999L);
    assertThat(replies.isIdle()).isFalse();
    replies.sweep(NOW + 60_000_000_000L);
    assertThat(replies.isIdle()).isTrue();
    replies.requested(peer(1, 1), List.of(id), false);
    replies.serve(NOW);
    assertThat(application.found).hasSize(2);
  }

  @Test
  void messagesKeptForTheNextWhoAsks_areBoundedInBytes() {
    List<MessageId> ids = stored(40, MEBIBYTE);
    FakeNeighbour peer = peer(1, 100);
    replies.requested(peer, ids, false);
    while (replies.serve(NOW)) {}
    application.found.clear();

    replies.requested(peer, ids.reversed(), false);
    while (replies.serve(NOW)) {}
    int kept = ids.size() - application.found.size();
    assertThat(kept).isEqualTo(6);
  }

  @Test
  void oneEvent_readsABoundedNumberOfBytes() {
    FakeNeighbour peer = peer(1, 100);
    replies.requested(peer, stored(5, MEBIBYTE / 2), false);
    assertThat(replies.serve(NOW)).as("more to do at once").isTrue();
    assertThat(application.found).hasSize(2);
    assertThat(replies.serve(NOW)).isTrue();
    assertThat(replies.serve(NOW)).isFalse();
    assertThat(peer.take()).hasSize(5);
  }

  @Test
  void oneEvent_looksUpABoundedNumberOfIds_knownOrNot() {
    List<MessageId> unknown = new ArrayList<>();
    for (int i = 0; i < WireMessage.MAX_IDS; i++) {
      unknown.add(new MessageId(i, 9, 9, 9));
    }
    replies.requested(peer(1, 1), unknown, false);
    assertThat(replies.serve(NOW)).isTrue();
    assertThat(application.found).hasSize(Replies.MAX_LOOKUPS);
    while (replies.serve(NOW)) {}
    assertThat(application.found).hasSize(WireMessage.MAX_IDS);
  }

  @Test
  void departedPeer_isForgotten() {
    FakeNeighbour peer = peer(1, 0);
    replies.requested(peer, stored(3, 10), false);
    replies.departed(peer);
    assertThat(replies.isIdle()).isTrue();
    peer.connected = false;
    replies.requested(peer, stored(3, 10), false);
    assertThat(replies.isIdle()).as("its links still speak while they close").isTrue();
  }

  @Test
  void messagesThatFillTheRoomExactly_areAllKeptForTheNextWhoAsks() {
    List<MessageId> ids = stored(7, MEBIBYTE - 256);
    FakeNeighbour peer = peer(1, 100);
    for (int round = 0; round < 2; round++) {
      replies.requested(peer, ids, false);
      while (replies.serve(NOW)) {}
    }
    assertThat(peer.take()).hasSize(14);
    assertThat(application.found).hasSize(7);
  }
}
