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
}
