package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {
  private final AtomicLong clock = new AtomicLong();
  private final SharedMemory memory = new SharedMemory(1000, clock::get);
  private final List<String> heard = new ArrayList<>();

  @Test
  void whoGivesWay_isTold_andMayCallBack() {
    SharedMemory.Share[] stale = new SharedMemory.Share[1];
    stale[0] =
        memory.open(
            false,
            () -> {
              heard.add("stale");
              stale[0].close();
            });
    stale[0].take(750);
    clock.addAndGet(TimeUnit.SECONDS.toNanos(3));

    SharedMemory.Share fresh = memory.open(false, () -> heard.add("fresh"));
    assertThat(fresh.take(700)).isTrue();
    assertThat(heard).containsExactly("stale");
    assertThat(memory.takenBytes()).isEqualTo(700);
  }

  @Test
  void whoFindsNoRoom_isToldWhenThereIs() {
    SharedMemory.Share one = memory.open(false, () -> {});
    SharedMemory.Share other = memory.open(false, () -> {});
    one.take(750);

    assertThat(other.makeRoom(100, () -> heard.add("room"))).isFalse();
    assertThat(heard).isEmpty();
    one.giveBack(50);
    assertThat(heard).as("that is not enough").isEmpty();
    one.giveBack(50);
    assertThat(heard).containsExactly("room");
    one.giveBack(100);
    assertThat(heard).hasSize(1);
    assertThat(other.makeRoom(100, () -> heard.add("again"))).isTrue();
    assertThat(memory.takenBytes()).as("room is not taken").isEqualTo(550);
    one.close();
    assertThat(memory.takenBytes()).isZero();
    assertThat(heard).hasSize(1);
  }

  @Test
  void aLinkThatIsGone_isToldNothing() {
    SharedMemory.Share one = memory.open(false, () -> {});
    SharedMemory.Share other = memory.open(false, () -> {});
    one.take(700);
    other.makeRoom(100, () -> heard.add("room"));
    other.close();
    one.close();

    assertThat(heard).isEmpty();
  }

  @Test
  void theEndOfALink_givesItsRoomToWhoWaits() {
    SharedMemory.Share one = memory.open(false, () -> {});
    SharedMemory.Share other = memory.open(false, () -> {});
    one.take(700);
    other.makeRoom(100, () -> heard.add("room"));
    one.close();

    assertThat(heard).containsExactly("room");
  }
}
