package dev.waggle.node.runtime;

import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Who wanted a connection: it begins the session, and hears what becomes of it. Called by the
 * connection's I/O thread.
 */
interface LinkOwner {
  /** Whether this node has dialled: such a link has a part of the memory for itself. */
  boolean isChosen();

  /**
   * A session for the connection that has just been opened, or null if it is not wanted any more:
   * then it has been closed, and nothing is sent.
   */
  @Nullable Session beginSession(Connection opened);

  /**
   * Has the work of the handshake computed.
   *
   * @return false if that is too much now: the link gives the work up, and closes
   */
  boolean compute(PooledWork work);

  void established(Link link, SessionAgreement agreement);

  /**
   * The connection is gone.
   *
   * @param link null if it never stood, or was not wanted
   */
  void closed(@Nullable Link link, CloseReason why);
}
