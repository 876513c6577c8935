package dev.waggle.cli;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.IdentityFile;
import dev.waggle.crypto.IdentityProblem;
import dev.waggle.crypto.PassphraseSource;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SignatureScheme;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The identity file of a configuration. Whatever is wrong with it is told in one line. */
final class Identities {
  private static final String FILE_NAME = "identity.pem";

  private final CliConfig config;
  private final Path path;
  private final CipherSuites suites;
  private final IdentityFile file;

  private Identities(CliConfig config, Path path, CipherSuites suites) {
    this.config = config;
    this.path = path;
    this.suites = suites;
    this.file = new IdentityFile(path, suites.signatures());
  }

  /**
   * The identity of a configuration.
   *
   * @param elsewhere a file, or null for the one in the data directory
   */
  static Identities of(CliConfig config, @Nullable Path elsewhere) {
    Path path = elsewhere != null ? elsewhere : config.dataDir().resolve(FILE_NAME);
    try {
      return new Identities(config, path, CipherSuites.create(config.node().crypto()));
    } catch (CryptoUnavailable e) {
      throw ConfigProblem.because(
          ConfigKeys.CRYPTO.name(), config.node().crypto().toString(), e.getMessage());
    }
  }

  Path path() {
    return path;
  }

  PeerIdentity load(PassphraseSource passphrase) {
    try {
      return file.load(passphrase);
    } catch (IdentityProblem e) {
      throw failed(e);
    }
  }

  PeerIdentity create(PassphraseSource passphrase) {
    SignatureScheme scheme =
        preferredScheme()
            .orElseThrow(
                () ->
                    ConfigProblem.expected(
                        ConfigKeys.SUITE.name(),
                        String.join(",", config.node().suites()),
                        "one of "
                            + String.join(
                                ", ", suites.all().stream().map(CipherSuite::name).toList())));
    try {
      return file.create(scheme, new SystemRandom(), passphrase);
    } catch (IdentityProblem e) {
      throw failed(e);
    }
  }

  PeerIdentity loadOrCreate(PassphraseSource passphrase) {
    // A suite that we do not know may be an experimenter's; if not, the wiring refuses it.
    SignatureScheme scheme = preferredScheme().orElseGet(() -> suites.signatures().getFirst());
    try {
      return file.loadOrCreate(scheme, new SystemRandom(), passphrase);
    } catch (IdentityProblem e) {
      throw failed(e);
    }
  }

  /** What the first suite that comes with Waggle signs with. */
  private Optional<SignatureScheme> preferredScheme() {
    return config.node().suites().stream()
        .flatMap(wanted -> suites.all().stream().filter(suite -> isNamed(suite, wanted)))
        .map(CipherSuite::signature)
        .findFirst();
  }

  private static boolean isNamed(CipherSuite suite, String nameOrId) {
    return suite.name().equals(nameOrId) || suite.hexId().equalsIgnoreCase(nameOrId);
  }

  private static CommandFailed failed(IdentityProblem problem) {
    return new CommandFailed(ExitCode.FAILED, String.valueOf(problem.getMessage()));
  }
}
