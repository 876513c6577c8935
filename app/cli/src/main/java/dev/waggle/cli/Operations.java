package dev.waggle.cli;

import dev.waggle.chain.ChainArchive;
import dev.waggle.chain.ChainView;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.ControlKeys;
import dev.waggle.cli.config.LoadedConfig;
import dev.waggle.cli.node.FullNode;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.operator.control.ControlServer;
import dev.waggle.operator.control.ControlToken;
import dev.waggle.operator.control.ControlledNode;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Where the operator of a running node controls it: its socket, and TCP if that is asked for. */
final class Operations implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Operations.class);

  private final Deque<ControlServer> servers = new ArrayDeque<>();
  private final List<String> places = new ArrayList<>();

  private Operations() {}

  /**
   * Listens where the configuration says. A socket that nobody has named, and that cannot be, is a
   * word in the log and no more: a node is of use without it.
   *
   * @param stop ends the process in good order
   * @throws ConfigProblem if what was asked for cannot be
   */
  static Operations open(LoadedConfig loaded, FullNode node, Runnable stop) {
    CliConfig config = loaded.config();
    ControlledNode controlled = new Controlled(node, config.node().network(), stop);
    Operations operations = new Operations();
    try {
      config.controlSocket().ifPresent(file -> operations.onSocket(file, loaded, controlled));
      config.controlAddr().ifPresent(address -> operations.at(address, loaded, controlled));
      return operations;
    } catch (ConfigProblem problem) {
      operations.close();
      throw loaded.locate(problem);
    }
  }

  private void onSocket(Path file, LoadedConfig loaded, ControlledNode node) {
    String key = ControlKeys.CONTROL_SOCKET.name();
    try {
      servers.push(ControlServer.onSocket(file, node));
      places.add(file.toString());
    } catch (IOException e) {
      if (loaded.settings().containsKey(key)) {
        throw ConfigProblem.because(key, file.toString(), "cannot listen there: " + e.getMessage());
      }
      log.warn(
          "no command can reach this node, for it cannot listen at {}: {} (control_socket names"
              + " another place, or 'off')",
          file,
          e.getMessage());
    }
  }

  private void at(Endpoint address, LoadedConfig loaded, ControlledNode node) {
    try {
      ControlToken token = ControlToken.loadOrCreate(loaded.config().controlToken());
      ControlServer server = ControlServer.at(address, token, node);
      servers.push(server);
      places.add(server.address() + " with " + loaded.config().controlToken());
      if (!isLoopback(address.host())) {
        log.warn(
            "control_addr = {} is not encrypted: whoever is on the way to it can take the token",
            address);
      }
    } catch (IOException e) {
      throw ConfigProblem.because(
          ControlKeys.CONTROL_ADDR.name(), address.toString(), e.getMessage());
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return host.equals("localhost");
    }
  }

  /** Tells the log where. */
  void announce() {
    places.forEach(place -> log.info("controlled at {}", place));
  }

  /** Stops listening, and removes the socket. */
  @Override
  public void close() {
    while (!servers.isEmpty()) {
      servers.pop().close();
    }
  }

  /** The node and its process, for its control. */
  private static final class Controlled implements ControlledNode {
    private final FullNode node;
    private final About about;
    private final Runnable stop;

    private Controlled(FullNode node, String network, Runnable stop) {
      this.node = node;
      this.stop = stop;
      String version = new Version().getVersion()[0];
      about = new About(version, network, node.peerId(), node.address(), node.transport());
    }

    @Override
    public About about() {
      return about;
    }

    @Override
    public NodeControl control() {
      return node.control();
    }

    @Override
    public ChainView chain() {
      return node.chain().view();
    }

    @Override
    public ChainArchive archive() {
      return node.archive();
    }

    @Override
    public CompletionStage<MessageId> publish(Bytes memo) {
      return node.publish(memo);
    }

    @Override
    public Level logLevel() {
      return Logging.level();
    }

    @Override
    public void logLevel(Level level) {
      Logging.level(level);
    }

    @Override
    public void stop() {
      log.info("asked to end");
      stop.run();
    }
  }
}
