package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids that go together in one message, or in few. */
class BatchesTest {
  private static final int FULL = WireMessage.MAX_IDS;

  private final List<MessageId> unsent = new ArrayList<>();
  private final Batches batches =
      new Batches(2 * FULL, WireMessage.Announce::new, (_, ids) -> unsent.addAll(ids));
  private final FakeNeighbour peer = new FakeNeighbour(1);

  private List<MessageId> add(int count) {
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new MessageId(i, 0, 0, 0));
      batches.add(peer, ids.getLast());
    }
    return ids;
  }

  @Test
  void fullMessages_areFollowedByNoEmptyOne() {
    List<MessageId> ids = add(2 * FULL);
    batches.flush(0);
    assertThat(peer.take())
        .containsExactly(
            new WireMessage.Announce(ids.subList(0, FULL)),
            new WireMessage.Announce(ids.subList(FULL, 2 * FULL)));
    batches.flush(0);
    assertThat(peer.take()).isEmpty();
    assertThat(batches.sent()).isEqualTo(2L * FULL);
  }

  @Test
  void ofMoreThanTheLimit_theLastAreSent() {
    List<MessageId> ids = add(2 * FULL + 3);
    batches.flush(0);
    assertThat(peer.take())
        .containsExactly(
            new WireMessage.Announce(ids.subList(3, FULL + 3)),
            new WireMessage.Announce(ids.subList(FULL + 3, 2 * FULL + 3)));
  }

  @Test
  void whatFindsNoRoom_isTold_andDoesNotCountAsSent() {
    peer.room = 1;
    List<MessageId> ids = add(FULL + 5);
    batches.flush(0);
    assertThat(unsent).isEqualTo(ids.subList(FULL, FULL + 5));
    assertThat(batches.sent()).isEqualTo(FULL);
  }
}
