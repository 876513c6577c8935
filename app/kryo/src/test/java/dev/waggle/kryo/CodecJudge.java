package dev.waggle.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.lang.management.ManagementFactory;

/**
 * Judges what a codec makes of any bytes whatever: they are malformed, or they are the one encoding
 * of a message; and neither takes memory but in proportion to the bytes.
 */
final class CodecJudge {
  /** Memory that decoding may take besides a multiple of its input: for an exception. */
  private static final long SLACK_BYTES = 1 << 16;

  /** An item of one byte takes 4 bytes at least, and becomes three objects of 24 bytes each. */
  private static final int BYTES_PER_INPUT_BYTE = 24;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private CodecJudge() {}

  /**
   * Returns if the codec does as its contract says.
   *
   * @throws AssertionError if it does not; what else the codec throws passes through
   */
  static void judge(WireCodec codec, byte[] bytes) {
    judgeMemory(codec, bytes);
    WireMessage message;
    try {
      message = codec.decode(WireSlice.of(bytes));
    } catch (MalformedMessage e) {
      return;
    }
    WireBytes encoded = new WireBytes();
    codec.encode(message, encoded);
    assertThat(encoded.toArray()).as("%s, encoded again", message).isEqualTo(bytes);
    assertThat(codec.encodedLength(message)).as("length of %s", message).isEqualTo(bytes.length);
  }

  private static void judgeMemory(WireCodec codec, byte[] bytes) {
    long most = SLACK_BYTES + (long) BYTES_PER_INPUT_BYTE * bytes.length;
    if (memoryOfDecoding(codec, bytes) > most) {
      // Perhaps that loaded classes, or filled a pool: twice in a row, nothing does.
      assertThat(memoryOfDecoding(codec, bytes))
          .as("memory for decoding %d bytes", bytes.length)
          .isLessThanOrEqualTo(most);
    }
  }

  private static long memoryOfDecoding(WireCodec codec, byte[] bytes) {
    WireSlice slice = WireSlice.of(bytes);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      codec.decode(slice);
    } catch (MalformedMessage e) {
      // Judged elsewhere: here, only what it cost counts.
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
