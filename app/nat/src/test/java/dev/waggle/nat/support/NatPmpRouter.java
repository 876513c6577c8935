package dev.waggle.nat.support;

import java.nio.ByteBuffer;
import java.util.List;

/** A router that speaks NAT-PMP, and maps everything to one address and port. */
public final class NatPmpRouter implements UdpRouter.Behaviour {
  public volatile int result;
  public volatile int epoch = 1000;
  public volatile int address = 0xCB007107; // 203.0.113.7
  public volatile int port = 40000;
  public volatile int lifetime = 7200;

  @Override
  public List<byte[]> answers(byte[] question) {
    if (question[0] != 0) { // RFC 6886 §3.5: a version that it does not know
      return List.of(ByteBuffer.allocate(8).put(new byte[] {0, -128, 0, 1}).putInt(epoch).array());
    }
    boolean mapping = question.length > 2;
    ByteBuffer answer = ByteBuffer.allocate(mapping ? 16 : 12);
    answer.put((byte) 0).put((byte) (question[1] | 0x80)).putShort((short) result).putInt(epoch);
    if (mapping) {
      boolean removal = ByteBuffer.wrap(question).getInt(8) == 0;
      answer.put(question, 4, 2);
      answer.putShort((short) (removal ? 0 : port)).putInt(removal ? 0 : lifetime);
    } else {
      answer.putInt(address);
    }
    return List.of(answer.array());
  }
}
