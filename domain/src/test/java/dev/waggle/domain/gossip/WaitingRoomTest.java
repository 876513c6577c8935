package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is remembered as having what waits (PROTOCOL §8.3). */
class WaitingRoomTest {
  private static final GossipMessage BLOCK = new GossipMessage.Block(Bytes.wrap(new byte[10]));
  private static final int COUNT = 100;

  private final WaitingRoom room = new WaitingRoom(GossipSettings.DEFAULTS);
  private final FakeNeighbour sender = new FakeNeighbour(1);
  private final FakeNeighbour other = new FakeNeighbour(2);
  private final List<Waiting> all = new ArrayList<>();

  private static MessageId id(int number) {
    return new MessageId(number, 0, 0, 0);
  }

  /** A chain, of which each block awaits the one with the next higher number. */
  private void fill() {
    for (int i = 0; i < COUNT; i++) {
      all.add(
          Waiting.forMessage(
              new Delivery(id(i), BLOCK, Examination.NONE, sender.id()), sender, id(i + 1)));
      room.add(all.getLast(), List.of(sender, other), i);
    }
  }

  private long heldByOther() {
    return all.stream().filter(waiting -> waiting.holders().contains(other)).count();
  }

  @Test
  void peer_isRememberedForTheLastMessagesThatItHasToo() {
    fill();
    assertThat(heldByOther()).isEqualTo(WaitingRoom.MAX_HELD);
    assertThat(all.getFirst().holders()).containsExactly(sender);
    assertThat(all.getLast().holders()).containsExactly(sender, other);
  }

  @Test
  void departedPeer_isRememberedForNothing() {
    fill();
    room.departed(other);
    assertThat(heldByOther()).isZero();
  }

  @Test
  void chain_stallsAtItsEnd_whichAllWhoHaveAnyOfItShouldHave() {
    fill();
    assertThat(room.stalled()).containsOnlyKeys(id(COUNT));
    assertThat(room.stalled().get(id(COUNT))).containsExactly(sender, other);
  }
}
