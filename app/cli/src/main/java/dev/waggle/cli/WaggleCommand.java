package dev.waggle.cli;

import dev.waggle.cli.config.CliKeys;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waggle}: the root of the commands. */
@Command(
    name = "waggle",
    versionProvider = Version.class,
    description = "A post-quantum gossip node.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes of all commands:%n",
    exitCodeList = {
      ExitCode.OK + ":done",
      ExitCode.FAILED + ":what was asked for could not be done",
      ExitCode.USAGE + ":a command, an option, a setting or an address is at fault",
      ExitCode.NODE_FAILED + ":a node failed while it ran: out of memory, or a bug",
      ExitCode.DIFFERENT + ":two networks that should have done the same have not (simulate)",
      ExitCode.STORE_FAILED + ":a node could not keep blocks (run)",
      ExitCode.NO_NODE + ":no node runs that could be asked",
      ExitCode.BUG + ":a bug",
      ExitCode.DENIED + ":the node that runs is another user's, or the token is wrong",
      ExitCode.INTERRUPTED + ":ended by Ctrl-C"
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle run --mine          a node that mines",
      "  ./waggle identity show       who this node is",
      "  ./waggle status              how the node that runs is",
      "  ./waggle peers --watch       whom it is linked with",
      "  ./waggle stop                ends it",
      "  ./waggle devnet --nodes 10   a test network in one process",
      "  ./waggle simulate            a thousand nodes under virtual time",
      "  ./waggle ui FILE             a session or a simulation of the past, in the browser",
      "  ./waggle dns-seed --help     the nodes that it has reached, for the DNS",
      "  ./waggle metrics board       what Grafana shows of nodes",
      "  ./waggle transports          what a node can be made of here",
      "  ./waggle config show         its settings, and where they come from",
      "  ./waggle bench --quick       what it makes of this machine",
      "",
      "'./waggle help COMMAND' explains a command, its options and its exit codes."
    })
public final class WaggleCommand implements Runnable {
  private static final int HELP_COLUMNS = 100;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private WaggleCommand() {}

  /** Runs the command line of a process, and returns its exit code. */
  public static int execute(String... args) {
    try {
      return create().execute(args);
    } finally {
      Logging.stop();
    }
  }

  static CommandLine create() {
    CommandLine root =
        new CommandLine(new WaggleCommand())
            .addSubcommand(ConfigFlags.added(new RunCommand(), CliKeys.ALL, Map.of()))
            .addSubcommand(IdentityCommand.create())
            .addSubcommand(NodeCommand.added(new StatusCommand()))
            .addSubcommand(NodeCommand.added(new PeersCommand()))
            .addSubcommand(NodeCommand.added(new ConnectCommand()))
            .addSubcommand(NodeCommand.added(new DisconnectCommand()))
            .addSubcommand(BanCommand.create())
            .addSubcommand(NodeCommand.added(new AddressesCommand()))
            .addSubcommand(BlockCommand.create())
            .addSubcommand(TxCommand.create())
            .addSubcommand(NodeCommand.added(new LogLevelCommand()))
            .addSubcommand(NodeCommand.added(new StopCommand()))
            .addSubcommand(
                ConfigFlags.added(new DevnetCommand(), DevnetCommand.KEYS, DevnetCommand.DEFAULTS))
            .addSubcommand(new SimulateCommand())
            .addSubcommand(new UiCommand())
            .addSubcommand(DnsSeedCommand.create())
            .addSubcommand(MetricsCommand.create())
            .addSubcommand(
                ConfigFlags.added(
                    new TransportsCommand(), TransportsCommand.KEYS, TransportsCommand.DEFAULTS))
            .addSubcommand(ConfigCommand.create())
            .addSubcommand(new CompletionCommand())
            .addSubcommand(new ManCommand())
            .addSubcommand(new VersionCommand())
            .addSubcommand(new HelpCommand());
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
    withHelp(root);
    Failures failures = new Failures();
    // An argument that starts with @ is an argument, not a file of arguments.
    return root.setExpandAtFiles(false)
        .setExecutionStrategy(new CheckedOutput())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private static void withHelp(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage().sortOptions(false).abbreviateSynopsis(true).width(HELP_COLUMNS);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and exit.")
            .build());
    command.getSubcommands().values().forEach(WaggleCommand::withHelp);
  }

  /** No command at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
