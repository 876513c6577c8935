package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class HeldInputTest {
  private final HeldInput held = new HeldInput();

  @Test
  void buffers_comeBackInOrder() {
    ByteBuf first = Unpooled.buffer().writeZero(1);
    ByteBuf second = Unpooled.buffer().writeZero(2);

    assertThat(held.add(first)).isTrue();
    assertThat(held.add(second)).isTrue();
    assertThat(held.poll()).isSameAs(first);
    assertThat(held.poll()).isSameAs(second);
    assertThat(held.poll()).isNull();
    assertThat(held.isEmpty()).isTrue();
  }

  @Test
  void moreThanTheBound_isNotHeld_butReleased() {
    ByteBuf half = Unpooled.buffer().writeZero(HeldInput.MAX_BYTES / 2);
    ByteBuf more = Unpooled.buffer().writeZero(HeldInput.MAX_BYTES / 2 + 1);

    assertThat(held.add(half)).isTrue();
    assertThat(held.add(more)).isFalse();
    assertThat(more.refCnt()).isZero();
    assertThat(held.add(Unpooled.buffer().writeZero(HeldInput.MAX_BYTES / 2))).isTrue();
    held.poll();
    assertThat(held.add(Unpooled.buffer().writeZero(HeldInput.MAX_BYTES / 2))).isTrue();
  }

  @Test
  void whatIsGivenUp_isReleased() {
    ByteBuf buffer = Unpooled.buffer().writeZero(HeldInput.MAX_BYTES);
    held.add(buffer);
    held.release();

    assertThat(buffer.refCnt()).isZero();
    assertThat(held.isEmpty()).isTrue();
    assertThat(held.add(Unpooled.buffer().writeZero(HeldInput.MAX_BYTES))).isTrue();
  }
}
