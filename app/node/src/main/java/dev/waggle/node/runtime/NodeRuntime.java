package dev.waggle.node.runtime;

import dev.waggle.domain.admission.BannedAddresses;
import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.node.P2PService;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.nat.PortMapping;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.node.SeedDirectory;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: its threads, its transport and its one {@link P2PService}. Safe from any thread.
 *
 * <p>It fails whole or not at all: an {@link Error} on one of its threads closes it, and {@link
 * #failure} tells its owner.
 */
public final class NodeRuntime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeRuntime.class);

  /**
   * How long {@link #close} waits, once the peers have heard our Goodbye, for the transport, and
   * for the store at the same time.
   */
  private static final Duration LAST_STEPS_WITHIN = Duration.ofSeconds(1);

  private final Transport transport;
  private final Mailbox mailbox;
  private final LinkServices services;
  private final Dialer dialer;
  private final PriorityPool<Lane, Runnable> workers;
  private final GossipBridge gossip;
  private final ConnectedPeers peers;
  private final OperatorDesk desk;
  private final MemoryKeeper keeper;
  private final SeedQuestions seeds;
  private final NodeThread nodeThread;
  private final OpenedPort port;
  private final Endpoint address;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * Starts listening and dialling.
   *
   * @param transport owned: closed with the node, or if it cannot listen
   * @param names looks up the hosts that are dialled
   * @param directory looks up nodes to join through
   * @param remembered what {@code store} had kept
   * @param store keeps what the node knows of others
   * @param budget what the node may hold in memory
   * @param observer hears what becomes of peers
   * @param catchUpObserver hears how the node catches up with its chain
   * @param handshakeObserver hears how handshakes go
   * @param routers are asked to let others through to where the node listens
   * @param extensions of the features that {@code sessionSettings} offer
   * @throws ListenFailed if {@code local} cannot be bound
   */
  public NodeRuntime(
      Endpoint local,
      Transport transport,
      NameService names,
      SeedDirectory directory,
      PeerMemory remembered,
      PeerStore store,
      SessionSettings sessionSettings,
      P2PSettings p2pSettings,
      HandshakeAdmission admission,
      MemoryBudget budget,
      GossipApplication application,
      PeerObserver observer,
      CatchUpObserver catchUpObserver,
      HandshakeObserver handshakeObserver,
      PortMapping routers,
      List<Extension> extensions)
      throws ListenFailed {
    this.transport = transport;
    var _ = transport.failure().thenAccept(this::fail);
    Subscribers subscribers = new Subscribers();
    GossipApplication guarded = new GuardedApplication(application, subscribers);
    HashFunction sha256 = sessionSettings.handshake().sha256();
    KnownIds known = new KnownIds();
    Supplier<Intake> intake =
        ThreadLocal.withInitial(
                () -> new Intake(new MessageIds(sha256, guarded.blockFormat()), known, guarded))
            ::get;
    this.workers =
        new PriorityPool<>(halfOfTheCores(), "waggle-worker-", this::fail, dropped -> {});
    Naming naming = new Naming(workers, intake);
    this.mailbox = new Mailbox(budget.perLinkBytes(), budget.publishedBytes(), naming);
    this.services = new LinkServices(mailbox, intake, budget, halfOfTheCores(), this::fail);
    Examinations examinations = new Examinations(workers, halfOfTheCores(), guarded);
    this.gossip = new GossipBridge(mailbox, intake, subscribers);
    this.peers = new ConnectedPeers(observer);
    AddressGate gate =
        new AddressGate(
            BannedAddresses.of(remembered.bans(), services.nanoTime()), services::nanoTime);
    HandshakeWatch handshakes = new HandshakeWatch(handshakeObserver);
    this.dialer = new Dialer(transport, names, gate, sessionSettings, services, handshakes);
    this.keeper = new MemoryKeeper(store, this::fail);
    this.seeds =
        new SeedQuestions(
            directory,
            (name, found) -> mailbox.post(new NodeEvent.SeedsFound(name, found)),
            services::caught);
    Network network = new Network(dialer, budget.perLinkBytes() / 2);
    this.port = new OpenedPort(routers, mailbox::post);
    AtomicLong busyNanos = new AtomicLong();
    AwaitedDials awaited = new AwaitedDials(services);
    this.desk =
        new OperatorDesk(
            mailbox, gate, new StatusReport(mailbox, services, network, busyNanos), awaited);
    P2PService service =
        new P2PService(
            p2pSettings,
            sessionSettings.handshake().identity().peerId(),
            remembered,
            network,
            new Surroundings(seeds, keeper),
            guarded,
            peers,
            new GuardedCatchUpObserver(catchUpObserver),
            sessionSettings.handshake().random(),
            sha256,
            known,
            new Reconstructions(workers, intake, network::partyOf, mailbox::post),
            new Notarizing(workers, sessionSettings.handshake(), mailbox::post),
            extensions.stream().<Extension>map(GuardedExtension::new).toList());
    this.nodeThread =
        new NodeThread(
            mailbox, service, network, services, examinations, awaited, busyNanos, this::fail);
    try {
      for (Extension extension : extensions) {
        extension.started(new ExtensionSender(mailbox, extension.feature()));
      }
      this.address =
          transport.listen(
              local, new Listener(sessionSettings, services, gate, admission, handshakes));
    } catch (ListenFailed | RuntimeException | Error e) {
      dialer.close();
      seeds.close();
      services.close();
      workers.close();
      keeper.close();
      transport.close();
      throw e;
    }
    IpEndpoint listening = IpEndpoint.of(address);
    dialer.listensAt(listening == null ? 0 : listening.port());
    nodeThread.start(listening);
    port.open(listening);
  }

  /** So that a flood of what takes long leaves the others to the links. */
  private static int halfOfTheCores() {
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

  /** What the operator sees and steers. */
  public OperatorDesk desk() {
    return desk;
  }

  /** For tests of what links hold together. */
  LinkServices services() {
    return services;
  }

  /** What moves the bytes, one line for the operator. */
  public String transport() {
    return transport.describe();
  }

  /**
   * Completes with what ended the node, if it ends by itself, once it is closed. Never completes
   * otherwise.
   */
  public CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  /**
   * Ends the node; on a thread of its own, since the caller's is about to end or cannot wait. The
   * first cause counts.
   */
  public void fail(Throwable cause) {
    if (failed.compareAndSet(false, true)) {
      log.error("the node failed and is closed", cause);
      Thread.ofPlatform()
          .name("waggle-failure")
          .start(
              () -> {
                try {
                  close();
                } finally {
                  failure.complete(cause);
                }
              });
    }
  }

  /** Says Goodbye to every peer, then stops; takes at most 3 s. Idempotent. */
  @Override
  public void close() {
    gossip.close();
    port.beginClosing();
    try {
      nodeThread.stop();
      desk.close();
      seeds.close();
      mailbox.close().forEach(Incoming.Own::abandon);
      dialer.close();
      closeTransportAndStore();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    desk.close();
    keeper.close();
    services.close();
    workers.close();
  }

  /** Ends on threads of their own what takes longer, such as a callback that hangs, or a disk. */
  private void closeTransportAndStore() throws InterruptedException {
    long began = System.nanoTime();
    Thread closing = Thread.ofPlatform().daemon().name("waggle-close").start(transport::close);
    keeper.close();
    keeper.awaitEnd(LAST_STEPS_WITHIN);
    port.awaitClosed(left(began));
    if (!closing.join(left(began))) {
      log.warn("the transport has not closed within {}", LAST_STEPS_WITHIN);
    }
  }

  private static Duration left(long beganNanos) {
    return LAST_STEPS_WITHIN.minusNanos(System.nanoTime() - beganNanos);
  }
}
