package dev.waggle.cli;

import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.config.ConfigLoader;
import dev.waggle.cli.config.LoadedConfig;
import dev.waggle.cli.devnet.Devnet;
import dev.waggle.cli.devnet.DevnetPlan;
import dev.waggle.cli.devnet.DevnetReport;
import dev.waggle.cli.devnet.FailedNode;
import dev.waggle.cli.devnet.Mixture;
import dev.waggle.cli.devnet.Shown;
import dev.waggle.cli.shape.ShapeOptions;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.DurationText;
import dev.waggle.operator.page.LivePage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code waggle devnet}: a whole network in one process, to see blocks spread. */
@Command(
    name = "devnet",
    description = {
      "Runs full nodes in one process that join through the first of them and find the others by"
          + " themselves, over TCP on loopback; mines blocks at one after the other and shows how"
          + " they spread.",
      "Exit code 0 only if every block reached every node and all chains agree."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":every block reached every node, and all chains agree",
      ExitCode.FAILED + ":not so, or not in time",
      ExitCode.USAGE + ":an option or a setting is at fault",
      ExitCode.NODE_FAILED + ":a node failed while it ran: out of memory, or a bug",
      ExitCode.BUG + ":a bug outside the nodes",
      ExitCode.INTERRUPTED + ":ended by Ctrl-C"
    },
    footer = {
      "",
      "'"
          + Mixture.WORD
          + "' as the value of --transport, --suite, --codec or --crypto lets the nodes"
          + " differ. They have all transports in turn, and jdk and bc; they offer all codecs and"
          + " suites, each node in another order of preference. Of the suites only those are mixed"
          + " that sign as the default one does (0x0001 and 0x0003), since a node has one identity,"
          + " whose key and PeerId are of one algorithm.",
      "",
      "It reads no configuration file and no environment, and leaves nothing behind.",
      "",
      "Its links can be as slow as those of a network, by the model of the simulator: --latency and"
          + " --bandwidth make them alike, and the file of --shape can say more:",
      "",
      "  latency   = \"50ms\"      # one way; or, instead, where the nodes are:",
      "  places    = \"world\"     # cloud regions of the world, or the file of a table of places",
      "  jitter    = 0.1         # a byte takes up to a tenth of its latency longer",
      "  bandwidth = \"50Mbit\"    # of each node's line; or each direction for itself:",
      "  up        = \"10Mbit\"",
      "  down      = \"50Mbit\"",
      "  seed      = 1           # of what is drawn",
      "",
      "Examples:",
      "  ./waggle devnet",
      "  ./waggle devnet --nodes 20 --blocks 10 --suite mlkem1024-mldsa87",
      "  ./waggle devnet --nodes 20 --ui",
      "  ./waggle devnet --json --netty-io nio",
      "  ./waggle devnet --nodes 20 --transactions 18 --compact-blocks false",
      "  ./waggle devnet --nodes 8 --latency 50ms --bandwidth 50Mbit",
      "  ./waggle devnet --transport mixed --codec mixed --suite mixed"
    })
final class DevnetCommand implements Callable<Integer> {
  /** The keys that make sense for all nodes of a network. */
  static final List<ConfigKey<?>> KEYS =
      List.of(
          ConfigKeys.TRANSPORT,
          CliKeys.NETTY_IO,
          ConfigKeys.SUITE,
          ConfigKeys.CODEC,
          ConfigKeys.CRYPTO,
          ConfigKeys.IO_THREADS,
          ConfigKeys.COMPACT_BLOCKS,
          ConfigKeys.EARLY_NOTICES,
          ConfigKeys.HEADERS_FIRST,
          CliKeys.LOG_LEVEL);

  /** What differs from a single node: many share the cores, and the table should not be torn. */
  static final Map<ConfigKey<?>, String> DEFAULTS =
      Map.of(ConfigKeys.IO_THREADS, "1", CliKeys.LOG_LEVEL, "error");

  private static final Duration MAX_TIME = Duration.ofHours(1);

