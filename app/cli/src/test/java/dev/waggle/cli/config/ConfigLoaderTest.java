package dev.waggle.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.cli.logs.LogFormat;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.netty.NettyIo;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.Nat;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

class ConfigLoaderTest {
  private static final String PEER_ID = "ab".repeat(32);

  @TempDir Path dir;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<ConfigKey<?>, String> flags = new LinkedHashMap<>();

  @BeforeEach
  void dataDirWithoutFile() {
    environment.put("WAGGLE_DATA_DIR", dir.resolve("data").toString());
  }

  /** For each key: a value as text and the value that it must become. */
  static Stream<Arguments> everyKey() {
    return Stream.of(
        Arguments.of(ConfigKeys.P2P_ADDR, "[::1]:7", new Endpoint("::1", 7)),
        Arguments.of(
            ConfigKeys.EXTERNAL_ADDRESS,
            "[2a00:db8::0:1]:9000",
            Optional.of(new IpEndpoint(new IpAddress(0x2A00_0DB8_0000_0000L, 1), 9000))),
        Arguments.of(ConfigKeys.NAT, "natpmp", Nat.NATPMP),
        Arguments.of(
            ConfigKeys.DIAL_FROM,
            "1.2.3.4,::1",
            List.of(IpAddress.ofIpv4(0x01020304), new IpAddress(0, 1))),
        Arguments.of(
            ConfigKeys.SEEDS,
            "a.example:1," + PEER_ID + "@[::1]:2",
            List.of(PeerAddress.parse("a.example:1"), PeerAddress.parse(PEER_ID + "@[::1]:2"))),
        Arguments.of(
            ConfigKeys.DNS_SEEDS,
            "seed.example,x--1.b-c.EXAMPLE",
            List.of("seed.example", "x--1.b-c.EXAMPLE")),
        Arguments.of(
            ConfigKeys.CONNECT,
            PEER_ID + "@a.example:1,1.2.3.4:2",
            List.of(PeerAddress.parse(PEER_ID + "@a.example:1"), PeerAddress.parse("1.2.3.4:2"))),
        Arguments.of(
            ConfigKeys.ADD_PEERS, "a.example:1", List.of(PeerAddress.parse("a.example:1"))),
        Arguments.of(ConfigKeys.ALLOW_PRIVATE, "true", true),
        Arguments.of(CliKeys.DATA_DIR, "/srv/waggle", Path.of("/srv/waggle")),
        Arguments.of(CliKeys.PASSPHRASE_FILE, "/run/secret", Optional.of(Path.of("/run/secret"))),
        Arguments.of(ConfigKeys.NETWORK, "test.net-1", "test.net-1"),
        Arguments.of(ConfigKeys.TRANSPORT, "my-transport", "my-transport"),
        Arguments.of(CliKeys.NETTY_IO, "io_uring", NettyIo.IO_URING),
        Arguments.of(
            ConfigKeys.SUITE, "mlkem1024-mldsa87,0x0001", List.of("mlkem1024-mldsa87", "0x0001")),
        Arguments.of(ConfigKeys.CODEC, "kryo,bincode", List.of("kryo", "bincode")),
        Arguments.of(ConfigKeys.CRYPTO, "bc", CryptoChoice.BC),
        Arguments.of(ConfigKeys.IO_THREADS, "3", 3),
        Arguments.of(ConfigKeys.OUTBOUND_TARGET, "4", 4),
        Arguments.of(ConfigKeys.MAX_INBOUND, "0", 0),
        Arguments.of(ConfigKeys.HEARTBEAT_INTERVAL, "500ms", Duration.ofMillis(500)),
        Arguments.of(ConfigKeys.HEARTBEAT_TIMEOUT, "2m", Duration.ofMinutes(2)),
        Arguments.of(ConfigKeys.COMPACT_BLOCKS, "false", false),
        Arguments.of(ConfigKeys.EARLY_NOTICES, "false", false),
        Arguments.of(ConfigKeys.HEADERS_FIRST, "false", false),
        Arguments.of(CliKeys.MINE, "true", true),
        Arguments.of(CliKeys.MINE_INTERVAL, "1h", Duration.ofHours(1)),
        Arguments.of(CliKeys.ON_STORE_FAILURE, "degrade", OnStoreFailure.DEGRADE),
        Arguments.of(CliKeys.EVENTS, "true", true),
        Arguments.of(ControlKeys.CONTROL_SOCKET, "run/a.sock", Optional.of(Path.of("run/a.sock"))),
        Arguments.of(
            ControlKeys.CONTROL_ADDR,
            "127.0.0.1:9100",
            Optional.of(new Endpoint("127.0.0.1", 9100))),
        Arguments.of(
            CliKeys.METRICS_ADDR, "0.0.0.0:9100", Optional.of(new Endpoint("0.0.0.0", 9100))),
        Arguments.of(CliKeys.READY_PEERS, "0", 0),
        Arguments.of(CliKeys.UI_ADDR, "8321", Optional.of(new Endpoint("127.0.0.1", 8321))),
        Arguments.of(CliKeys.LOG_LEVEL, "debug", Level.DEBUG),
        Arguments.of(CliKeys.LOG_FORMAT, "json", LogFormat.JSON),
        Arguments.of(CliKeys.LOG_FILE, "/srv/w.log", Optional.of(Path.of("/srv/w.log"))));
  }

