package dev.waggle.domain.stream;

import java.nio.ByteBuffer;

/** Takes bytes that are ready for the network. */
@FunctionalInterface
public interface RecordOutput {
  /**
   * Sends all remaining bytes.
   *
   * @param borrowed a heap buffer, valid during the call only
   */
  void write(ByteBuffer borrowed);

  /**
   * Whether there is room for more, so that a long message is not sealed before somebody can take
   * it. What is written all the same is taken.
   */
  default boolean takesMore() {
    return true;
  }
}
