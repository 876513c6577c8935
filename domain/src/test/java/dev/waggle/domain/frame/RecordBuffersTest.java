package dev.waggle.domain.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.domain.stream.MessageLength;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBuffersTest {
  private final RecordBuffers buffers = new RecordBuffers();

  @Test
  void takenBuffer_hasRoomButNotMoreThanFourTimesAsMuch() {
    for (int bytes = 4096 + 129; bytes < MessageLength.MAX_MESSAGE_BYTES; bytes += bytes / 10) {
      HeapBuffer buffer = buffers.take(bytes);
      assertThat(buffer.array().length).isBetween(bytes, 4 * bytes);
      buffers.giveBack(buffer);
    }
  }

  @Test
  void largeBuffers_haveWholeMebibytes_andAreNotKept() {
    HeapBuffer buffer = buffers.take((3 << 20) - 1000);
    assertThat(buffer.array()).hasSize(3 << 20);
    buffers.giveBack(buffer);

    assertThat(buffers.lentBytes()).isZero();
    assertThat(buffers.take(3 << 20)).isNotSameAs(buffer);
  }

  @Test
  void bufferGivenBack_isLentAgain() {
    HeapBuffer first = buffers.take(FrameBounds.MAX_FRAME_BYTES);
    buffers.giveBack(first);

    assertThat(buffers.take(FrameBounds.MAX_FRAME_BYTES)).isSameAs(first);
  }

  @Test
  void unusedBuffers_areKeptUpToABound() {
    List<HeapBuffer> lent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lent.add(buffers.take(FrameBounds.MAX_FRAME_BYTES));
    }
    lent.forEach(buffers::giveBack);

    List<HeapBuffer> again = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      again.add(buffers.take(FrameBounds.MAX_FRAME_BYTES));
    }
    assertThat(again.stream().filter(lent::contains)).hasSize(16);
  }

  @Test
  void grownBuffer_holdsWhatWasThereAndTheOldOneIsFreeAgain() {
    HeapBuffer small = buffers.take(10);
    small.array()[9] = 42;

    assertThat(buffers.grow(small, 10, small.length())).isSameAs(small);
    HeapBuffer large = buffers.grow(small, 10, 5000);
    assertThat(large.array()[9]).isEqualTo((byte) 42);
    assertThat(buffers.take(10)).isSameAs(small);
  }

  @Test
  void lentBytes_areWhatIsOut() {
    HeapBuffer buffer = buffers.take(5000);
    assertThat(buffers.lentBytes()).isEqualTo(buffer.array().length);
    buffers.giveBack(buffer);
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void bufferOfAnotherOrigin_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> buffers.giveBack(new HeapBuffer(5)));
  }
}
