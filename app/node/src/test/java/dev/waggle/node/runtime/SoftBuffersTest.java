package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.RecordBuffers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftBuffersTest {
  private static final int MIB = 1 << 20;

  private final RecordBuffers buffers = new RecordBuffers(new SoftBuffers());

  @Test
  void theTwoThatCameBackLast_areLentAgain() {
    List<HeapBuffer> lent = new ArrayList<>();
    for (int mebibytes = 2; mebibytes <= 4; mebibytes++) {
      lent.add(buffers.take(mebibytes * MIB));
    }
    lent.forEach(buffers::giveBack);

    assertThat(buffers.take(4 * MIB)).isSameAs(lent.get(2));
    assertThat(buffers.take(4 * MIB)).as("lent already").isNotSameAs(lent.get(2));
    assertThat(buffers.take(3 * MIB)).isSameAs(lent.get(1));
    assertThat(buffers.take(2 * MIB)).as("the oldest is not kept").isNotSameAs(lent.get(0));
  }

  @Test
  void aBufferOfAnotherLength_staysWhereItIs() {
    HeapBuffer buffer = buffers.take(2 * MIB);
    buffers.giveBack(buffer);

    assertThat(buffers.take(3 * MIB)).isNotSameAs(buffer);
    assertThat(buffers.take(2 * MIB)).isSameAs(buffer);
  }
}
