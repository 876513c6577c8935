package dev.waggle.cli;

import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.config.LoadedConfig;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.ports.PeerIdentity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code waggle identity}: who a node is. */
@Command(
    name = "identity",
    description =
        "Makes or shows the long-term key of a node, and the PeerId that follows from it.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "A node that has no identity makes one by itself when it runs.",
      "",
      "Examples:",
      "  ./waggle identity new --encrypt",
      "  ./waggle identity show --json"
    })
final class IdentityCommand implements Runnable {
  /** The keys that decide where an identity lies and what it is for. */
  private static final List<ConfigKey<?>> KEYS =
      List.of(
          CliKeys.DATA_DIR,
          CliKeys.PASSPHRASE_FILE,
          ConfigKeys.SUITE,
          ConfigKeys.CRYPTO,
          CliKeys.LOG_LEVEL);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  static CommandLine create() {
    return new CommandLine(new IdentityCommand())
        .addSubcommand(ConfigFlags.added(new New(), KEYS, Map.of()))
        .addSubcommand(ConfigFlags.added(new Show(), KEYS, Map.of()));
  }

  /** No subcommand at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "new or show is missing");
  }

  /** What the subcommands have in common. */
  abstract static class OnIdentity implements Callable<Integer> {
    @Option(
        names = "--identity",
        paramLabel = "FILE",
        description = "The identity's file; else identity.pem in the data directory.")
    private @Nullable Path identity;

    @Mixin private final ConfigSource source = new ConfigSource();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
      LoadedConfig loaded = source.load();
      Logging.level(loaded.config().logLevel());
      try {
        Identities identities = Identities.of(loaded.config(), identity);
        PassphraseOption passphrase = new PassphraseOption(loaded.config().passphraseFile());
        print(obtain(identities, passphrase), identities.path());
      } catch (ConfigProblem problem) {
        throw loaded.locate(problem);
      }
      return ExitCode.OK;
    }

    abstract PeerIdentity obtain(Identities identities, PassphraseOption passphrase);

    private void print(PeerIdentity found, Path path) {
      Shown shown = new Shown(found.peerId().hex(), found.algorithm(), path.toString());
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(new JsonMapper().writeValueAsString(shown));
      } else {
        out.println("PeerId     " + shown.peerId());
        out.println("algorithm  " + shown.algorithm());
        out.println("file       " + shown.file());
      }
      out.flush();
    }

    /** The object that {@code --json} prints. */
    record Shown(String peerId, String algorithm, String file) {}
  }

  /** {@code waggle identity new}. */
  @Command(
      name = "new",
      description = {
        "Makes an identity, for the signature algorithm of the preferred suite, and shows it.",
        "Never replaces one that is there."
      },
      footer = {
        "",
        "Examples:",
        "  ./waggle identity new",
        "  ./waggle identity new --identity ./a.pem --suite mlkem1024-mldsa87 --encrypt"
      })
  static final class New extends OnIdentity {
    @Option(names = "--encrypt", description = "Ask for a passphrase to encrypt the file with.")
    private boolean encrypt;

    @Override
    PeerIdentity obtain(Identities identities, PassphraseOption passphrase) {
      return identities.create(passphrase.promptForNew(encrypt));
    }
  }

  /** {@code waggle identity show}. */
  @Command(
      name = "show",
      description = "Shows an identity: its PeerId, its algorithm and its file.",
      footer = {
        "",
        "Examples:",
        "  ./waggle identity show",
        "  ./waggle identity show --identity ./a.pem --passphrase-file ./secret --json"
      })
  static final class Show extends OnIdentity {
    @Override
    PeerIdentity obtain(Identities identities, PassphraseOption passphrase) {
      return identities.load(passphrase);
    }
  }
}
