package dev.waggle.cli.node;

import dev.waggle.chain.ChainArchive;
import dev.waggle.chain.ChainReader;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.mining.Miner;
import dev.waggle.chain.mining.TransactionPublisher;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.events.EventReporter;
import dev.waggle.dns.DnsSeedDirectory;
import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.peers.FilePeerStore;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that keeps a chain: {@link WaggleNode} and {@link NodeService}, which meet only through
 * gossip, and a {@link Miner} at rest that signs by {@link NodeKeys}. Safe from any thread.
 */
public final class FullNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FullNode.class);

  private final WaggleNode network;
  private final NodeService chain;
  private final Miner miner;
  private final TransactionPublisher publisher;
  private final StoreFailure storeFailure;

  private FullNode(
      WaggleNode network,
      NodeService chain,
      Miner miner,
      TransactionPublisher publisher,
      StoreFailure storeFailure) {
    this.network = network;
    this.chain = chain;
    this.miner = miner;
    this.publisher = publisher;
    this.storeFailure = storeFailure;
  }

  /** Starts a node that has the process for itself; see the other {@code start}. */
  public static FullNode start(
      CliConfig config, @Nullable PeerIdentity identity, Consumer<Event> events)
      throws ListenFailed, IOException {
    return start(config, identity, events, HandshakeObserver.NONE);
  }

  /** The same, with somebody who hears of handshakes. */
  public static FullNode start(
      CliConfig config,
      @Nullable PeerIdentity identity,
      Consumer<Event> events,
      HandshakeObserver handshakes)
      throws ListenFailed, IOException {
    return start(
        config,
        identity,
        MemoryBudget.ofThisProcess(),
        UnaryOperator.identity(),
        events,
        handshakes);
  }

  /** The same as the last one, with nobody who hears of handshakes. */
  public static FullNode start(
      CliConfig config,
      @Nullable PeerIdentity identity,
      MemoryBudget memory,
      UnaryOperator<Transport> between,
      Consumer<Event> events)
      throws ListenFailed, IOException {
    return start(config, identity, memory, between, events, HandshakeObserver.NONE);
  }

  /**
   * Takes up the chain and the known peers in the data directory, listens, and begins to dial.
   *
   * @param identity null for one that is kept nowhere
   * @param memory what it may hold, beside the chain's index
   * @param between what stands between the node and its transport
   * @param events hears what happens to the node, on the node's thread; must neither block nor
   *     throw
   * @param handshakes hears of each handshake, on several threads; must not block
   * @throws ListenFailed if the address cannot be bound
   * @throws IOException if the chain cannot be read or kept; if it is damaged or in use, a {@link
   *     dev.waggle.chain.BlockStoreException}; if the known peers cannot be read, a {@link
   *     dev.waggle.node.peers.PeerStoreException}
   * @throws dev.waggle.node.config.ConfigProblem if the configuration names something that there is
   *     not
   */
  public static FullNode start(
      CliConfig config,
      @Nullable PeerIdentity identity,
      MemoryBudget memory,
      UnaryOperator<Transport> between,
      Consumer<Event> events,
      HandshakeObserver handshakes)
      throws ListenFailed, IOException {
    InstantSource clock = InstantSource.system();
    NodeKeys keys = NodeKeys.of(config.node(), identity);
    EventReporter reporter = new EventReporter(events);
    NodeService chain = NodeService.open(keys.rules(), config.dataDir(), clock);
    chain.addListener(reporter);
    StoreFailure storeFailure = new StoreFailure();
    chain.addListener(storeFailure);
    WaggleNode network;
    try {
      WaggleNode.Builder builder =
          WaggleNode.builder(config.node())
              .application(chain)
              .observer(reporter)
              .catchUpObserver(reporter)
              .handshakeObserver(handshakes)
              .portMapping(PortMappings.of(config.node()))
              .peerStore(new FilePeerStore(config.dataDir(), clock))
              .seedDirectory(new DnsSeedDirectory())
              .memory(memory)
              .transport(between);
      PeerIdentity self = keys.identity();
      network = (self == null ? builder : builder.identity(self)).start();
    } catch (ListenFailed | IOException | RuntimeException e) {
      chain.close();
      throw e;
    }
    events.accept(new Event.Listening(network.address(), network.peerId()));
    Miner miner =
        new Miner(
            chain, network.gossip(), keys.author(), clock, config.mineInterval(), network::fail);
    return new FullNode(
        network,
        chain,
        miner,
        new TransactionPublisher(network.gossip(), keys.author()),
        storeFailure);
  }

  /** Where it listens. */
  public Endpoint address() {
    return network.address();
  }

  public PeerId peerId() {
    return network.peerId();
  }

  /** The transport in use, one line for the operator. */
  public String transport() {
    return network.transport();
  }

  public List<PeerInfo> peers() {
    return network.peers();
  }

  /** What an operator sees and steers of it. */
  public NodeControl control() {
    return network.control();
  }

  public ChainReader chain() {
    return chain;
  }

  /** The chain's blocks and transactions. */
  public ChainArchive archive() {
    return chain.archive();
  }

  /** Completes with what ended the node, if it ends by itself; see {@link WaggleNode#failure}. */
  public CompletionStage<Throwable> failure() {
    return network.failure();
  }

  /** Completes with why blocks cannot be kept, the first time that this is so. */
  public CompletionStage<IOException> storeFailure() {
    return storeFailure.first();
  }

  /**
   * Publishes a memo in a new transaction that this node signs; takes as long as signing.
   *
   * @return the transaction's id once this node has accepted it
   */
  public CompletionStage<MessageId> publish(Bytes memo) {
    return publisher.publish(memo);
  }

  /** Begins to mine one block after the other. To be called once. */
  public void startMining() {
    miner.start();
  }

  /**
   * Mines one block now, on the calling thread.
   *
   * @return the block's id once this node has accepted it
   */
  public CompletionStage<MessageId> mineOne() {
    return miner.mineOne();
  }

  /**
   * Stops mining, takes leave of the peers, closes the chain. Idempotent; must not be called by the
   * node's thread.
   */
  @Override
  public void close() {
    // Both at once, for each may wait for what the other is about to do.
    try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
      closers.execute(miner::close);
      closers.execute(network::close);
    }
    try {
      chain.close();
    } catch (IOException e) {
      log.warn("the chain could not be closed: {}", e.getMessage());
    }
  }
}
