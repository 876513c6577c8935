package dev.waggle.cli;

import dev.waggle.chain.BlockStoreException;
import dev.waggle.chain.OtherNetworkException;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.config.InWords;
import dev.waggle.cli.config.LoadedConfig;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.events.EventLog;
import dev.waggle.cli.events.EventStream;
import dev.waggle.cli.metrics.MetricsEndpoint;
import dev.waggle.cli.node.FullNode;
import dev.waggle.cli.page.NodePage;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.peers.PeerStoreException;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.transport.ListenFailed;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waggle run}: one node, until a signal ends it. */
@Command(
    name = "run",
    description = "Runs a node until Ctrl-C or SIGTERM, which ends it within 5 s with exit code 0.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":ended by a signal or by 'waggle stop', everything closed",
      ExitCode.FAILED + ":could not start, or not close everything in time",
      ExitCode.USAGE + ":an option, a setting or an address is at fault",
      ExitCode.NODE_FAILED
          + ":the node failed while it ran: out of memory, or a bug; start it again",
      ExitCode.STORE_FAILED
          + ":blocks could not be kept, for example on a full disk (see --on-store-failure)",
      ExitCode.BUG + ":a bug outside the node"
    },
    footer = {
      "",
      "Settings may also stand in a TOML file (p2p_addr = \"127.0.0.1:9001\", seeds = [\"a:9000\"])"
          + " and in the environment (WAGGLE_P2P_ADDR, WAGGLE_SEEDS). A flag outranks the"
          + " environment, and that the file. './waggle config sample' prints a file to begin with,"
          + " './waggle config show' what is in force.",
      "",
      "The log goes to stderr unless --log-file names a file. What repeats stands there a few times"
          + " a minute, and then how often it happened.",
      "",
      "Examples:",
      "  ./waggle run",
      "  ./waggle run --mine --p2p-addr 127.0.0.1:9001 --data-dir /tmp/a",
      "  ./waggle run --log-file ~/.waggle/waggle.log --log-format json",
      "  ./waggle run --events --p2p-addr 127.0.0.1:9002 --data-dir /tmp/b --seed 127.0.0.1:9001"
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private final ConfigSource source = new ConfigSource();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LoadedConfig loaded = source.load();
    CliConfig config = loaded.config();
    // A start that fails says why in one line; so only what is asked for stands before it.
    Level level = config.logLevel();
    Logging.level(level == Level.INFO ? Level.WARN : level);
    PeerIdentity identity = identity(loaded);
    openLog(loaded);
    // Closed in reverse order: the last events tell of the node's end.
    try (Shutdown shutdown = Shutdown.install(this::say);
        EventStream stream =
            config.events() ? EventStream.start(stdout(), InstantSource.system()) : null;
        MetricsEndpoint metrics = metrics(loaded);
        NodePage page = page(loaded);
        FullNode node = start(loaded, identity, both(stream, page), metrics);
        Operations operations = Operations.open(loaded, node, shutdown::request)) {
      shutdown.watch(node.failure(), why -> "the node has failed: " + why);
      watchStore(node, config, shutdown);
      Logging.level(level);
      if (metrics != null) {
        metrics.watch(node);
      }
      log.info("listening on {} as {}, {}", node.address(), node.peerId(), node.transport());
      operations.announce();
      if (!config.events()) {
        greet(node, config.node().network(), page);
      }
      if (page != null) {
        page.running(node);
        log.info("page at {}", page.url());
      }
      if (config.mine()) {
        node.startMining();
      }
      int exitCode = shutdown.await();
      log.info("closing");
      return exitCode;
    }
  }

  private void say(String line) {
    Failures.say(spec.commandLine(), line);
  }

  private void openLog(LoadedConfig loaded) {
    CliConfig config = loaded.config();
    try {
      Logging.to(config.logFormat(), config.logFile().orElse(null), this::say);
    } catch (ConfigProblem problem) {
      throw loaded.locate(problem);
    }
  }

  private static void watchStore(FullNode node, CliConfig config, Shutdown shutdown) {
    switch (config.onStoreFailure()) {
      case STOP ->
          shutdown.watch(
              node.storeFailure(),
              ExitCode.STORE_FAILED,
              why ->
                  ("blocks cannot be kept in %s: %s; the node ends. Make room or mend the disk, and"
                          + " start it again (%s = stop)")
                      .formatted(config.dataDir(), why.getMessage(), CliKeys.ON_STORE_FAILURE));
      case DEGRADE -> {}
    }
  }

  /** Not System.out, which hides that its reader is gone. */
  private static FileOutputStream stdout() {
    return new FileOutputStream(FileDescriptor.out);
  }

  private PeerIdentity identity(LoadedConfig loaded) {
    try {
      return Identities.of(loaded.config(), null)
          .loadOrCreate(new PassphraseOption(loaded.config().passphraseFile()));
    } catch (ConfigProblem problem) {
      throw loaded.locate(problem);
    }
  }

  private static @Nullable MetricsEndpoint metrics(LoadedConfig loaded) {
    try {
      return MetricsEndpoint.start(loaded.config(), Version.waggle());
    } catch (ConfigProblem problem) {
      throw loaded.locate(problem);
    }
  }

  private static FullNode start(
      LoadedConfig loaded,
      PeerIdentity identity,
      @Nullable Consumer<Event> stream,
      @Nullable MetricsEndpoint metrics) {
    CliConfig config = loaded.config();
    Consumer<Event> log = new EventLog(System::nanoTime, Clock.system(ZoneId.systemDefault()));
    Consumer<Event> events = stream == null ? log : stream.andThen(log);
    try {
      return metrics == null
          ? FullNode.start(config, identity, events)
          : FullNode.start(config, identity, events.andThen(metrics), metrics.handshakes());
    } catch (ConfigProblem problem) {
      throw loaded.locate(problem);
    } catch (ListenFailed e) {
      throw loaded.locate(
          ConfigProblem.because(
              ConfigKeys.P2P_ADDR.name(), config.node().p2pAddr().toString(), e.getMessage()));
    } catch (OtherNetworkException e) {
      String remedy =
          e.kept()
              .map(network -> "; use --network " + network + ", or another --data-dir")
              .orElse("; name its network by --network, or use another --data-dir");
      throw loaded.locate(
          ConfigProblem.because(
              ConfigKeys.NETWORK.name(), config.node().network(), e.getMessage() + remedy));
    } catch (BlockStoreException | PeerStoreException e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw loaded.locate(
          ConfigProblem.because(
              CliKeys.DATA_DIR.name(),
              config.dataDir().toString(),
              "cannot be used: " + InWords.of(e)));
    }
  }

  private static @Nullable NodePage page(LoadedConfig loaded) {
    CliConfig config = loaded.config();
    try {
      return config.uiAddr().map(address -> NodePage.open(address, config)).orElse(null);
    } catch (ConfigProblem problem) {
      throw loaded.locate(problem);
    }
  }

  private static @Nullable Consumer<Event> both(
      @Nullable Consumer<Event> one, @Nullable Consumer<Event> other) {
    return one == null || other == null ? (one == null ? other : one) : one.andThen(other);
  }

  private void greet(FullNode node, String network, @Nullable NodePage page) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("PeerId   " + node.peerId());
    out.println("network  " + network + ", " + node.transport());
    Dialable.addresses(node.address())
        .forEach(address -> out.println("seed     " + node.peerId() + "@" + address));
    if (page != null) {
      out.println("page     " + page.url());
    }
    out.println("Ctrl-C ends the node.");
    out.flush();
  }
}
