package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves for want of room or of progress, and at whose expense (PROTOCOL §8.3). */
class WaitingRoomLimitsTest {
  private static final long AGE = GossipSettings.DEFAULTS.waitingMaxAge().toNanos();

  /** With a payload of this length a message that waits takes a thousand bytes. */
  private static final int THOUSAND = 488;

  private final FakeNeighbour one = new FakeNeighbour(1);
  private final FakeNeighbour other = new FakeNeighbour(2);
  private int added;
  private long now = Long.MAX_VALUE - 5; // Soon the clock runs over.

  private static WaitingRoom room(int maxCount, long maxBytes) {
    return new WaitingRoom(GossipSettings.DEFAULTS.withWaiting(maxCount, maxBytes));
  }

  private static MessageId id(int number) {
    return new MessageId(number, 0, 0, 0);
  }

  private Delivery delivery(FakeNeighbour from, int length, long held) {
    GossipMessage block = new GossipMessage.Block(Bytes.wrap(new byte[length]));
    return new Delivery(id(1000 + added++), block, () -> held, from.id());
  }

  private Waiting add(WaitingRoom room, FakeNeighbour from, int missing) {
    return add(room, Waiting.forMessage(delivery(from, THOUSAND, 0), from, id(missing)));
  }

  private Waiting add(WaitingRoom room, Waiting waiting) {
    room.add(waiting, List.of(), now);
    return waiting;
  }

  private static boolean isWhole(Waiting waiting) {
    return waiting.delivery() != null;
  }

  @Test
  void payloadAndExamination_takeTheBytes() {
    List<Boolean> whole = new ArrayList<>();
    for (long held = 187; held <= 189; held++) {
      Waiting waiting = Waiting.forMessage(delivery(one, 300, held), one, id(1));
      whole.add(isWhole(add(room(10, 1000), waiting)));
    }
    assertThat(whole).containsExactly(true, true, false);
  }

  @Test
  void tooManyBytes_takeTheOldestPayloadOfWhoHasMostOfThem() {
    WaitingRoom room = room(100, 5000);
    List<Waiting> mine = new ArrayList<>();
    List<Waiting> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      mine.add(add(room, one, 1));
    }
    others.add(add(room, other, 1));
    others.add(add(room, other, 1));
    assertThat(mine).allMatch(WaitingRoomLimitsTest::isWhole);

    mine.add(add(room, one, 1));
    assertThat(mine).map(WaitingRoomLimitsTest::isWhole).containsExactly(false, true, true, true);
    others.add(add(room, other, 1));
    assertThat(mine).map(WaitingRoomLimitsTest::isWhole).containsExactly(false, false, true, true);
    others.add(add(room, other, 1));
    assertThat(others).map(WaitingRoomLimitsTest::isWhole).containsExactly(false, true, true, true);
    assertThat(room.size()).as("ids stay").isEqualTo(8);
  }

  @Test
  void whatHasLeft_takesNoBytesAnyMore() {
    WaitingRoom room = room(100, 5000);
    List<Waiting> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      add(room, one, 1);
    }
    all.add(add(room, one, 2));
    assertThat(room.release(id(1), now)).hasSize(3);
    for (int i = 0; i < 4; i++) {
      all.add(add(room, other, 3));
    }
    assertThat(all).allMatch(WaitingRoomLimitsTest::isWhole);

    all.add(add(room, other, 3));
    assertThat(all)
        .map(WaitingRoomLimitsTest::isWhole)
        .containsExactly(true, false, true, true, true, true);
  }

  @Test
  void tooManyEntries_theSecondOldestLeaves_stubOrNot_andTheOldestStays() {
    for (long maxBytes : new long[] {0, 100_000}) {
      WaitingRoom room = room(3, maxBytes);
      List<Waiting> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.add(add(room, one, 1));
      }
      assertThat(room.release(id(1), now)).containsExactly(all.get(0), all.get(3), all.get(4));
    }
  }

  @Test
  void whereThereAreOnlyTwo_theNewerStays() {
    WaitingRoom room = room(2, 100_000);
    add(room, one, 1);
    Waiting newer = add(room, one, 1);
    Waiting others = add(room, other, 1);
    assertThat(room.release(id(1), now)).containsExactly(newer, others);
  }

  @Test
  void whatWasDrivenOut_isNotReleased_andLeavesItsSiblingsAlone() {
    WaitingRoom room = room(2, 100_000);
    Waiting drivenOut = add(room, one, 1);
    Waiting sibling = add(room, one, 1);
    add(room, other, 2);
    assertThat(room.find(drivenOut.id())).isNull();
    assertThat(room.release(id(1), now)).containsExactly(sibling);
    assertThat(room.condemn(id(1), now)).isEmpty();
  }

  @Test
  void whatHasLeft_isNotCountedAmongWhatAPeerHasToo() {
    WaitingRoom room = room(1000, 1_000_000);
    Waiting first = add(room, one, 0);
    room.addHolder(first, other);
    for (int i = 1; i < WaitingRoom.MAX_HELD; i++) {
      room.addHolder(add(room, one, 1), other);
    }
    room.release(id(1), now);
    room.addHolder(add(room, one, 2), other);
    assertThat(first.holders()).contains(other);
    room.departed(other);
    assertThat(first.holders()).containsExactly(one);
  }

  @Test
  void peerWithoutProgress_losesAllThatItHasSent_whatIsWholeAndWhatIsNot() {
    WaitingRoom room = room(10, 1000);
    add(room, one, 1);
    add(room, one, 2);
    now += AGE - 1;
    room.expire(now);
    assertThat(room.size()).isEqualTo(2);
    add(room, other, 3);
    now += 1;
    room.expire(now);
    assertThat(room.size()).isEqualTo(1);
    assertThat(room.release(id(3), now)).hasSize(1);
  }

  @Test
  void release_isProgressOfItsSender() {
    WaitingRoom room = room(10, 10_000);
    add(room, one, 1);
    add(room, one, 2);
    now += AGE - 1;
    assertThat(room.release(id(1), now)).hasSize(1);
    now += AGE - 1;
    room.expire(now);
    assertThat(room.size()).isEqualTo(1);
    now += 1;
    room.expire(now);
    assertThat(room.isEmpty()).isTrue();
  }

  @Test
  void tooEarlyMessages_comeDueInTheOrderOfTheirTimes() {
    WaitingRoom room = room(10, 10_000);
    Waiting last = add(room, Waiting.until(now + 30, delivery(one, 1, 0), one));
    Waiting first = add(room, Waiting.until(now + 3, delivery(one, 1, 0), one));
    Waiting second = add(room, Waiting.until(now + 20, delivery(one, 1, 0), one));
    assertThat(room.dueNanos()).hasValue(now + 3);
    assertThat(room.takeDue(now + 2)).isNull();
    assertThat(room.takeDue(now + 30)).isSameAs(first);
    assertThat(room.takeDue(now + 30)).isSameAs(second);
    assertThat(room.takeDue(now + 30)).isSameAs(last);
    assertThat(room.takeDue(now + 30)).isNull();
  }
}
