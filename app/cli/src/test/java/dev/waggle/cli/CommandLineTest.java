package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.ChainRules;
import dev.waggle.chain.NodeService;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.node.NodeKeys;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.ports.crypto.SignatureScheme;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path dir;

  @Test
  void helpOfTheRoot_listsEveryCommandWithAnExample() {
    Outcome help = Outcome.of("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("run ", "identity ", "devnet ", "transports ")
        .contains("waggle run --mine", "waggle identity show", "waggle devnet --nodes 10");
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "identity",
        "identity new",
        "identity show",
        "status",
        "peers",
        "connect",
        "disconnect",
        "ban",
        "ban add",
        "ban remove",
        "ban list",
        "addresses",
        "block",
        "block show",
        "tx",
        "tx show",
        "tx send",
        "log-level",
        "stop",
        "devnet",
        "simulate",
        "ui",
        "dns-seed",
        "dns-seed print",
        "dns-seed serve",
        "metrics",
        "transports",
        "config",
        "config check",
        "config show",
        "config sample",
        "completion",
        "man",
        "version",
        "help"
      })
  void helpOfEveryCommand_hasExamples(String command) {
    Outcome help = Outcome.of((command + " --help").split(" ", -1));
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("Examples:")
        .contains("  ./waggle " + command.split(" ", -1)[0])
        .doesNotContain("%%"); // As picocli wants percents to be written, but not shown.
  }

  @Test
  void helpOfRun_tellsOfEveryKeyItsFlagMeaningAndDefault() {
    String help = Outcome.of("run", "--help").out().replaceAll("\\s+", " ");
    for (ConfigKey<?> key : CliKeys.ALL) {
      String separator = key.isSwitch() ? "[=" : "=";
      assertThat(help).contains(" " + key.flag() + separator).contains(key.description());
    }
    assertThat(help).contains("Default: 0.0.0.0:9000.").contains("test networks. Default: false.");
  }

  @Test
  void helpOfDevnet_tellsItsOwnDefaults() {
    assertThat(Outcome.of("devnet", "--help").out().replaceAll("\\s+", " "))
        .contains("0: one a core. Default: 1.");
  }

  @Test
  void version_namesWaggleAndTheJdk() {
    Outcome version = Outcome.of("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("waggle "),
            line -> assertThat(line).startsWith("JDK " + System.getProperty("java.version")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dig|there is no command 'dig'; see 'waggle --help'",
        "rnu|there is no command 'rnu'; did you mean run?; see 'waggle --help'",
        "identity sow|there is no command 'sow'; did you mean show?; see 'waggle identity --help'",
        "help rum|there is no command 'rum'; did you mean run?; see 'waggle --help'",
        "help run x|Unmatched argument at index 0: 'x'; see 'waggle run --help'",
        "completion fish|SHELL is 'fish'; expected bash or zsh; see 'waggle completion --help'",
        "--verion|Unknown option: '--verion'; did you mean --version?; see 'waggle --help'",
        "run --mime|Unknown option: '--mime'; did you mean --mine or --mine-interval?;"
            + " see 'waggle run --help'",
        "run --network|Missing required parameter for option '--network' (NAME); see 'waggle run"
            + " --help'",
        "run --network a --network b|option '--network' (NAME) should be specified only once; see"
            + " 'waggle run --help'",
        "run --max-inbound many|max_inbound = 'many' (--max-inbound): expected a whole number from"
            + " 0 to 4096",
        "run --nat pcp --p2p-addr 127.0.0.1:9|nat = 'pcp' (--nat): no router has anything to let"
            + " through, for p2p_addr is 127.0.0.1:9, where only this machine can dial the node",
        "run --seed a:1 --seed b|seeds = 'a:1,b' (--seed): expected 0 to 256 of: host:port or"
            + " peerid@host:port, IPv6 in brackets, the port from 1 to 65535",
        "run --allow-private=yes|allow_private = 'yes' (--allow-private): expected true, false",
        "run --allow-private --network A|network = 'A' (--network): expected 1 to 64 characters of"
            + " a-z, 0-9, dot and dash",
        "run --connect a:1 --connect b:1 --seed c:1|connect = 'a:1,b:1' (--connect): there is seeds"
            + " = 'c:1' too; one of both must go",
        "run --config /no/such|config = '/no/such' (--config): expected a readable file",
        "ui nowhere.json|FILE = 'nowhere.json': expected a readable file",
        "ui --addr here|--addr = 'here': expected a port, for this machine only, or host:port, IPv6 in"
            + " brackets",
        "devnet --ui here|--ui = 'here': expected a port, for this machine only, or host:port, IPv6 in"
            + " brackets",
        "devnet --ui 192.0.2.1:1|--ui = '192.0.2.1:1': no page can be served there: Cannot assign"
            + " requested address",
        "peers --every 5|--every = '5': expected a time from 100ms, for example 2s",
        "ban add 192.0.2.7 --for 0s|--for = '0s': expected a time from 1s to 87600h, for example 48h",
        "ban|add, remove or list is missing; see 'waggle ban --help'",
        "status --control-socket off|control_socket = 'off' (--control-socket): the node cannot"
            + " be asked, for it has no control_addr either",
        "status --control here|--control = 'here': expected host:port, IPv6 in brackets",
        "dns-seed|print or serve is missing; see 'waggle dns-seed --help'",
        "dns-seed print --zone a.example|Missing required option: '--name-server=NAME'; see 'waggle"
            + " dns-seed print --help'",
        "dns-seed serve --zone a.example --name-server b.example|Missing required option:"
            + " '--listen=IP:PORT'; see 'waggle dns-seed serve --help'",
        "dns-seed print --zone . --name-server b.example|--zone and --name-server: the root of the"
            + " DNS has no seeds: name a zone; see 'waggle dns-seed print --help'",
        "dns-seed print --zone a.example --name-server ns.a.example|--zone and --name-server: the"
            + " name server ns.a.example must have its name outside of the zone a.example, whose"
            + " addresses are nodes; see 'waggle dns-seed print --help'",
        "dns-seed print --zone a.example --name-server b.example --reached-within 7d|"
            + "--reached-within = '7d': expected a time from 1m to 720h",
        "dns-seed print --zone a.example --name-server b.example --reached-within 721h|"
            + "--reached-within = '721h': expected a time from 1m to 720h",
        "dns-seed serve --zone a.example --name-server b.example --listen localhost:1|--listen ="
            + " 'localhost:1': expected IP:PORT, IPv6 in brackets, for example 127.0.0.1:5353",
        "dns-seed serve --zone a.example --name-server b.example --listen ::1|--listen = '::1':"
            + " expected IP:PORT, IPv6 in brackets, for example 127.0.0.1:5353",
        "dns-seed serve --zone a.example --name-server b.example --listen 127.0.0.1:0 --look-every"
            + " 1|--look-every = '1': expected a time from 100ms to 1h",
        "metrics|board or alerts is missing; see 'waggle metrics --help'",
        "devnet --nodes 0|--nodes = '0': expected a whole number from 1 to 100",
        "devnet --nodes 101|--nodes = '101': expected a whole number from 1 to 100",
        "devnet --nodes few|Invalid value for option '--nodes': 'few' is not an int; see"
            + " 'waggle devnet --help'",
        "devnet --blocks 0|--blocks = '0': expected a whole number from 1 to 1000",
        "devnet --timeout 1|--timeout = '1': expected a time from 1ms to 1h",
        "devnet --transactions 1001|--transactions = '1001': expected a whole number from 0 to 1000",
        "devnet --transactions 5 --block-every 0s|--block-every = '0s': expected a time from 1ms to"
            + " 1h",
        "devnet --block-every 5s|--block-every = '5s': means something only together with"
            + " --transactions or --ui",
        "devnet --timeout 2h|--timeout = '2h': expected a time from 1ms to 1h",
        "devnet --suite a/b|suite = 'a/b' (--suite): expected 1 to 16 of: 1 to 64 letters, digits,"
            + " dots and dashes",
        "devnet --suite mixed,bc|suite = 'mixed' (--suite): expected one of mlkem1024-mldsa87,"
            + " mlkem768-mldsa65, x25519mlkem768-mldsa65",
        "devnet --codec bincode,bincode|codec = 'bincode,bincode' (--codec): names bincode twice",
        "devnet --suite mlkem768-mldsa65,0x0001|suite = 'mlkem768-mldsa65,0x0001' (--suite): names"
            + " 0x0001 twice",
        "devnet --codec a,b,c,d,e,f,g,h,i|codec = 'a,b,c,d,e,f,g,h,i' (--codec): expected 1 to 8 of:"
            + " 1 to 64 letters, digits, dots and dashes",
        "run --crypto mixed|crypto = 'mixed' (--crypto): expected auto, jdk, bc",
        "transports --transport nio|Unknown options: '--transport', 'nio'; see 'waggle transports"
            + " --help'",
        "devnet --p2p-addr a:1|Unknown options: '--p2p-addr', 'a:1'; see 'waggle devnet --help'",
      })
  void mistake_isOneLineAndExitCode2(String arguments, String line) {
    Outcome outcome = Outcome.of(arguments.split(" ", -1));
    assertThat(outcome.err()).isEqualTo("waggle: " + line + System.lineSeparator());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void help_printsWhatTheOptionOfTheCommandDoes() {
    assertThat(Outcome.of("help")).isEqualTo(Outcome.of("--help"));
    assertThat(Outcome.of("help", "run")).isEqualTo(Outcome.of("run", "--help"));
    assertThat(Outcome.of("help", "identity", "new"))
        .isEqualTo(Outcome.of("identity", "new", "--help"));
  }

  @Test
  void version_isACommandToo() {
    assertThat(Outcome.of("version")).isEqualTo(Outcome.of("--version"));
  }

  @Test
  void helpOfTheRoot_listsEveryExitCode() throws IllegalAccessException {
    String help = Outcome.of("--help").out();
    for (Field code : ExitCode.class.getDeclaredFields()) {
      assertThat(help).containsPattern("(?m)^ +" + code.getInt(null) + " {2,}\\w");
    }
  }

  @Test
  void noCommand_isAMistakeToo() {
    Outcome outcome = Outcome.of();
    assertThat(outcome.err())
        .isEqualTo("waggle: a command is missing; see 'waggle --help'" + System.lineSeparator());
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void bug_isOneLineAndExitCode70() {
    Outcome outcome = Outcome.of(WaggleCommand.create().addSubcommand(new Loquacious()), "buggy");
    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err())
        .isEqualTo(
            "waggle: unexpected java.lang.IllegalStateException: two lines; this is a bug, and"
                + " --log-level debug shows where"
                + System.lineSeparator());
  }

  @Test
  void bugOfCommandWithoutLogLevel_saysItselfWhere() {
    Outcome outcome = Outcome.of(WaggleCommand.create().addSubcommand(new Curt()), "curt");
    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err())
        .startsWith(
            "waggle: unexpected java.lang.IllegalStateException: two lines; this is a bug, in ")
        .contains("Buggy.run(CommandLineTest.java:");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @CommandLine.Command(name = "curt")
  private static final class Curt extends Buggy {}

  @CommandLine.Command(name = "buggy")
  private static final class Loquacious extends Buggy {
    @CommandLine.Option(names = "--log-level")
    private String level = "";

    @Override
    public String toString() {
      return level;
    }
  }

  private abstract static class Buggy implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("two\nlines");
    }
  }

  @Test
  void portInUse_isOneLineAndExitCode2() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Outcome outcome = Outcome.of("run", "--p2p-addr", address, "--data-dir", dir.toString());
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err().lines())
          .singleElement()
          .asString()
          .startsWith("waggle: p2p_addr = '" + address + "' (--p2p-addr): ");
    }
  }

  @Test
  void fileOfPeersThatCannotBeRead_isOneLineAndExitCode1() throws IOException {
    Path file = Files.createDirectory(dir.resolve("peers.txt"));
    Outcome outcome = Outcome.of("run", "--p2p-addr", "127.0.0.1:0", "--data-dir", dir.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("waggle: " + file + " cannot be read: it is no file" + System.lineSeparator());
  }

  @Test
  void dataDirThatIsAFile_isOneLineAndExitCode2() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    Outcome outcome = Outcome.of("run", "--p2p-addr", "127.0.0.1:0", "--data-dir", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "waggle: data_dir = '%s' (--data-dir): expected a folder, and this is a file%n"
                .formatted(file));
  }

  @Test
  void folderInTheWayOfTheChain_isOneLineAndExitCode2() throws IOException {
    Path blocks = Files.createDirectory(dir.resolve("blocks.dat"));
    Outcome outcome = Outcome.of("run", "--p2p-addr", "127.0.0.1:0", "--data-dir", dir.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "waggle: data_dir = '%s' (--data-dir): cannot be used: %s (Is a directory)%n"
                .formatted(dir, blocks));
  }

  @Test
  void chainOfAnotherNetwork_isOneLineThatNamesBoth() throws IOException {
    SignatureScheme scheme = NodeKeys.scheme(CliConfig.defaults().node());
    NodeService.open(ChainRules.of("alpha", scheme), dir, InstantSource.system()).close();
    String[] run = {
      "run", "--p2p-addr", "127.0.0.1:0", "--data-dir", dir.toString(), "--network", "beta"
    };
    Outcome named = Outcome.of(run);
    assertThat(named.exitCode()).isEqualTo(2);
    assertThat(named.err())
        .isEqualTo(
            "waggle: network = 'beta' (--network): %s holds blocks of the network alpha, and not of beta; use --network alpha, or another --data-dir%n"
                .formatted(dir.resolve("blocks.dat")));

    Files.delete(dir.resolve("network.txt"));
    Outcome nameless = Outcome.of(run);
    assertThat(nameless.exitCode()).isEqualTo(2);
    assertThat(nameless.err())
        .startsWith("waggle: network = 'beta' (--network): " + dir.resolve("blocks.dat"))
        .contains("whose first block is " + ChainRules.of("alpha", scheme).genesis().id())
        .contains("whose first block is " + ChainRules.of("beta", scheme).genesis().id())
        .endsWith("; name its network by --network, or use another --data-dir%n".formatted());
  }
}
