package dev.waggle.app.runtime;

import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.node.P2PService;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: its threads, its transport and its one {@link P2PService}. Safe from any thread.
 */
public final class NodeRuntime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeRuntime.class);

  private final Transport transport;
  private final LinkServices services;
  private final GossipBridge gossip;
  private final ConnectedPeers peers;
  private final NodeThread nodeThread;
  private final Endpoint address;

  /**
   * Starts listening and dialling.
   *
   * @param transport owned: closed with the node, or if it cannot listen
   * @throws ListenFailed if {@code local} cannot be bound
   */
  public NodeRuntime(
      Endpoint local,
      Transport transport,
      SessionSettings sessionSettings,
      P2PSettings p2pSettings,
      HandshakeAdmission admission,
      GossipApplication application,
      PeerObserver observer)
      throws ListenFailed {
    this.transport = transport;
    transport.whenFailed(failure -> log.error("the transport has failed", failure));
    Mailbox mailbox = new Mailbox();
    this.services = new LinkServices(mailbox, handshakeThreads());
    this.gossip = new GossipBridge(mailbox);
    this.peers = new ConnectedPeers(observer);
    Network network = new Network(new Dialer(transport, sessionSettings, services));
    P2PService service =
        new P2PService(
            p2pSettings,
            sessionSettings.handshake().identity().peerId(),
            network,
            gossip.around(application),
            peers,
            sessionSettings.handshake().random(),
            sessionSettings.handshake().sha256());
    this.nodeThread = new NodeThread(mailbox, service, network, services);
    try {
      this.address = transport.listen(local, new Listener(sessionSettings, services, admission));
    } catch (ListenFailed e) {
      services.close();
      transport.close();
      throw e;
    }
    nodeThread.start();
  }

  /** Half of the cores, so that a flood of handshakes leaves the others to the links. */
  private static int handshakeThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /** Where the node really listens. */
  public Endpoint address() {
    return address;
  }

  public GossipBridge gossip() {
    return gossip;
  }

  /** The peers connected now, ordered by PeerId. */
  public List<PeerInfo> peers() {
    return peers.list();
  }

  /** What moves the bytes, one line for the operator. */
  public String transport() {
    return transport.describe();
  }

  /** Says Goodbye to every peer, then stops; takes at most 5 s. Idempotent. */
  @Override
  public void close() {
    gossip.close();
    try {
      nodeThread.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    transport.close();
    services.close();
  }
}
