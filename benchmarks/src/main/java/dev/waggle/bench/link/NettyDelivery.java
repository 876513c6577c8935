package dev.waggle.bench.link;

import java.nio.ByteBuffer;

/**
 * What becomes of a message at an end of a peer's link: the application gets it, unless it has
 * eight bytes. That is a ping, which one end answers with itself, and an answer at the other.
 */
final class NettyDelivery {
  static final int PING_BYTES = Long.BYTES;

  private final Application application;
  private final boolean answering;

  /**
   * Delivers to {@code application}.
   *
   * @param answering whether this end answers pings, or has sent them
   */
  NettyDelivery(Application application, boolean answering) {
    this.application = application;
    this.answering = answering;
  }

  static byte[] ping(long nonce) {
    return ByteBuffer.allocate(PING_BYTES).putLong(nonce).array();
  }

  /** A whole message has arrived at {@code here}. */
  void deliver(byte[] message, NettyEnd here) {
    if (message.length != PING_BYTES) {
      application.arrived(message, 0, message.length);
    } else if (answering) {
      here.send(message);
    } else {
      application.answered(ByteBuffer.wrap(message).getLong());
    }
  }

  void fail(String why) {
    application.fail(why);
  }
}
