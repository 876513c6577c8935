package dev.waggle.simulator.network;

import dev.waggle.ports.transport.CloseReason;

/** Serves one side of a connection, as {@link dev.waggle.ports.transport.ConnectionListener}. */
public interface WireListener {
  void opened(Wire wire);

  /** Bytes of any kind have arrived. */
  void heard();

  /** Something that was written on the other side has arrived whole. */
  void received(Object content);

  /** After a {@link Wire#write} that answered false: there is room again. */
  void writable();

  /** The connection is gone, or never came to be; called once, and last. */
  void closed(CloseReason why);
}
