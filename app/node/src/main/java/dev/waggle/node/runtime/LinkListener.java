package dev.waggle.node.runtime;

import dev.waggle.domain.session.Session;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the transport tells about one connection, from the attempt to its end. */
final class LinkListener implements ConnectionListener {
  private final LinkOwner owner;
  private final LinkServices services;
  private @Nullable Link link;

  LinkListener(LinkOwner owner, LinkServices services) {
    this.owner = owner;
    this.services = services;
  }

  @Override
  public void onOpened(Connection connection) {
    Session session = owner.beginSession(connection);
    if (session != null) {
      Link opened = new Link(connection, session, owner, services);
      link = opened;
      opened.start();
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (link != null) {
      link.bytesArrived(bytes);
    }
  }

  @Override
  public void onWritable() {
    if (link != null) {
      link.becameWritable();
    }
  }

  @Override
  public void onClosed(CloseReason why) {
    if (link != null) {
      link.closed();
    }
    owner.closed(link, why);
  }
}