  private static final Duration BLOCK_EVERY = Duration.ofSeconds(10);

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many nodes, 1 to " + DevnetPlan.MAX_NODES + ". Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many blocks, 1 to " + DevnetPlan.MAX_BLOCKS + ". Default: ${DEFAULT-VALUE}.")
  private int blocks;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long the network may take to stand, and each block to reach every node."
              + " Default: ${DEFAULT-VALUE}.")
  private String timeout = "";

  @Option(
      names = "--transactions",
      paramLabel = "RATE",
      defaultValue = "0",
      description =
          "Publish so many signed transactions a second, at one node after the other, 0 to "
              + DevnetPlan.Transactions.MAX_PER_SECOND
              + "; blocks hold those that wait by then. Default: none.")
  private int transactions;

  @Option(
      names = "--block-every",
      paramLabel = "TIME",
      description =
          "How long transactions are gathered until the next block is mined, up to 1h. Default: 10s"
              + " with --transactions, 3s with --ui; without, a block follows the last one at once.")
  private @Nullable String blockEvery;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Mixin private final UiOption ui = new UiOption();

  @Mixin private final ShapeOptions shape = new ShapeOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Map<ConfigKey<?>, String> settings = settings();
    Set<ConfigKey<?>> mixed = takeMixed(settings);
    LoadedConfig loaded = ConfigLoader.load(settings);
    Logging.level(loaded.config().logLevel());
    DevnetPlan plan =
        new DevnetPlan(
            inRange("--nodes", nodes, DevnetPlan.MAX_NODES),
            inRange("--blocks", blocks(), DevnetPlan.MAX_BLOCKS),
            parse("--timeout", timeout),
            loaded.config(),
            mixed,
            transactions(),
            shape.shape());
    DevnetTable table = DevnetTable.on(spec.commandLine(), json);
    try (LivePage page = ui.open(title(plan), table.out())) {
      try {
        return run(plan, table, page);
      } catch (ConfigProblem problem) {
        throw mixed.stream().anyMatch(key -> key.name().equals(problem.key()))
            ? problem.at(Mixture.WORD)
            : loaded.locate(problem);
      }
    }
  }

  /** Removes the keys whose value is no value, but stands for all of them. */
  private static Set<ConfigKey<?>> takeMixed(Map<ConfigKey<?>, String> settings) {
    Set<ConfigKey<?>> mixed = new LinkedHashSet<>(Mixture.KEYS);
    mixed.removeIf(key -> !Mixture.WORD.equals(settings.get(key)));
    settings.keySet().removeAll(mixed);
    return mixed;
  }

  private Map<ConfigKey<?>, String> settings() {
    Map<ConfigKey<?>, String> settings = new LinkedHashMap<>(DEFAULTS);
    settings.putAll(ConfigFlags.given(spec.commandLine().getParseResult()));
    return settings;
  }

  private static int inRange(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw ConfigProblem.expected(
          option, Integer.toString(value), "a whole number from 1 to " + max);
    }
    return value;
  }

  /** A network that is looked at goes on for as long as it can, if nobody says otherwise. */
  private int blocks() {
    boolean given = spec.commandLine().getParseResult().hasMatchedOption("--blocks");
    return ui.isGiven() && !given ? DevnetPlan.MAX_BLOCKS : blocks;
  }

  private DevnetPlan.@Nullable Transactions transactions() {
    int max = DevnetPlan.Transactions.MAX_PER_SECOND;
    if (transactions < 0 || transactions > max) {
      throw ConfigProblem.expected(
          "--transactions", Integer.toString(transactions), "a whole number from 0 to " + max);
    }
    if (transactions == 0) {
      if (blockEvery != null && !ui.isGiven()) {
        throw ConfigProblem.because(
            "--block-every",
            blockEvery,
            "means something only together with --transactions or --ui");
      }
      return null;
    }
    Duration every = blockEvery == null ? BLOCK_EVERY : parse("--block-every", blockEvery);
    return new DevnetPlan.Transactions(transactions, every);
  }

  private static Duration parse(String option, String text) {
    try {
      Duration parsed = DurationText.parse(text);
      if (parsed.isPositive() && parsed.compareTo(MAX_TIME) <= 0) {
        return parsed;
      }
    } catch (IllegalArgumentException _) {
      // Neither is this a duration:
    }
    throw ConfigProblem.expected(
        option, text, "a time from 1ms to " + DurationText.format(MAX_TIME));
  }

  private static String title(DevnetPlan plan) {
    return "Devnet of " + plan.nodes() + (plan.nodes() == 1 ? " node" : " nodes");
  }

  private @Nullable Shown shown(@Nullable LivePage page, DevnetPlan plan) {
    Duration every = blockEvery == null ? UiOption.BLOCK_EVERY : parse("--block-every", blockEvery);
    return page == null ? null : new Shown(page, plan.nodes(), every);
  }

  private int run(DevnetPlan plan, DevnetTable table, @Nullable LivePage page)
      throws InterruptedException {
    DevnetReport report;
    boolean nodeFailed;
    boolean stays;
    try (Shutdown shutdown =
            Shutdown.afterFailures(line -> Failures.say(spec.commandLine(), line));
        Devnet devnet = new Devnet(plan, table, shown(page, plan))) {
      shutdown.watch(devnet.failure(), FailedNode::words);
      // Ctrl-C ends the process with 130, but leaves no files behind.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(devnet::close));
      report = devnet.run();
      nodeFailed = devnet.failure().toCompletableFuture().isDone();
      stays = page != null && !nodeFailed;
      if (stays) {
        tell(report, table);
        table.staying();
        nodeFailed = devnet.failure().toCompletableFuture().thenApply(_ -> true).join();
      }
      if (nodeFailed) {
        shutdown.await(); // Until the thread that saw it fail has said so.
      }
    }
    if (!stays) {
      tell(report, table);
    }
    if (nodeFailed) {
      return ExitCode.NODE_FAILED;
    }
    return report.ok() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void tell(DevnetReport report, DevnetTable table) {
    table.summary(report);
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(report.json());
      out.flush();
    }
  }
}
