package dev.waggle.cli.metrics;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.node.FullNode;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.operator.metrics.MetricsHandler;
import dev.waggle.operator.metrics.NodeMetrics;
import dev.waggle.operator.server.WebServer;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.operator.HandshakeObserver;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code metrics_addr} asks for: a node's metrics and health by HTTP. It listens before the
 * node does, so that a long start is no silence, and hears of the node as its events do.
 */
public final class MetricsEndpoint implements Consumer<Event>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricsEndpoint.class);

  private final CliConfig config;
  private final NodeMetrics metrics;
  private final LogbackMetrics logged = new LogbackMetrics();
  private final WebServer server;

  private MetricsEndpoint(CliConfig config, String version, Endpoint address) throws IOException {
    this.config = config;
    metrics = new NodeMetrics(version, InstantSource.system());
    logged.bindTo(metrics.registry());
    try {
      server = WebServer.at(address, new MetricsHandler(metrics, config.readyPeers()));
    } catch (IOException | RuntimeException e) {
      logged.close();
      metrics.close();
      throw e;
    }
  }

  /**
   * Listens, if the configuration asks for it.
   *
   * @return null if it does not
   * @throws ConfigProblem if the address cannot be bound
   */
  public static @Nullable MetricsEndpoint start(CliConfig config, String version) {
    Endpoint address = config.metricsAddr().orElse(null);
    if (address == null) {
      return null;
    }
    try {
      return new MetricsEndpoint(config, version, address);
    } catch (IOException e) {
      throw ConfigProblem.because(
          CliKeys.METRICS_ADDR.name(), address.toString(), "cannot be listened on: " + why(e));
    }
  }

  private static String why(IOException e) {
    Throwable why = e.getCause() == null ? e : e.getCause();
    return why instanceof UnresolvedAddressException
        ? "there is no such host"
        : String.valueOf(why.getMessage());
  }

  /** Where it listens. */
  public Endpoint address() {
    return server.address();
  }

  /** To be told of handshakes. */
  public HandshakeObserver handshakes() {
    return metrics.handshakes();
  }

  /** Takes up the node, which listens by now. */
  public void watch(FullNode node) {
    metrics.watch(node.control(), node.chain(), peerLimit(config.node()), config.dataDir());
    log.info("metrics at http://{}/metrics", address());
  }

  /** A node that dials only whom it is told to keeps a link with each of these instead. */
  private static int peerLimit(NodeConfig node) {
    int dialled = node.connect().isEmpty() ? node.outboundTarget() : node.connect().size();
    return dialled + node.addPeers().size() + node.maxInbound();
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.BlockAccepted(var block) -> metrics.chain().blockAccepted(block);
      case Event.BlockRejected(var id, var why, var from) ->
          metrics.chain().blockRejected(id, why, from);
      case Event.StoreFailed(var why) -> metrics.chain().storeFailed(new IOException(why));
      case Event.StoreRecovered _ -> metrics.chain().storeRecovered();
      case Event.CatchingUp(var accepted, var further) ->
          metrics.catchingUp().catchingUp(accepted, further);
      case Event.CaughtUp(var accepted, var whole) ->
          metrics.catchingUp().caughtUp(accepted, whole);
      case Event.PeerDisconnected(var peer, var reason) ->
          metrics.links().peerDisconnected(peer, reason);
      case Event.Listening _,
          Event.PeerConnected _,
          Event.DialFailed _,
          Event.TransactionAccepted _,
          Event.OfReach _,
          Event.EventsDropped _ -> {}
    }
  }

  /** Stops listening. */
  @Override
  public void close() {
    server.close();
    logged.close();
    metrics.close();
  }
}
