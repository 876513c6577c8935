package dev.waggle.bench.link;

import dev.waggle.ports.wire.MessageId;
import java.util.List;

/**
 * What is done with what arrives at one end of a link. Belongs to the I/O thread of that end, but
 * for {@link #fail}, which any may call.
 */
public interface Application {
  /** A whole message is there, in an array that is the application's from now on. */
  void arrived(byte[] array, int offset, int length);

  /** The answer to a ping is there. */
  void answered(long nonce);

  /** The peer has these messages. Nobody asks for them; most do not even expect to hear of any. */
  default void announced(List<MessageId> ids) {
    fail("nobody expects an announcement");
  }

  /** The link broke. */
  void fail(String why);
}
