package dev.waggle.cli;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.seeder.ReachedNodes;
import dev.waggle.cli.seeder.WatchedPeers;
import dev.waggle.dns.SeedNode;
import dev.waggle.dns.SeedServer;
import dev.waggle.dns.SeedZone;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.DurationText;
import dev.waggle.node.peers.FilePeerStore;
import dev.waggle.node.peers.PeerStoreException;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waggle dns-seed}: tells others by the DNS which nodes can be reached. */
@Command(
    name = "dns-seed",
    description =
        "Makes a zone of the DNS from the nodes that a node has reached lately, so that new nodes"
            + " find them with --dns-seed. It reads the file peers.txt of the node, and never"
            + " changes it.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ./waggle dns-seed print --zone seed.example.org --name-server ns.example.org",
      "  ./waggle dns-seed serve --zone seed.example.org --name-server ns.example.org"
          + " --listen 127.0.0.1:5353"
    })
final class DnsSeedCommand implements Runnable {
  private static final List<ConfigKey<?>> KEYS =
      List.of(CliKeys.DATA_DIR, ConfigKeys.ALLOW_PRIVATE, CliKeys.LOG_LEVEL);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  static CommandLine create() {
    return new CommandLine(new DnsSeedCommand())
        .addSubcommand(ConfigFlags.added(new Print(), KEYS, Map.of()))
        .addSubcommand(ConfigFlags.added(new Serve(), KEYS, Map.of()));
  }

  /** No subcommand at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "print or serve is missing");
  }

  /** What the subcommands have in common. */
  abstract static class OnZone implements Callable<Integer> {
    private static final Duration LEAST_WITHIN = Duration.ofMinutes(1);

    /** An address book has forgotten by then. */
    private static final Duration MOST_WITHIN = Duration.ofDays(30);

    @Option(
        names = "--zone",
        required = true,
        paramLabel = "NAME",
        description = "The name of the zone, for which nodes ask with --dns-seed.")
    private String zone = "";

    @Option(
        names = "--name-server",
        required = true,
        paramLabel = "NAME",
        description = "The name of the host that serves the zone, outside of the zone.")
    private String nameServer = "";

    @Option(
        names = "--reached-within",
        paramLabel = "TIME",
        defaultValue = "168h",
        description =
            "How long ago the node may have been linked with those that are told."
                + " Default: ${DEFAULT-VALUE}, a week.")
    private String reachedWithin = "";

    @Mixin private final ConfigSource source = new ConfigSource();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
      CliConfig loaded = source.load().config();
      Logging.level(loaded.logLevel());
      ReachedNodes reached =
          new ReachedNodes(
              time("--reached-within", reachedWithin, LEAST_WITHIN, MOST_WITHIN),
              loaded.node().allowPrivate());
      try {
        return tell(zone(), new FilePeerStore(loaded.dataDir(), InstantSource.system()), reached);
      } catch (PeerStoreException e) {
        throw new CommandFailed(
            ExitCode.FAILED, e.getMessage() + "; --data-dir names the directory of a node");
      }
    }

    abstract int tell(SeedZone zone, FilePeerStore store, ReachedNodes reached)
        throws PeerStoreException, InterruptedException;

