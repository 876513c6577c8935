package dev.waggle.nat.support;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Answers of a router that speaks PCP, of a question's bytes. */
public final class PcpAnswers {
  /** Where fields of a mapping begin. */
  public static final int NONCE = 24;

  public static final int PROTOCOL = 36;
  public static final int INTERNAL_PORT = 40;
  public static final int EXTERNAL_PORT = 42;

  private static final int EXTERNAL_ADDRESS = 44;

  private PcpAnswers() {}

  /** A yes to {@code question}, for 203.0.113.7. */
  public static byte[] mapped(byte[] question, int externalPort, int lifetime, int epoch) {
    return mapped(question, externalPort, lifetime, epoch, "00000000000000000000ffffcb007107");
  }

  /**
   * A yes to {@code question}.
   *
   * @param external an address, 16 bytes in base 16
   */
  public static byte[] mapped(
      byte[] question, int externalPort, int lifetime, int epoch, String external) {
    byte[] answer = header(question, 0, lifetime, epoch);
    ByteBuffer.wrap(answer)
        .putShort(EXTERNAL_PORT, (short) externalPort)
        .put(EXTERNAL_ADDRESS, HexFormat.of().parseHex(external));
    return answer;
  }

  /** The answer to {@code question} with another result and the same fields. */
  public static byte[] header(byte[] question, int result, int lifetime, int epoch) {
    byte[] answer = question.clone();
    answer[1] |= (byte) 0x80;
    ByteBuffer bytes = ByteBuffer.wrap(answer);
    bytes.putShort(2, (short) result).putInt(4, lifetime).putInt(8, epoch);
    Arrays.fill(answer, 12, 24, (byte) 0);
    return answer;
  }
}
