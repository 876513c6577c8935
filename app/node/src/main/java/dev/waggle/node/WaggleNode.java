package dev.waggle.node;

import com.google.inject.Module;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.runtime.NodeRuntime;
import dev.waggle.node.wiring.NodeAssembly;
import dev.waggle.node.wiring.Wiring;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.gossip.Gossip;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.nat.PortMapping;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.node.SeedDirectory;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A node of a gossip network, to embed: it listens, dials its seeds, and carries what you publish.
 *
 * <p>Guice modules that the class path offers as services ({@code
 * META-INF/services/com.google.inject.Module}) are installed too: this is how a jar adds a
 * transport, a codec or a cipher suite of its own. Safe from any thread.
 */
public final class WaggleNode implements AutoCloseable {
  private final PeerIdentity identity;
  private final NodeRuntime runtime;

  private WaggleNode(PeerIdentity identity, NodeRuntime runtime) {
    this.identity = identity;
    this.runtime = runtime;
  }

  public static Builder builder(NodeConfig config) {
    return new Builder(config);
  }

  public PeerId peerId() {
    return identity.peerId();
  }

  /** Where the node really listens: the port is the system's choice if the configuration says 0. */
  public Endpoint address() {
    return runtime.address();
  }

  /** Publishes and subscribes. */
  public Gossip gossip() {
    return runtime.gossip();
  }

  /** The peers connected now, ordered by PeerId. */
  public List<PeerInfo> peers() {
    return runtime.peers();
  }

  /** What whoever operates the node sees and steers: links and their figures, bans, addresses. */
  public NodeControl control() {
    return runtime.desk();
  }

  /** What moves the bytes, one line for the operator. */
  public String transport() {
    return runtime.transport();
  }

  /**
   * Completes with what ended the node, if it ends by itself: an {@link Error}, such as no memory,
   * on one of its threads. It is closed by then. Never completes otherwise.
   */
  public CompletionStage<Throwable> failure() {
    return runtime.failure();
  }

  /**
   * Ends the node as an {@link Error} on one of its own threads does: for those of the application,
   * without which the node would be half of what it is. Does not wait for the end.
   */
  public void fail(Error cause) {
    runtime.fail(cause);
  }

  /** Says Goodbye to every peer, then stops; takes at most 3 s. Idempotent. */
  @Override
  public void close() {
    runtime.close();
  }

  /** Collects what a node is made of; owned by one thread. */
  public static final class Builder {
    private final NodeConfig config;
    private final List<Module> modules = new ArrayList<>();
    private @Nullable PeerIdentity identity;
    private @Nullable GossipApplication application;
    private PeerObserver observer = PeerObserver.NONE;
    private CatchUpObserver catchUpObserver = CatchUpObserver.NONE;
    private HandshakeObserver handshakeObserver = HandshakeObserver.NONE;
    private PortMapping portMapping = PortMapping.NONE;
    private PeerStore peerStore = PeerStore.NONE;
    private SeedDirectory seedDirectory = SeedDirectory.NONE;
    private AdmissionSettings admission = AdmissionSettings.DEFAULTS;
    private @Nullable MemoryBudget memory;
    private UnaryOperator<Transport> between = UnaryOperator.identity();

    private Builder(NodeConfig config) {
      this.config = config;
    }

    /** Who the node is; without one it takes a new identity that nobody will see again. */
    public Builder identity(PeerIdentity identity) {
      this.identity = identity;
      return this;
    }

    /** What judges and takes the gossip; required. */
    public Builder application(GossipApplication application) {
      this.application = application;
      return this;
    }

    public Builder observer(PeerObserver observer) {
      this.observer = observer;
      return this;
    }

    /** Who hears how the node catches up with the application's chain, if it has one. */
    public Builder catchUpObserver(CatchUpObserver observer) {
      this.catchUpObserver = observer;
      return this;
    }

    /** Who hears how each connection's handshake went; called by several threads at once. */
    public Builder handshakeObserver(HandshakeObserver observer) {
      this.handshakeObserver = observer;
      return this;
    }

    /**
     * Who asks the routers before this machine to let others through to the node; without one none
     * is asked.
     */
    public Builder portMapping(PortMapping mapping) {
      this.portMapping = mapping;
      return this;
    }

    /**
     * What keeps the peers that the node knows over restarts: {@link
     * dev.waggle.node.peers.FilePeerStore}, or yours. Without one it begins anew each time.
     */
    public Builder peerStore(PeerStore store) {
      this.peerStore = store;
      return this;
    }

    /** Who is asked for the nodes of {@code dns_seeds}; without one these names are of no use. */
    public Builder seedDirectory(SeedDirectory directory) {
      this.seedDirectory = directory;
      return this;
    }

    /** How many handshakes the node takes up from strangers, if not as many as by default. */
    Builder admission(AdmissionSettings admission) {
      this.admission = admission;
      return this;
    }

    /**
     * What the node may hold in memory, if not half of the heap: of several nodes in one process
     * each takes {@link MemoryBudget#ofOneAmong}.
     */
    public Builder memory(MemoryBudget memory) {
      this.memory = memory;
      return this;
    }

    /**
     * What stands between the node and the transport that its configuration names: a decorator,
     * which is closed in its place.
     */
    public Builder transport(UnaryOperator<Transport> decorator) {
      this.between = decorator;
      return this;
    }

    /** Adds bindings of your own, beside those that the class path offers. */
    public Builder modules(Module... more) {
      modules.addAll(List.of(more));
      return this;
    }

    /**
     * Starts the node.
     *
     * @throws ConfigProblem if the configuration names something that is not there
     * @throws ListenFailed if {@code p2p_addr} cannot be bound
     * @throws IOException if the store of peers cannot say what it has kept
     */
    public WaggleNode start() throws ListenFailed, IOException {
      GossipApplication above = Objects.requireNonNull(application, "application");
      NodeAssembly assembly = Wiring.create(config, modules, NodeAssembly.class);
      PeerIdentity self = identity != null ? identity : assembly.newIdentity();
      MemoryBudget budget = memory != null ? memory : MemoryBudget.ofThisProcess();
      NodeRuntime runtime =
          assembly.start(
              self,
              admission,
              budget,
              above,
              observer,
              catchUpObserver,
              handshakeObserver,
              portMapping,
              peerStore,
              seedDirectory,
              between);
      return new WaggleNode(self, runtime);
    }
  }
}
