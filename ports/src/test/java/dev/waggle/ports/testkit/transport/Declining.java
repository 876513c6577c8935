package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.nio.ByteBuffer;

/** Closes its connection as soon as it is open. */
final class Declining implements ConnectionListener {
  @Override
  public void onOpened(Connection connection) {
    connection.close(CloseReason.local("declined"));
  }

  @Override
  public void onBytes(ByteBuffer bytes) {}

  @Override
  public void onWritable() {}

  @Override
  public void onClosed(CloseReason why) {}
}
