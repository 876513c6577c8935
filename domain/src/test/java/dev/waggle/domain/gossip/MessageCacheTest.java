package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageCacheTest {
  private static final GossipMessage HUNDRED = new GossipMessage.Block(Bytes.wrap(new byte[100]));

  private static MessageCache cache(int maxCount, long maxBytes, long salt) {
    GossipSettings usual = GossipSettings.DEFAULTS;
    return new MessageCache(
        usual.withMemory(maxCount, Duration.ofNanos(1000), maxBytes, maxBytes),
        salt,
        DuplicateFilter.NONE);
  }

  private static MessageId id(long number) {
    return new MessageId(number, 1, 2, 3);
  }

  @Test
  void anyIdsInAnyOrder_behavesAsAMapInOrderOfInsertion() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int maxCount = random.nextInt(1, 3000);
      MessageCache cache = cache(maxCount, Long.MAX_VALUE / 2, random.nextLong());
      Map<MessageId, Long> model = new LinkedHashMap<>();
      for (long now = 0; now < 10_000; now++) {
        // Few different first words, so that many collide, and neighbours in the table.
        MessageId id = new MessageId(random.nextInt(2000), random.nextInt(3), 0, 0);
        assertThat(cache.contains(id)).isEqualTo(model.containsKey(id));
        if (model.putIfAbsent(id, now) == null && model.size() > maxCount) {
          model.remove(model.keySet().iterator().next());
        }
        cache.add(id, null, now);
        if (random.nextInt(100) == 0) {
          cache.expire(now);
          Iterator<Long> added = model.values().iterator();
          while (added.hasNext() && now - added.next() >= 1000) {
            added.remove();
          }
        }
        assertThat(cache.size()).isEqualTo(model.size());
      }
      for (MessageId id : model.keySet()) {
        assertThat(cache.contains(id)).isTrue();
      }
    }
  }

  @Test
  void messages_leaveByBytes_theirIdsStay() {
    MessageCache cache = cache(1000, 1000, 5);
    for (int i = 0; i < 10; i++) {
      cache.add(id(i), HUNDRED, i);
      assertThat(cache.keptBytes()).isLessThanOrEqualTo(1000);
    }
    assertThat(cache.find(id(9))).isSameAs(HUNDRED);
    assertThat(cache.find(id(0))).isNull();
    assertThat(cache.contains(id(0))).isTrue();
  }

  @Test
  void messageThatIsLargerThanAllRoom_isNotKept() {
    MessageCache cache = cache(1000, 50, 5);
    cache.add(id(1), HUNDRED, 0);
    assertThat(cache.contains(id(1))).isTrue();
    assertThat(cache.find(id(1))).isNull();
    assertThat(cache.keptBytes()).isZero();
  }

  @Test
  void evictedIds_takeTheirMessagesAlong() {
    MessageCache cache = cache(3, 1_000_000, 5);
    for (int i = 0; i < 10; i++) {
      cache.add(id(i), HUNDRED, i);
    }
    assertThat(cache.size()).isEqualTo(3);
    assertThat(cache.find(id(6))).isNull();
    assertThat(cache.find(id(7))).isSameAs(HUNDRED);
    cache.expire(5000);
    assertThat(cache.size()).isZero();
    assertThat(cache.keptBytes()).isZero();
    assertThat(cache.find(id(9))).isNull();
  }

  @Test
  void clockThatRunsOver_expiresAlike() {
    MessageCache cache = cache(10, 1000, 5);
    long added = Long.MAX_VALUE - 10;
    cache.add(id(1), null, added);
    cache.expire(added + 999);
    assertThat(cache.contains(id(1))).isTrue();
    cache.expire(added + 1000);
    assertThat(cache.contains(id(1))).isFalse();
  }

  @Test
  void messagesThatFillTheRoomExactly_areAllKept() {
    MessageCache cache = cache(10, 2 * 228, 5);
    cache.add(id(1), HUNDRED, 0);
    cache.add(id(2), HUNDRED, 0);
    assertThat(cache.keptBytes()).isEqualTo(2 * 228);
    assertThat(cache.find(id(1))).isSameAs(HUNDRED);
    cache.add(id(3), HUNDRED, 0);
    assertThat(cache.find(id(1))).isNull();
    assertThat(cache.find(id(2))).isSameAs(HUNDRED);
  }
}
