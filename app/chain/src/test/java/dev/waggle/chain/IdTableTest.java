package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdTableTest {
  @TempDir Path directory;

  /** Where the table is kept. */
  enum Medium {
    DISK,
    MEMORY
  }

  /** Some ids thousands of times, so that chains of pages split too. */
  @ParameterizedTest
  @EnumSource(Medium.class)
  void everyEntry_isFoundUnderItsIdAndNoOther(Medium medium) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Map<MessageId, Set<Long>> model = new TreeMap<>();
    List<MessageId> ids = new ArrayList<>();
    try (Records buckets = open(medium, "ids");
        Records overflow = open(medium, "overflow")) {
      IdTable table = IdTable.create(buckets, overflow, 3, 4);
      for (long block = 0; block < 30_000; block++) {
        boolean again = block > 10 && random.nextInt(4) == 0;
        MessageId id = again ? ids.get(random.nextInt(5)) : id(random);
        ids.add(id);
        table.reserve(1);
        table.add(List.of(id), block, 2 * block);
        model.computeIfAbsent(id, _ -> new TreeSet<>()).add(block);
      }
      IdTable again = new IdTable(buckets, overflow, table.state());
      for (Map.Entry<MessageId, Set<Long>> entry : model.entrySet()) {
        assertThat(blocks(again, entry.getKey())).isEqualTo(entry.getValue());
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(blocks(again, id(random))).isEmpty();
      }
      // Two thirds of full pages, and no page lost.
      assertThat(buckets.reserved()).isLessThan(30_000 / 80);
      assertThat(overflow.reserved()).isLessThan(30_000 / 80);
    }
  }

  /** Or who finds two ids that agree in part, by trying, could pass one off for the other. */
  @Test
  void idsThatAgreeInPart_areDifferentOnes() throws IOException {
    MessageId id = new MessageId(1, 2, 3, 4);
    List<MessageId> others =
        List.of(
            new MessageId(9, 2, 3, 4),
            new MessageId(1, 9, 3, 4),
            new MessageId(1, 2, 9, 4),
            new MessageId(1, 2, 3, 9));
    try (Records buckets = open(Medium.DISK, "ids");
        Records overflow = open(Medium.DISK, "overflow")) {
      IdTable table = IdTable.create(buckets, overflow, 3, 4);
      table.reserve(1);
      table.add(List.of(id), 7, 14);

      assertThat(blocks(table, id)).containsExactly(7L);
      for (MessageId other : others) {
        assertThat(blocks(table, other)).as("%s", other).isEmpty();
      }
    }
  }

  private Records open(Medium medium, String name) throws IOException {
    return switch (medium) {
      case DISK -> FileRecords.open(directory.resolve(name), IdTable.PAGE_BYTES);
      case MEMORY -> new MemoryRecords(IdTable.PAGE_BYTES);
    };
  }

  private static MessageId id(SplittableRandom random) {
    return new MessageId(0, 0, random.nextLong(), random.nextLong());
  }

  private static Set<Long> blocks(IdTable table, MessageId id) throws IOException {
    Set<Long> blocks = new TreeSet<>();
    boolean any =
        table.any(
            id,
            (block, height) -> {
              assertThat(height).isEqualTo(2 * block);
              assertThat(blocks.add(block)).isTrue();
              return false;
            });
    assertThat(any).isFalse();
    return blocks;
  }
}