    private SeedZone zone() {
      try {
        return new SeedZone(zone, nameServer);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), "--zone and --name-server: " + e.getMessage());
      }
    }

    static Duration time(String option, String text, Duration least, Duration most) {
      try {
        Duration time = DurationText.parse(text);
        if (time.compareTo(least) >= 0 && time.compareTo(most) <= 0) {
          return time;
        }
      } catch (IllegalArgumentException _) {
        // Neither is this a time:
      }
      throw ConfigProblem.expected(
          option,
          text,
          "a time from %s to %s".formatted(DurationText.format(least), DurationText.format(most)));
    }

    CommandLine commandLine() {
      return spec.commandLine();
    }

    /** What to say of a zone, in which nobody would find anybody. */
    String nobody(FilePeerStore store) {
      return "%s names no node that was reached within %s and that others can dial"
          .formatted(store.file(), reachedWithin);
    }
  }

  /** {@code waggle dns-seed print}. */
  @Command(
      name = "print",
      description = {
        "Prints the zone as a file for any DNS server, with the 256 nodes reached last.",
        "Without any node it prints nothing and fails, so that no script replaces a zone by that."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        ExitCode.OK + ":the zone is printed",
        ExitCode.FAILED + ":there is no file of peers, or it is damaged, or names no such node",
        ExitCode.USAGE + ":an option or a setting is at fault",
        ExitCode.BUG + ":a bug"
      },
      footer = {
        "",
        "Examples:",
        "  ./waggle dns-seed print --zone seed.example.org --name-server ns.example.org",
        "  ./waggle dns-seed print --zone seed.example.org --name-server ns.example.org"
            + " --data-dir /tmp/a --reached-within 24h"
      })
  static final class Print extends OnZone {
    @Override
    int tell(SeedZone zone, FilePeerStore store, ReachedNodes reached) throws PeerStoreException {
      List<SeedNode> nodes = reached.of(store.peek(), Duration.ZERO);
      if (nodes.isEmpty()) {
        throw new CommandFailed(ExitCode.FAILED, nobody(store));
      }
      PrintWriter out = commandLine().getOut();
      out.print(zone.print(nodes, InstantSource.system().instant()));
      out.flush();
      return ExitCode.OK;
    }
  }

  /** {@code waggle dns-seed serve}. */
  @Command(
      name = "serve",
      description = {
        "Serves the zone over UDP and TCP until Ctrl-C or SIGTERM; each answer has 25 nodes drawn at"
            + " random.",
        "It reads the file of peers again when that has changed. While the file is damaged or gone,"
            + " the nodes that it named before stay."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        ExitCode.OK + ":ended by a signal",
        ExitCode.FAILED + ":there is no file of peers, or it is damaged",
        ExitCode.USAGE + ":an option, a setting or the address is at fault",
        ExitCode.NODE_FAILED + ":the server failed while it ran; start it again",
        ExitCode.BUG + ":a bug"
      },
      footer = {
        "",
        "Examples:",
        "  ./waggle dns-seed serve --zone seed.example.org --name-server ns.example.org"
            + " --listen 127.0.0.1:5353",
        "  ./waggle run --dns-seed seed.example.org      a node elsewhere, once the zone is delegated"
      })
  static final class Serve extends OnZone {
    private static final Duration LEAST_LOOK = Duration.ofMillis(100);
    private static final Duration MOST_LOOK = Duration.ofHours(1);

    @Option(
        names = "--listen",
        required = true,
        paramLabel = "IP:PORT",
        description =
            "Where to serve. On a host with several addresses name one: else answers may come from"
                + " another than was asked.")
    private String listen = "";

    @Option(
        names = "--look-every",
        paramLabel = "TIME",
        defaultValue = "1m",
        description = "How often to look at the file of peers. Default: ${DEFAULT-VALUE}.")
    private String lookEvery = "";

    @Override
    int tell(SeedZone zone, FilePeerStore store, ReachedNodes reached)
        throws PeerStoreException, InterruptedException {
      InetSocketAddress address = address();
      Duration pause = time("--look-every", lookEvery, LEAST_LOOK, MOST_LOOK);
      WatchedPeers peers =
          WatchedPeers.start(store, reached, InstantSource.system(), this::complain);
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      // Closed in reverse order.
      try (Shutdown shutdown = Shutdown.install(this::complain);
          SeedServer server = start(zone, address, peers);
          ScheduledExecutorService watcher =
              Executors.newSingleThreadScheduledExecutor(
                  Thread.ofPlatform().daemon().name("dns-seed-watcher").factory())) {
        shutdown.watch(failure, why -> "the server has failed: " + why);
        var _ = server.ended().whenComplete((_, why) -> failed(failure, why));
        greet(zone, server, peers);
        if (peers.get().isEmpty()) {
          complain(nobody(store));
        }
        var _ =
            watcher.scheduleWithFixedDelay(
                () -> look(peers, failure), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        int exitCode = shutdown.await();
        watcher.shutdownNow();
        return exitCode;
      }
    }

    private InetSocketAddress address() {
      try {
        Endpoint endpoint = Endpoint.parse(listen);
        if (endpoint.host().indexOf('%') < 0 && IpAddress.ofLiteral(endpoint.host()) != null) {
          return new InetSocketAddress(endpoint.host(), endpoint.port());
        }
      } catch (IllegalArgumentException _) {
        // Neither is this an address:
      }
      throw ConfigProblem.expected(
          "--listen", listen, "IP:PORT, IPv6 in brackets, for example 127.0.0.1:5353");
    }

    private SeedServer start(SeedZone zone, InetSocketAddress address, WatchedPeers peers) {
      try {
        return SeedServer.start(zone, address, peers);
      } catch (IOException e) {
        throw ConfigProblem.because("--listen", listen, e.getMessage());
      }
    }

    private static void failed(CompletableFuture<Throwable> failure, @Nullable Throwable why) {
      if (why != null) {
        failure.complete(why);
      }
    }

    private void look(WatchedPeers peers, CompletableFuture<Throwable> failure) {
      try {
        int before = peers.get().size();
        peers.look();
        int now = peers.get().size();
        if (now != before) {
          say(nodes(now));
        }
      } catch (RuntimeException | Error e) {
        failure.complete(e); // The timer would keep it to itself.
        throw e;
      }
    }

    private void greet(SeedZone zone, SeedServer server, WatchedPeers peers) {
      InetSocketAddress at = server.address();
      say(
          "serving %s at %s, %s; Ctrl-C ends it"
              .formatted(
                  zone,
                  new Endpoint(at.getAddress().getHostAddress(), at.getPort()),
                  nodes(peers.get().size())));
    }

    private static String nodes(int count) {
      return count == 1 ? "1 node" : count + " nodes";
    }

    private void say(String line) {
      PrintWriter out = commandLine().getOut();
      out.println(line);
      out.flush();
    }

    private void complain(String line) {
      Failures.say(commandLine(), line);
    }
  }
}