  @Test
  void everyKey_isCoveredByTheCasesHere() {
    assertThat(everyKey().map(arguments -> arguments.get()[0]))
        .containsExactlyElementsOf(CliKeys.ALL);
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void everyKey_isReadFromAFlag(ConfigKey<?> key, String text, Object value) {
    flags.put(key, text);
    assertThat(load()).isEqualTo(withValue(key, text));
    assertThat(load().toString()).contains(key + "=" + value);
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void everyKey_isReadFromTheEnvironment(ConfigKey<?> key, String text, Object value) {
    environment.put(key.env(), text);
    assertThat(load().toString()).contains(key + "=" + value);
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void everyKey_isReadFromTheFile(ConfigKey<?> key, String text, Object value) throws IOException {
    environment.remove("WAGGLE_DATA_DIR");
    assertThat(load(file(key.name() + " = '" + text + "'")).toString()).contains(key + "=" + value);
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void everyDefault_isAValueOfItsKeyAndNotTheOneTestedHere(
      ConfigKey<?> key, String text, Object value) {
    assertThat(key.parse(text)).isEqualTo(value).isNotEqualTo(key.parse(CliKeys.defaultText(key)));
  }

  @Test
  void everyKey_hasNamesThatFollowFromEachOther() {
    assertThat(CliKeys.ALL)
        .allSatisfy(
            key -> {
              assertThat(key.env()).isEqualTo("WAGGLE_" + key.name().toUpperCase(Locale.ROOT));
              assertThat(key.description()).endsWith(".");
            });
    assertThat(ConfigKeys.SEEDS.flag()).isEqualTo("--seed");
    assertThat(ConfigKeys.DIAL_FROM.flag()).isEqualTo("--dial-from");
    assertThat(ConfigKeys.DNS_SEEDS.flag()).isEqualTo("--dns-seed");
    assertThat(ConfigKeys.CONNECT.flag()).isEqualTo("--connect");
    assertThat(ConfigKeys.ADD_PEERS.flag()).isEqualTo("--add-peer");
    assertThat(ConfigKeys.P2P_ADDR.flag()).isEqualTo("--p2p-addr");
  }

  @Test
  void tomlArraysAndNumbers_areRead() throws IOException {
    Path file =
        file(
            """
            # A comment
            seeds = ["a.example:1", "b.example:2"]
            suite = [ "mlkem1024-mldsa87",
                      "mlkem768-mldsa65" ]
            outbound_target = 4
            """);
    CliConfig config = load(file);
    assertThat(config.node().seeds())
        .extracting(Object::toString)
        .containsExactly("a.example:1", "b.example:2");
    assertThat(config.node().suites()).containsExactly("mlkem1024-mldsa87", "mlkem768-mldsa65");
    assertThat(config.node().outboundTarget()).isEqualTo(4);
  }

  @Test
  void flag_outranksEnvironment_outranksFile_outranksDefault() throws IOException {
    Path file = file("max_inbound = 1");
    assertThat(load().node().maxInbound()).isEqualTo(117);
    assertThat(load(file).node().maxInbound()).isEqualTo(1);
    environment.put("WAGGLE_MAX_INBOUND", "2");
    assertThat(load(file).node().maxInbound()).isEqualTo(2);
    flags.put(ConfigKeys.MAX_INBOUND, "3");
    assertThat(load(file).node().maxInbound()).isEqualTo(3);
  }

  @Test
  void fileInTheDataDirectory_isReadWithoutBeingNamed() throws IOException {
    Path data = Files.createDirectory(dir.resolve("data"));
    Files.writeString(data.resolve("waggle.toml"), "network = 'here'");
    assertThat(load().node().network()).isEqualTo("here");
  }

  @Test
  void fileNamedByTheEnvironment_isRead() throws IOException {
    environment.put("WAGGLE_CONFIG", file("network = 'there'").toString());
    assertThat(load().node().network()).isEqualTo("there");
  }

  @Test
  void variablesOfTheLauncherAndOfOthers_areNoKeys() {
    environment.put("WAGGLE_CLASSPATH", "x");
    environment.put("WAGGLE_JAVA_OPTS", "x");
    environment.put("PATH", "/bin");
    assertThat(load().node().network()).isEqualTo("waggle-dev");
  }

  @Test
  void tilde_isTheHomeDirectory() {
    assertThat(CliConfig.defaults().dataDir())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".waggle"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p2p_addr|localhost|expected host:port, IPv6 in brackets, the port from 0 to 65535",
        "p2p_addr|localhost:65536|expected host:port, IPv6 in brackets, the port from 0 to 65535",
        "p2p_addr|::1:9000|expected host:port, IPv6 in brackets, the port from 0 to 65535",
        "seeds|a:1,b|expected 0 to 256 of: host:port or peerid@host:port, IPv6 in brackets, the"
            + " port from 1 to 65535",
        "seeds|a:1,|expected 0 to 256 of: host:port or peerid@host:port, IPv6 in brackets, the port"
            + " from 1 to 65535",
        "seeds|a:0|expected 0 to 256 of: host:port or peerid@host:port, IPv6 in brackets, the port"
            + " from 1 to 65535",
        "seeds|abc@a:1|expected 0 to 256 of: host:port or peerid@host:port, IPv6 in brackets, the"
            + " port from 1 to 65535",
        "external_address|a.example:1|expected ip:port, IPv6 in brackets, the port from 1 to 65535,"
            + " or nothing",
        "external_address|1.2.3.4:0|expected ip:port, IPv6 in brackets, the port from 1 to 65535,"
            + " or nothing",
        "external_address|1.2.3.4|expected ip:port, IPv6 in brackets, the port from 1 to 65535, or"
            + " nothing",
        "nat|nat-pmp|expected auto, off, pcp, natpmp, upnp",
        "dial_from|a.example|expected 0 to 2 of: an ip address",
        "dial_from|fe80::1%eth0|expected 0 to 2 of: an ip address",
        "dial_from|1.2.3.4:0|expected 0 to 2 of: an ip address",
        "dial_from|1.2.3.4,::1,::2|expected 0 to 2 of: an ip address",
        "dial_from|1.2.3.4,1.2.3.5|expected at most one of IPv4 and one of IPv6",
        "dial_from|::1,::2|expected at most one of IPv4 and one of IPv6",
        "external_address|10.0.0.1:9000|a private or reserved address, which other nodes take on"
            + " test networks only, with allow_private",
        "external_address|[::1]:9000|a private or reserved address, which other nodes take on test"
            + " networks only, with allow_private",
        "external_address|0.0.0.0:9000|an address that no machine has",
        "dns_seeds|seed.example,|expected 0 to 16 of: a host name",
        "dns_seeds|a b|expected 0 to 16 of: a host name",
        "dns_seeds|a_b.example|expected 0 to 16 of: a host name",
        "dns_seeds|-a.example|expected 0 to 16 of: a host name",
        "dns_seeds|a-.example|expected 0 to 16 of: a host name",
        "dns_seeds|a..example|expected 0 to 16 of: a host name",
        "dns_seeds|example.|expected 0 to 16 of: a host name",
        "dns_seeds|1.2.3.4|expected 0 to 16 of: a host name",
        "dns_seeds|seed.example:53|expected 0 to 16 of: a host name",
        "connect|a:0|expected 0 to 256 of: host:port or peerid@host:port, IPv6 in brackets, the port"
            + " from 1 to 65535",
        "add_peers|a|expected 0 to 8 of: host:port or peerid@host:port, IPv6 in brackets, the port"
            + " from 1 to 65535",
        "allow_private|yes|expected true, false",
        "allow_private|''|expected true, false",
        "data_dir|''|expected a path",
        "network|Main Net|expected 1 to 64 characters of a-z, 0-9, dot and dash",
        "transport|a/b|expected 1 to 64 letters, digits, dots and dashes",
        "netty_io|kqueue|expected auto, io_uring, epoll, nio",
        "suite|''|expected 1 to 16 of: 1 to 64 letters, digits, dots and dashes",
        "codec|a b|expected 1 to 8 of: 1 to 64 letters, digits, dots and dashes",
        "crypto|openssl|expected auto, jdk, bc",
        "io_threads|-1|expected a whole number from 0 to 1024",
        "outbound_target|129|expected a whole number from 0 to 128",
        "max_inbound|many|expected a whole number from 0 to 4096",
        "heartbeat_interval|15|expected a time from 50ms to 1h, for example 500ms, 15s, 2m or 1h",
        "heartbeat_timeout|1d|expected a time from 100ms to 3h, for example 500ms, 15s, 2m or 1h",
        "ui_addr|host|expected a port, for this machine only, or host:port, IPv6 in brackets, or"
            + " nothing",
        "metrics_addr|a|expected a port, for this machine only, or host:port, IPv6 in brackets, or"
            + " nothing",
        "metrics_addr|:|expected a port, for this machine only, or host:port, IPv6 in brackets, or"
            + " nothing",
        "metrics_addr|65536|expected a port, for this machine only, or host:port, IPv6 in brackets,"
            + " or nothing",
        "ready_peers|4097|expected a whole number from 0 to 4096",
        "mine_interval|0s|expected a time from 1ms to 1h, for example 500ms, 15s, 2m or 1h",
        "mine|yes|expected true, false",
        "on_store_failure|panic|expected stop, degrade",
        "events|1|expected true, false",
        "log_level|loud|expected error, warn, info, debug, trace",
        "log_format|xml|expected text, json",
      })
  void badValue_isNamedWithItsKeySourceAndWhatIsExpected(String name, String value, String expected)
      throws IOException {
    ConfigKey<?> key =
        CliKeys.ALL.stream().filter(known -> known.name().equals(name)).findAny().orElseThrow();
    flags.put(key, value);
    assertProblem(null, name + " = '" + value + "' (" + key.flag() + "): " + expected);
    flags.clear();
    environment.put(key.env(), value);
    assertProblem(null, name + " = '" + value + "' (" + key.env() + "): " + expected);
    environment.clear();
    Path file = file("\n" + name + " = '" + value + "'\n");
    assertProblem(file, name + " = '" + value + "' (" + file + ":2): " + expected);
  }

  @Test
  void badValue_isReportedEvenWhereAnotherLayerOutranksIt() throws IOException {
    Path file = file("max_inbound = 'many'");
    flags.put(ConfigKeys.MAX_INBOUND, "3");
    assertProblem(
        file, "max_inbound = 'many' (" + file + ":1): expected a whole number from 0 to 4096");
  }

  @Test
  void controlCharacters_doNotBreakTheLine() {
    flags.put(ConfigKeys.NETWORK, "a\nb\u001b[1m");
    assertProblem(
        null,
        "network = 'a?b?[1m' (--network): expected 1 to 64 characters of a-z, 0-9, dot and dash");
  }

  @Test
  void unknownVariable_isAProblem() {
    environment.put("WAGGLE_P2P_ADR", "x:1");
    assertProblem(
        null,
        "WAGGLE_P2P_ADR = 'x:1' (environment): there is no such key; did you mean WAGGLE_P2P_ADDR?");
  }

  @Test
  void unknownKeyOfTheFile_isAProblem() throws IOException {
    Path file = file("network = 'x'\np2p_adr = 'x:1'");
    assertProblem(
        file, "p2p_adr = 'x:1' (" + file + ":2): there is no such key; did you mean p2p_addr?");
  }

  @Test
  void valueOfSeveralLines_isShownInOne() throws IOException {
    Path file = file("p2p_adr = '''a\nb'''");
    assertProblem(
        file, "p2p_adr = 'a?b' (" + file + ":1): there is no such key; did you mean p2p_addr?");
  }

  @Test
  void table_isAnUnknownKey() throws IOException {
    Path file = file("[p2p]\naddr = 'x:1'");
    assertProblem(file, "p2p = '{\"addr\" : \"x:1\"}' (" + file + ":1): there is no such key");
  }

  /** What comes before the key, how the key is written, and the line where it then stands. */
  static Stream<Arguments> writtenKeys() {
    String key = "max_inbound";
    return Stream.of(
        Arguments.of("", key, 1),
        Arguments.of("# max_inbound = 1\n\n", key, 3),
        Arguments.of("network = 'x' # max_inbound = 1\r\n\r\n", key, 3),
        Arguments.of("data_dir = \"\"\"\nmax_inbound = 1\n\"\"\"\n", key, 4),
        Arguments.of("data_dir = '''\r\nmax_inbound = 1'''\r\n", "\t" + key, 3),
        Arguments.of("suite = [\n'max_inbound', # max_inbound =\n]\n", key, 4),
        Arguments.of("\n", "'max_inbound'", 2),
        Arguments.of("\n", "\"max_inbound\"", 2),
        Arguments.of("\n", "\"max\\u005Finbound\"", 2));
  }

  @ParameterizedTest
  @MethodSource("writtenKeys")
  void badValue_isNamedWithTheLineOfItsKey(String before, String key, int line) throws IOException {
    Path file = file(before + key + " = 'many'\r\n");
    assertProblem(
        file,
        "max_inbound = 'many' (" + file + ":" + line + "): expected a whole number from 0 to 4096");
  }

  /** How a table is written that the key then stands for, and the line where it begins. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "network.name = 1            | 2",
        "'network' . 'name' = 1      | 2",
        "network = { name = 1 }      | 2",
        "[network]NLname = 1         | 2",
        "NL[ network ] # oneNLname=1 | 3",
        "[network.more]NLname = 1    | 2",
      })
  void tableWhereOneValueBelongs_isNamedWithItsLine(String table, int line) throws IOException {
    Path file = file("max_inbound = 1\n" + table.replace("NL", "\n"));
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> load(file))
        .withMessageStartingWith("network = '{")
        .withMessageEndingWith("}' (" + file + ":" + line + "): expected one value");
  }

  @Test
  void keyWithADot_isAnUnknownKey() throws IOException {
    Path file = file("network = 'x'\n'network.name' = 'y'");
    assertProblem(file, "network.name = 'y' (" + file + ":2): there is no such key");
  }

  @Test
  void arrayWhereOneValueBelongs_isAProblem() throws IOException {
    Path file = file("network = ['a', 'b']");
    assertProblem(file, "network = '[\"a\",\"b\"]' (" + file + ":1): expected one value");
  }

  @Test
  void arrayOfNumbers_isNoListOfSeeds() throws IOException {
    Path file = file("seeds = [1]");
    assertProblem(file, "seeds = '[1]' (" + file + ":1): expected a string or an array of strings");
  }

  @Test
  void brokenToml_isNamedWithItsLine() throws IOException {
    Path file = file("network = 'x'\nwhat?\n");
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> load(file))
        .withMessageStartingWith("config = '" + file + ":2': is no TOML: ")
        .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("\n"));
  }

  @Test
  void keyGivenTwice_isAProblem() throws IOException {
    Path file = file("network = 'x'\nnetwork = 'y'");
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> load(file))
        .withMessageStartingWith("config = '" + file + ":2': is no TOML: ")
        .withMessageContaining("network")
        .withMessageContaining("line 1");
  }

  @Test
  void missingFile_isAProblemOnlyIfItWasNamed() {
    Path missing = dir.resolve("missing.toml");
    assertProblem(missing, "config = '" + missing + "' (--config): expected a readable file");
    environment.put("WAGGLE_CONFIG", missing.toString());
    assertProblem(null, "config = '" + missing + "' (WAGGLE_CONFIG): expected a readable file");
  }

  @Test
  void timeoutThatIsNotAboveTheInterval_isAProblemOfWhoSetIt() {
    flags.put(ConfigKeys.HEARTBEAT_INTERVAL, "45s");
    assertProblem(
        null, "heartbeat_timeout = '45s' (default): expected more than heartbeat_interval, 45s");
    flags.put(ConfigKeys.HEARTBEAT_TIMEOUT, "1s");
    assertProblem(
        null,
        "heartbeat_timeout = '1s' (--heartbeat-timeout): expected more than heartbeat_interval,"
            + " 45s");
  }

  @Test
  void listsHaveTheirBounds() {
    assertBound(ConfigKeys.CONNECT, 256, "a%d.example:1");
    assertBound(ConfigKeys.ADD_PEERS, 8, "a%d.example:1");
    assertBound(ConfigKeys.DNS_SEEDS, 16, "a%d.example");
  }

  private void assertBound(ConfigKey<?> key, int max, String value) {
    flags.clear();
    flags.put(key, repeated(value, max));
    assertThat(load()).isNotNull();
    flags.put(key, repeated(value, max + 1));
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(this::load)
        .withMessageContaining("(" + key.flag() + "): expected 0 to " + max + " of: ");
  }

  private static String repeated(String value, int count) {
    return IntStream.range(0, count).mapToObj(value::formatted).collect(Collectors.joining(","));
  }

  @Test
  void namesOfSeeds_areAsLongAsNamesMayBe() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertThat(ConfigKeys.DNS_SEEDS.parse(longest)).containsExactly(longest);
    for (String tooLong : List.of(longest + "a", label + "a.example")) {
      assertThatExceptionOfType(ConfigProblem.class)
          .isThrownBy(() -> ConfigKeys.DNS_SEEDS.parse(tooLong));
    }
  }

  @ParameterizedTest
  @CsvSource({"seeds, b:2", "dns_seeds, b.example"})
  void peersToJoinThrough_beside_connect_areAProblemThatNamesBoth(String others, String value)
      throws IOException {
    Path file = file(others + " = '" + value + "'");
    flags.put(ConfigKeys.CONNECT, "a:1");
    assertProblem(
        file,
        "connect = 'a:1' (--connect): there is "
            + others
            + " = '"
            + value
            + "' too; one of both must go");
    flags.put(ConfigKeys.CONNECT, "");
    assertThat(load(file).node().connect()).isEmpty();
  }

  @Test
  void tomlBoolean_isRead() throws IOException {
    assertThat(load(file("allow_private = true")).node().allowPrivate()).isTrue();
    flags.put(ConfigKeys.ALLOW_PRIVATE, "false");
    assertThat(load(file("allow_private = true")).node().allowPrivate()).isFalse();
  }

  @Test
  void privateExternalAddress_isTakenOnATestNetwork() throws IOException {
    Path file = file("allow_private = true\nexternal_address = '127.0.0.1:5'");
    assertThat(load(file).node().externalAddress())
        .contains(new IpEndpoint(IpAddress.ofIpv4(0x7F000001), 5));
    flags.put(ConfigKeys.EXTERNAL_ADDRESS, "224.0.0.1:5");
    assertProblem(
        file,
        "external_address = '224.0.0.1:5' (--external-address): an address that no machine has");
  }

  @Test
  void emptyExternalAddress_isNone() throws IOException {
    Path file = file("external_address = '1.2.3.4:5'");
    assertThat(load(file).node().externalAddress())
        .contains(new IpEndpoint(IpAddress.ofIpv4(0x01020304), 5));
    flags.put(ConfigKeys.EXTERNAL_ADDRESS, "");
    assertThat(load(file).node().externalAddress()).isEmpty();
  }

  @Test
  void problemFoundLater_isLocated() {
    flags.put(ConfigKeys.TRANSPORT, "warp");
    LoadedConfig loaded = ConfigLoader.load(flags, environment, null);
    assertThat(loaded.locate(ConfigProblem.expected("transport", "warp", "netty")))
        .hasMessage("transport = 'warp' (--transport): expected netty");
    assertThat(loaded.locate(ConfigProblem.expected("suite", "x", "y")))
        .hasMessage("suite = 'x' (default): expected y");
  }

  @Test
  void loaded_knowsEachValueAsItWasWritten_andItsOrigin_andTheFileThatWasRead() throws IOException {
    Path file = file("mine_interval = '1m'\nnetwork = 'x'");
    flags.put(ConfigKeys.NETWORK, "y");
    environment.put("WAGGLE_EVENTS", "true");
    LoadedConfig loaded = ConfigLoader.load(flags, environment, file);
    assertThat(loaded.file()).isEqualTo(file);
    assertThat(loaded.setting(CliKeys.MINE_INTERVAL))
        .isEqualTo(new Setting(CliKeys.MINE_INTERVAL, "1m", file + ":1"));
    assertThat(loaded.setting(ConfigKeys.NETWORK).origin()).isEqualTo("--network");
    assertThat(loaded.setting(CliKeys.EVENTS).origin()).isEqualTo("WAGGLE_EVENTS");
    assertThat(loaded.setting(ConfigKeys.CODEC))
        .isEqualTo(new Setting(ConfigKeys.CODEC, "bincode,kryo", "default"));
  }

  private CliConfig load() {
    return ConfigLoader.load(flags, environment, null).config();
  }

  private CliConfig load(Path file) {
    return ConfigLoader.load(flags, environment, file).config();
  }

  private CliConfig withValue(ConfigKey<?> key, String text) {
    return CliConfig.builder()
        .parse(CliKeys.DATA_DIR, dir.resolve("data").toString())
        .parse(key, text)
        .build();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(dir.resolve("test.toml"), content);
  }

  private void assertProblem(Path file, String line) {
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> ConfigLoader.load(flags, environment, file))
        .withMessage(line)
        .satisfies(problem -> assertThat(problem.getStackTrace()).isEmpty());
  }
}
