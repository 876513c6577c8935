package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {
  private final ChunkPool pool = new ChunkPool();

  @Test
  void chunkGivenBack_isEmptyWhenTakenAgain() {
    ByteBuffer chunk = pool.take();
    chunk.limit(100).position(40);

    pool.giveBack(chunk);
    ByteBuffer again = pool.take();

    assertThat(again).isSameAs(chunk);
    assertThat(again.isDirect()).isTrue();
    assertThat(again.position()).isZero();
    assertThat(again.limit()).isZero();
    assertThat(again.capacity()).isEqualTo(ChunkPool.CHUNK_BYTES);
  }

  @Test
  void chunksInUse_areDistinct() {
    assertThat(pool.take()).isNotSameAs(pool.take());
  }

  @Test
  void noMoreThanTheBound_isKept() {
    List<ByteBuffer> used = take(ChunkPool.MAX_KEPT + 10);
    used.forEach(pool::giveBack);

    Set<ByteBuffer> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(used);
    List<ByteBuffer> again = take(ChunkPool.MAX_KEPT + 10);

    assertThat(again.stream().filter(known::contains)).hasSize(ChunkPool.MAX_KEPT);
  }

  private List<ByteBuffer> take(int count) {
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(pool.take());
    }
    return taken;
  }
}
