package dev.waggle.node.runtime;

import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.admission.Party;
import dev.waggle.domain.admission.Permit;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets peers in that dial this node, as many at once as admission permits: whoever exceeds it is
 * closed before any lattice arithmetic is done, and whoever has to make room is closed too
 * (PROTOCOL §4.7). Who comes from a banned address is closed before anything is read (§8.3).
 */
final class Listener implements Acceptor {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  private static final CloseReason WITHDRAWN = CloseReason.local("made room for another handshake");

  private final SessionSettings settings;
  private final LinkServices services;
  private final AddressGate gate;
  private final HandshakeAdmission admission;
  private final HandshakeWatch handshakes;
  private final Map<Permit, Inbound> shaking = new HashMap<>();

  /**
   * Admits by {@code admission}, which is given away: connections arrive on several threads, and
   * only this class knows the lock.
   */
  Listener(
      SessionSettings settings,
      LinkServices services,
      AddressGate gate,
      HandshakeAdmission admission,
      HandshakeWatch handshakes) {
    this.gate = gate;
    this.settings = settings;
    this.services = services;
    this.admission = admission;
    this.handshakes = handshakes;
  }

  @Override
  public @Nullable ConnectionListener accept(Endpoint remote) {
    if (gate.isShut(remote)) {
      log.debug("turned {} away: its address is banned", remote);
      handshakes.refused(0);
      return null;
    }
    Inbound inbound = null;
    Inbound loser = null;
    synchronized (admission) {
      switch (admission.admit(remote, services.nanoTime())) {
        case HandshakeAdmission.Admitted(Permit permit, Permit withdrawn) -> {
          inbound = new Inbound(remote, permit);
          shaking.put(permit, inbound);
          loser = forget(withdrawn);
        }
        case HandshakeAdmission.Refused refused -> turnedAway(remote, refused);
      }
    }
    close(loser);
    if (inbound == null) {
      handshakes.refused(0);
      return null;
    }
    return new LinkListener(inbound, services);
  }

  /** The Offer of {@code inbound} is there: may it cost us arithmetic? */
  private boolean mayGoOn(Inbound inbound) {
    boolean admitted = false;
    Inbound loser = null;
    synchronized (admission) {
      switch (admission.offered(inbound.permit, services.nanoTime())) {
        case HandshakeAdmission.Admitted(Permit _, Permit withdrawn) -> {
          admitted = true;
          loser = forget(withdrawn);
        }
        case HandshakeAdmission.Refused refused -> turnedAway(inbound.remote, refused);
      }
    }
    close(loser);
    return admitted;
  }

  private void release(Permit permit) {
    synchronized (admission) {
      permit.release();
      shaking.remove(permit);
    }
  }

  private @Nullable Inbound forget(@Nullable Permit withdrawn) {
    return withdrawn == null ? null : shaking.remove(withdrawn);
  }

  /** Outside of the lock, since it calls the transport. */
  private static void close(@Nullable Inbound loser) {
    if (loser != null) {
      loser.makeRoom();
    }
  }

  private static void turnedAway(Endpoint remote, HandshakeAdmission.Refused why) {
    log.debug("turned {} away: too many handshakes ({})", remote, why);
  }

  /** A connection that a peer has dialled. */
  private final class Inbound implements LinkOwner {
    private final Endpoint remote;
    private final Permit permit;
    private boolean offered;
    private boolean established;
    private boolean overloaded;
    private long beganNanos = services.nanoTime();
    private @Nullable Connection connection; // Guarded by this, like the next one.
    private boolean mustMakeRoom;

    Inbound(Endpoint remote, Permit permit) {
      this.remote = remote;
      this.permit = permit;
    }

    /** Called by the I/O thread of whoever gets the room, perhaps before this one is opened. */
    void makeRoom() {
      Connection opened;
      synchronized (this) {
        mustMakeRoom = true;
        opened = connection;
      }
      if (opened != null) {
        opened.close(WITHDRAWN);
      }
    }

    @Override
    public boolean isChosen() {
      return false;
    }

    @Override
    public @Nullable Session beginSession(Connection opened) {
      beganNanos = services.nanoTime();
      boolean tooLate;
      synchronized (this) {
        connection = opened;
        tooLate = mustMakeRoom;
      }
      if (tooLate) {
        opened.close(WITHDRAWN);
        return null;
      }
      return Session.responder(settings, services.workspace().recordBuffers(), beganNanos);
    }

    /** The first work that there is follows from an Offer that can be taken. */
    @Override
    public boolean compute(PooledWork work) {
      if (!offered) {
        offered = mayGoOn(this);
      }
      overloaded =
          !offered || !services.compute(HandshakePool.Lane.THEIRS, Party.from(remote), work);
      return !overloaded;
    }

    @Override
    public void established(Link link, SessionAgreement agreement) {
      established = true;
      release(permit);
      handshakes.established(Direction.INBOUND, agreement.suite().name(), tookNanos());
      services.mailbox().post(new NodeEvent.Established(link, agreement, null));
    }

    @Override
    public void closed(@Nullable Link link, CloseReason why) {
      release(permit);
      if (link != null && established) {
        link.reportClosed(why);
      } else {
        log.debug("{} left before the handshake was done: {}", remote, why);
        if (overloaded || hasMadeRoom()) {
          handshakes.refused(tookNanos());
        } else {
          handshakes.ended(Direction.INBOUND, link == null ? null : link.failure(), tookNanos());
        }
      }
    }

    private long tookNanos() {
      return services.nanoTime() - beganNanos;
    }

    private synchronized boolean hasMadeRoom() {
      return mustMakeRoom;
    }
  }
}
