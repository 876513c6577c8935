package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every block store does. */
abstract class BlockStoreContract {
  /** The store, with what an earlier one of this test kept. */
  abstract BlockStore open() throws IOException;

  @Test
  void newStore_isEmpty() throws IOException {
    try (BlockStore store = open()) {
      assertThat(replay(store)).isEmpty();
    }
  }

  @Test
  void appended_isReadBack() throws IOException {
    try (BlockStore store = opened()) {
      List<Bytes> blocks = blocks();
      List<Long> positions = append(store, blocks);

      for (int i = blocks.size() - 1; i >= 0; i--) {
        assertThat(store.read(positions.get(i))).isEqualTo(blocks.get(i));
      }
    }
  }

  @Test
  void replay_handsOverWhatWasAppendedInOrder() throws IOException {
    List<Bytes> blocks = blocks();
    List<Long> positions;
    try (BlockStore store = opened()) {
      positions = append(store, blocks);
    }
    try (BlockStore store = open()) {
      Map<Long, Bytes> replayed = replay(store);

      assertThat(List.copyOf(replayed.values())).isEqualTo(blocks);
      assertThat(List.copyOf(replayed.keySet())).isEqualTo(positions);
      for (Map.Entry<Long, Bytes> entry : replayed.entrySet()) {
        assertThat(store.read(entry.getKey())).isEqualTo(entry.getValue());
      }
    }
  }

  @Test
  void replayBehindABlock_handsOverTheRest() throws IOException {
    List<Bytes> blocks = blocks();
    List<Long> positions;
    try (BlockStore store = opened()) {
      positions = append(store, blocks);
    }
    for (int last = 0; last < blocks.size(); last++) {
      try (BlockStore store = open()) {
        Map<Long, Bytes> replayed = new LinkedHashMap<>();
        assertThat(store.read(positions.get(last))).isEqualTo(blocks.get(last));
        store.replay(positions.get(last), replayed::put);

        assertThat(List.copyOf(replayed.values()))
            .isEqualTo(blocks.subList(last + 1, blocks.size()));
      }
    }
  }

  @Test
  void appendAfterReplay_goesOn() throws IOException {
    try (BlockStore store = opened()) {
      store.append(block(1, 10));
    }
    try (BlockStore store = opened()) {
      store.append(block(2, 20));
    }
    try (BlockStore store = open()) {
      assertThat(replay(store).values()).containsExactly(block(1, 10), block(2, 20));
    }
  }

  @Test
  void blockThatTheVisitorRefuses_endsTheReplay() throws IOException {
    try (BlockStore store = opened()) {
      append(store, List.of(block(1, 10), block(2, 10), block(3, 10)));
    }
    try (BlockStore store = open()) {
      List<Bytes> visited = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  store.replay(
                      BlockStore.START,
                      (position, block) -> {
                        visited.add(block);
                        if (visited.size() == 2) {
                          throw new MalformedMessage("not mine");
                        }
                      }))
          .isInstanceOf(BlockStoreException.class)
          .hasMessageContaining("not mine");
      assertThat(visited).hasSize(2);
    }
  }

  @Test
  void unknownPosition_isRefused() throws IOException {
    try (BlockStore store = opened()) {
      long position = store.append(block(1, 10));

      assertThatThrownBy(() -> store.read(position + 1_000))
          .isInstanceOf(BlockStoreException.class);
      assertThatThrownBy(() -> store.read(-1)).isInstanceOf(BlockStoreException.class);
    }
  }

  @Test
  void closing_isIdempotent() throws IOException {
    BlockStore store = opened();
    store.close();
    store.close();
    opened().close();
  }

  final BlockStore opened() throws IOException {
    BlockStore store = open();
    replay(store);
    return store;
  }

  static Map<Long, Bytes> replay(BlockStore store) throws IOException {
    Map<Long, Bytes> replayed = new LinkedHashMap<>();
    store.replay(BlockStore.START, replayed::put);
    return replayed;
  }

  static List<Long> append(BlockStore store, List<Bytes> blocks) throws IOException {
    List<Long> positions = new ArrayList<>();
    for (Bytes block : blocks) {
      positions.add(store.append(block));
    }
    return positions;
  }

  /** Random bytes: a store does not look into blocks. */
  static Bytes block(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  private static List<Bytes> blocks() {
    return List.of(block(1, 1), block(2, 133), block(3, Block.MAX_BYTES), block(4, 500));
  }
}
