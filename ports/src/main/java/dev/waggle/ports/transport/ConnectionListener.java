package dev.waggle.ports.transport;

import java.nio.ByteBuffer;

/**
 * Serves one connection. Callbacks are serial and ordered, and none follows {@link #onClosed}.
 *
 * <p>They run on the connection's I/O thread, which serves other connections too: they must not
 * block. One that throws closes its connection with {@link CloseReason.Cause#FAILED}, and nothing
 * else; if it is an {@link Error}, the transport has failed ({@link Transport#failure}).
 */
public interface ConnectionListener {
  void onOpened(Connection connection);

  /**
   * Bytes have arrived.
   *
   * @param bytes borrowed: valid during the call only, heap or direct, at least one
   */
  void onBytes(ByteBuffer bytes);

  /** After a {@link Connection#write} that answered false: there is room again. */
  void onWritable();

  /** The connection is gone, or never came to be. Called exactly once, for failed dials too. */
  void onClosed(CloseReason why);
}
