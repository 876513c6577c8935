package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns an address into an established link, or into the reason why not. Safe from any thread.
 *
 * <p>Where the responder has not the suite that the first key is for, it dials once more with a key
 * for one that both have (PROTOCOL §4.3).
 */
final class Dialer implements AutoCloseable {
  /** For the connection to stand, the look-up of the name included (PROTOCOL §9.1). */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * For one that two peers dial at the same moment: a SYN that a router has dropped because it was
   * too early is sent again after 1 s, and after 2 s more (RFC 6298).
   */
  private static final Duration PUNCH_TIMEOUT = Duration.ofSeconds(4);

  private final Transport transport;
  private final SessionSettings settings;
  private final LinkServices services;
  private final NameResolver names;
  private final HandshakeWatch handshakes;
  private final Set<RacingDial> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Where the node listens; 0: nowhere that could be dialled from. */
  private volatile int ownPort;

  Dialer(
      Transport transport,
      NameService names,
      AddressGate gate,
      SessionSettings settings,
      LinkServices services,
      HandshakeWatch handshakes) {
    this.transport = transport;
    this.settings = settings;
    this.services = services;
    this.handshakes = handshakes;
    this.names = new NameResolver(names, gate::isShut, services::caught);
  }

  /** Dials; exactly one {@code Established} or {@code DialFailed} event follows. */
  void dial(PeerAddress address, DialWay way) {
    boolean mayRetry = way != DialWay.PUNCH; // The peer would not dial at the same moment again.
    attempt(new Attempt(address, way, settings.handshake().suites().getFirst(), mayRetry));
  }

  /** The node listens at this port from now on. */
  void listensAt(int port) {
    ownPort = port;
  }

  private void attempt(Attempt attempt) {
    Duration limit = attempt.way == DialWay.PUNCH ? PUNCH_TIMEOUT : CONNECT_TIMEOUT;
    RacingDial dial =
        new RacingDial(connector(attempt.way), limit, services, attempt, underWay::remove);
    underWay.add(dial);
    dial.begin(attempt.address.endpoint(), names);
    if (closed) {
      dial.giveUp();
    }
  }

  private Connector connector(DialWay way) {
    int port = ownPort;
    if (port == 0) {
      return transport::dial;
    }
    return switch (way) {
      case ANY_PORT -> transport::dial;
      case OWN_PORT -> new OwnPort(transport, port, services::nanoTime);
      case PUNCH -> (remote, limit, listener) -> transport.dialFrom(port, remote, limit, listener);
    };
  }

  /** Gives up whatever has not led to a connection yet, and what is dialled from now on. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(RacingDial::giveUp);
    names.close();
  }

  /** One connection to an address, with a key for one suite. */
  private final class Attempt implements LinkOwner {
    private final PeerAddress address;
    private final DialWay way;
    private final CipherSuite keySuite;
    private final boolean mayRetry;
    private boolean established;
    private long beganNanos;

    Attempt(PeerAddress address, DialWay way, CipherSuite keySuite, boolean mayRetry) {
      this.address = address;
      this.way = way;
      this.keySuite = keySuite;
      this.mayRetry = mayRetry;
    }

    @Override
    public boolean isChosen() {
      return true;
    }

    @Override
    public Session beginSession(Connection opened) {
      beganNanos = services.nanoTime();
      PeerId pinned = address.pinned();
      RecordBuffers buffers = services.workspace().recordBuffers();
      return way == DialWay.PUNCH && pinned != null
          ? Session.crossing(settings, keySuite, pinned, buffers, beganNanos)
          : Session.initiator(settings, keySuite, pinned, buffers, beganNanos);
    }

    @Override
    public boolean compute(PooledWork work) {
      return services.compute(HandshakePool.Lane.OURS, new Party.Ourselves(), work);
    }

    @Override
    public void established(Link link, SessionAgreement agreement) {
      established = true;
      handshakes.established(Direction.OUTBOUND, agreement.suite().name(), tookNanos());
      services.mailbox().post(new NodeEvent.Established(link, agreement, address));
    }

    @Override
    public void closed(@Nullable Link link, CloseReason why) {
      if (link != null && established) {
        link.reportClosed(why);
        return;
      }
      SessionFailure failure = link == null ? null : link.failure();
      handshakes.ended(Direction.OUTBOUND, failure, link == null ? 0 : tookNanos());
      if (failure instanceof SessionFailure.Handshake(HandshakeFailure handshake)) {
        CipherSuite other = handshake.retryWith();
        if (other != null && mayRetry) {
          attempt(new Attempt(address, way, other, false));
        } else {
          failed(new DialFailure.HandshakeFailed(handshake));
        }
      } else {
        failed(new DialFailure.NotConnected(why));
      }
    }

    private long tookNanos() {
      return services.nanoTime() - beganNanos;
    }

    private void failed(DialFailure failure) {
      services.mailbox().post(new NodeEvent.DialFailed(address, failure));
    }
  }
}
