package dev.waggle.app.runtime;

import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.ConnectionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets peers in that dial this node, as many at once as admission permits: whoever exceeds it is
 * closed before any lattice arithmetic is done (PROTOCOL §4.7).
 */
final class Listener implements Acceptor {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  private final SessionSettings settings;
  private final LinkServices services;
  private final HandshakeAdmission admission;

  /**
   * Admits by {@code admission}, which is given away: connections arrive on several threads, and
   * only this class knows the lock.
   */
  Listener(SessionSettings settings, LinkServices services, HandshakeAdmission admission) {
    this.settings = settings;
    this.services = services;
    this.admission = admission;
  }

  @Override
  public @Nullable ConnectionListener accept(Endpoint remote) {
    return switch (admit(remote)) {
      case HandshakeAdmission.Permit permit ->
          new LinkListener(new Inbound(remote, permit), services);
      case HandshakeAdmission.Refused refused -> {
        log.debug("turned {} away: too many handshakes ({})", remote, refused);
        yield null;
      }
    };
  }

  private HandshakeAdmission.Decision admit(Endpoint remote) {
    synchronized (admission) {
      return admission.admit(remote, services.nanoTime());
    }
  }

  private void release(HandshakeAdmission.Permit permit) {
    synchronized (admission) {
      permit.release();
    }
  }

  /** A connection that a peer has dialled. */
  private final class Inbound implements LinkOwner {
    private final Endpoint remote;
    private final HandshakeAdmission.Permit permit;
    private boolean established;

    Inbound(Endpoint remote, HandshakeAdmission.Permit permit) {
      this.remote = remote;
      this.permit = permit;
    }

    @Override
    public Session beginSession() {
      return Session.responder(settings, services.workspace().recordBuffers(), services.nanoTime());
    }

    @Override
    public boolean compute(PooledWork work) {
      return services.compute(HandshakePool.Lane.THEIRS, work);
    }

    @Override
    public void established(Link link, SessionAgreement agreement) {
      established = true;
      release(permit);
      services.mailbox().post(new NodeEvent.Established(link, agreement, null));
    }

    @Override
    public void closed(@Nullable Link link, CloseReason why) {
      release(permit);
      if (link != null && established) {
        services.mailbox().post(new NodeEvent.Closed(link, why));
      } else {
        log.debug("{} left before the handshake was done: {}", remote, why);
      }
    }
  }
}
