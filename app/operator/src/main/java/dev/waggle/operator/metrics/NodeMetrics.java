package dev.waggle.operator.metrics;

import dev.waggle.chain.ChainListener;
import dev.waggle.chain.ChainReader;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.operator.NodeStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is measured of one node, METRICS.md says what, and how it fares. It is made before the
 * node, so that nothing is missed of it, and learns of it by {@link #watch} once it runs.
 *
 * <p>A scrape costs the node's thread one {@link NodeControl#status}, which all scrapes of a
 * quarter of a second share; a node that does not answer costs a scrape two seconds. Safe from any
 * thread.
 */
public final class NodeMetrics implements AutoCloseable {
  /** A node that has not answered by then hangs: it answers within milliseconds under full load. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PrometheusMeterRegistry registry = ProcessMeters.registry();
  private final Moments moments = new Moments(registry);
  private final HandshakeMeters handshakes = new HandshakeMeters(registry);
  private final LinkMeters links = new LinkMeters(registry);
  private final LinkEnds linkEnds = new LinkEnds(registry);
  private final ChainMeters chain;
  private final ProcessMeters process;
  private final Duration patience;
  private final LongSupplier nanoTime;

  /** One scrape at a time writes its figures. */
  private final ReentrantLock writing = new ReentrantLock();

  private volatile @Nullable Watched watched;

  /** Whether the meters are there that read moments: from the first one on. Guarded by the lock. */
  private boolean isBound;

  /** The last scrape, for those who ask for the same within a quarter of a second. As above. */
  private Written written = new Written(null, "", Bytes.EMPTY);

  private record Written(@Nullable NodeStatus node, String contentType, Bytes text) {
    /** Whether it is of the very same answer, and not of one that is equal to it. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(NodeStatus status, String type) {
      return node == status && contentType.equals(type);
    }
  }

  private record Watched(SharedStatus status, ChainReader chain, int peerLimit, Path dataDir) {
    Moment moment() throws NoAnswer {
      return new Moment(status.read(), chain.view());
    }
  }

  /**
   * Metrics of a node that is not there yet.
   *
   * @param version of Waggle
   * @param clock that blocks' times are compared with
   */
  public NodeMetrics(String version, InstantSource clock) {
    this(version, clock, PATIENCE, System::nanoTime);
  }

  NodeMetrics(String version, InstantSource clock, Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
    chain = new ChainMeters(registry, clock);
    process = new ProcessMeters(registry, version);
  }

  /** To be told of handshakes: {@code WaggleNode.Builder.handshakeObserver}. */
  public HandshakeObserver handshakes() {
    return handshakes;
  }

  /** To be told of links that end. */
  public PeerObserver links() {
    return linkEnds;
  }

  /** To be told of blocks and the store. */
  public ChainListener chain() {
    return chain;
  }

  /** To be told of catching up. */
  public CatchUpObserver catchingUp() {
    return chain;
  }

  /** For meters of others, such as the log's. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * Takes up the node, which listens by now. To be called once.
   *
   * @param peerLimit how many peers it allows to connect
   * @param dataDir where its chain is kept
   */
  public void watch(NodeControl control, ChainReader reader, int peerLimit, Path dataDir) {
    SharedStatus status = new SharedStatus(control, patience, nanoTime);
    watched = new Watched(status, reader, peerLimit, dataDir);
  }

  /**
   * Everything, as Prometheus reads it. Of a node that does not run yet there is only its process.
   *
   * @param contentType one of Prometheus's
   * @throws NoAnswer if the node does not say how it is
   */
  Bytes scrape(String contentType) throws NoAnswer {
    Watched node = watched;
    // Not within the lock: nobody waits because somebody else does.
    Moment moment = node == null ? null : node.moment();
    writing.lock();
    try {
      if (node != null && moment != null) {
        if (written.isOf(moment.node(), contentType)) {
          return written.text();
        }
        moments.set(moment);
        links.refresh(moment);
        bind(node);
      }
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      registry.scrape(text, contentType);
      written =
          new Written(
              moment == null ? null : moment.node(), contentType, Bytes.wrap(text.toByteArray()));
      return written.text();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes are written to memory", e);
    } finally {
      writing.unlock();
    }
  }

  private void bind(Watched node) {
    if (!isBound) {
      isBound = true;
      links.bind(moments, node.peerLimit());
      TrafficMeters.bind(moments);
      GossipMeters.bind(moments);
      LoadMeters.bind(moments);
      ReachMeters.bind(moments);
      chain.bind(moments);
      StoreMeters.bind(registry, node.dataDir());
    }
  }

  /**
   * Waits for the node, if it runs yet.
   *
   * @throws NoAnswer if it is closed, or does not answer in time
   */
  void checkAlive() throws NoAnswer {
    Watched node = watched;
    if (node != null) {
      node.status().read();
    }
  }

  /**
   * What keeps the node from being of use, a line each; empty if nothing does.
   *
   * @param peers so many it should have
   */
  List<String> missing(int peers) {
    Watched node = watched;
    if (node == null) {
      return List.of("the node does not listen yet");
    }
    List<String> missing = new ArrayList<>();
    try {
      long linked =
          node.status().read().links().stream().map(link -> link.peer().id()).distinct().count();
      if (linked < peers) {
        missing.add("the node has %d of %d peers".formatted(linked, peers));
      }
    } catch (NoAnswer e) {
      missing.add(e.getMessage());
    }
    if (chain.isStoreFailing()) {
      missing.add("the store fails: blocks cannot be kept");
    }
    return missing;
  }

  /** Takes back what it has of the process. */
  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
