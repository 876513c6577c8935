package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.config.ConfigLoader;
import dev.waggle.cli.config.ControlKeys;
import dev.waggle.cli.config.LoadedConfig;
import dev.waggle.cli.node.FullNode;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands that ask a node, against real ones. */
@Timeout(60)
class NodeCommandsTest {
  @TempDir Path dir;

  /** A node with its control, as {@code run} puts them together. */
  private static final class Running implements AutoCloseable {
    final CountDownLatch stopped = new CountDownLatch(1);
    final Path dataDir;
    final FullNode node;
    final Operations operations;

    Running(Path dataDir, String transport, Map<ConfigKey<?>, String> more) throws Exception {
      this.dataDir = dataDir;
      LoadedConfig loaded = config(dataDir, transport, more);
      node = FullNode.start(loaded.config(), null, _ -> {});
      try {
        operations = Operations.open(loaded, node, stopped::countDown);
      } catch (RuntimeException e) {
        node.close();
        throw e;
      }
    }

    static LoadedConfig config(Path dataDir, String transport, Map<ConfigKey<?>, String> more) {
      Map<ConfigKey<?>, String> flags = new LinkedHashMap<>(more);
      flags.put(CliKeys.DATA_DIR, dataDir.toString());
      flags.put(ConfigKeys.P2P_ADDR, "127.0.0.1:0");
      flags.put(ConfigKeys.TRANSPORT, transport);
      return ConfigLoader.load(flags);
    }

    /** What a command does that is told where the node is. */
    Outcome does(String... command) {
      String[] arguments = new String[command.length + 2];
      System.arraycopy(command, 0, arguments, 0, command.length);
      arguments[command.length] = "--data-dir";
      arguments[command.length + 1] = dataDir.toString();
      return Outcome.of(arguments);
    }

    /** The line or lines that it prints when it goes well. */
    String says(String... command) {
      Outcome outcome = does(command);
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
      return outcome.out();
    }

    JsonNode json(String... command) {
      return new JsonMapper().readTree(says(command));
    }

    @Override
    public void close() {
      operations.close();
      node.close();
    }
  }

  private Running running(String name, String transport) throws Exception {
    return new Running(dir.resolve(name), transport, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void peers_areConnectedShownAndDisconnected(String transport) throws Exception {
    try (Running a = running("a", transport);
        Running b = running("b", transport)) {
      String id = b.node.peerId().hex();
      String pinned = id + "@" + b.node.address();
      assertThat(a.says("connect", pinned)).isEqualTo("linked with " + id + "\n");

      assertThat(a.says("peers").lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("peers: 1, 1 outbound, 0 inbound; transport "),
              line -> assertThat(line).containsAnyOf("reachable at ", "can dial this node"),
              line -> assertThat(line).startsWith("dir "),
              line ->
                  assertThat(line)
                      .startsWith("out")
                      .contains("768-65 bin")
                      .endsWith(id.substring(0, 8) + " " + b.node.address()));
      assertThat(a.says("peers", "--wide")).contains("mlkem768-mldsa65", id);
      JsonNode peer = a.json("peers", "--json").at("/peers/0");
      assertThat(peer.at("/peerId").asString()).isEqualTo(id);
      assertThat(peer.at("/address").asString()).isEqualTo(b.node.address().toString());
      assertThat(peer.at("/traffic/sentBytes").asLong()).isPositive();
      assertThat(a.says("status")).contains("1 outbound, 0 inbound", "\nreach  ", transport);
      assertThat(a.json("status", "--json").at("/peers/outbound").asInt()).isEqualTo(1);

      assertThat(a.says("disconnect", id)).isEqualTo("ended 1 links\n");
      Outcome again = a.does("disconnect", b.node.address().toString());
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.out()).isEqualTo("there is no link with " + b.node.address() + "\n");
    }
  }

  @Test
  void whoIsNotThere_isNotConnected() throws Exception {
    try (Running a = running("a", "nio")) {
      String nobody = "127.0.0.1:" + freePort();
      Outcome outcome = a.does("connect", nobody);
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.out()).startsWith("not linked yet: ");
      assertThat(a.does("connect", "nowhere").exitCode()).isEqualTo(2);
    }
  }

  @Test
  void bans_areAddedListedAndRemoved() throws Exception {
    try (Running a = running("a", "nio")) {
      assertThat(a.says("ban", "add", "192.0.2.0/24", "--for", "30h", "--reason", "port scans"))
          .isEqualTo("banned 192.0.2.0/24 for 30h\n");
      assertThat(a.says("ban", "list"))
          .containsPattern("operator (29|30)h 192\\.0\\.2\\.0/24 port scans");
      assertThat(a.json("ban", "list", "--json").at("/bans/0/subject").asString())
          .isEqualTo("192.0.2.0/24");
      assertThat(a.says("ban", "remove", "192.0.2.0/24")).isEqualTo("let in again: 192.0.2.0/24\n");
      assertThat(a.does("ban", "remove", "192.0.2.0/24").exitCode()).isEqualTo(1);
      assertThat(a.says("addresses")).endsWith("0 of 0\n");

      Outcome hostile = a.does("ban", "add", "192.0.2.7", "--reason", "a\u001b[2J");
      assertThat(hostile.exitCode()).isEqualTo(2);
      assertThat(hostile.err()).startsWith("waggle: the reason of a ban is one line");
    }
  }

  @Test
  void blocksAndTransactions_areSentAndShown() throws Exception {
    try (Running a = running("a", "netty")) {
      String id = a.says("tx", "send", "hello").strip();
      String hostile = a.json("tx", "send", "--json", "--hex", "1b5b324a").at("/id").asString();
      assertThat(a.says("tx", "show", id)).contains("memo    hello\n", "block   none yet\n");
      assertThat(a.says("tx", "show", hostile)).contains("memo    1b5b324a (hexadecimal)\n");
      a.node.mineOne().toCompletableFuture().get();

      String tip = a.says("block", "show", "tip");
      assertThat(tip).contains("height        1, 1 confirmations\n", "transactions  2\n", id);
      assertThat(a.says("block", "show", "1")).isEqualTo(tip);
      String hash = a.json("block", "show", "1", "--json").at("/hash").asString();
      assertThat(a.says("block", "show", hash)).isEqualTo(tip);
      assertThat(a.says("tx", "show", id)).contains(hash + " at height 1, 1 confirmations\n");
      assertThat(a.says("block", "show", "0")).contains("parent        none\n");

      Outcome none = a.does("block", "show", "7");
      assertThat(none.exitCode()).isEqualTo(1);
      assertThat(none.err()).isEqualTo("waggle: there is no block 7 here\n");
      assertThat(a.does("tx", "show", "7").exitCode()).isEqualTo(2);
      assertThat(a.does("tx", "send").exitCode()).isEqualTo(2);
    }
  }

  @Test
  void theLogLevel_isShownAndChanged_andTheNodeStopped() throws Exception {
    Level before = Logging.level();
    try (Running a = running("a", "nio")) {
      assertThat(a.says("log-level", "warn")).isEqualTo("warn\n");
      assertThat(Logging.level()).isEqualTo(Level.WARN);
      assertThat(a.says("log-level")).isEqualTo("warn\n");
      assertThat(a.does("log-level", "loud").exitCode()).isEqualTo(2);
      assertThat(a.says("stop")).isEqualTo("the node ends\n");
      a.stopped.await();
    } finally {
      Logging.level(before);
    }
  }

  @Test
  void peersThatAreWatched_areShownUntilTheNodeEnds() throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    Writer out =
        new StringWriter() {
          @Override
          public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            if (text.startsWith("peers: ")) {
              twice.countDown();
            }
          }
        };
    try (Running a = running("a", "nio")) {
      CommandLine watch = WaggleCommand.create().setOut(new PrintWriter(out, true));
      StringWriter err = new StringWriter();
      CompletableFuture<Integer> exitCode =
          CompletableFuture.supplyAsync(
              () ->
                  watch
                      .setErr(new PrintWriter(err))
                      .execute(
                          "peers",
                          "--watch",
                          "--every",
                          "100ms",
                          "--data-dir",
                          a.dataDir.toString()));
      twice.await();
      a.operations.close();
      assertThat(exitCode.get(30, TimeUnit.SECONDS)).isEqualTo(69);
      assertThat(err.toString()).startsWith("waggle: no node listens at ");
    }
  }

  @Test
  void whereNoNodeRuns_oneLineSaysSo() throws Exception {
    Outcome none = Outcome.of("status", "--data-dir", dir.toString());
    String line =
        "waggle: no node listens at "
            + dir.resolve("control.sock")
            + ": start one by 'waggle run', or name another's data directory by --data-dir\n";
    assertThat(none).isEqualTo(new Outcome(69, "", line));

    ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    crashed.bind(UnixDomainSocketAddress.of(dir.resolve("control.sock")));
    crashed.close(); // Which leaves the file.
    assertThat(Outcome.of("peers", "--data-dir", dir.toString())).isEqualTo(none);
  }

  @Test
  void overTcp_theTokenIsAskedFor() throws Exception {
    String address = "127.0.0.1:" + freePort();
    Map<ConfigKey<?>, String> tcp =
        Map.of(ControlKeys.CONTROL_ADDR, address, ControlKeys.CONTROL_SOCKET, "off");
    try (Running a = new Running(dir.resolve("a"), "nio", tcp)) {
      assertThat(a.dataDir.resolve("control.sock")).doesNotExist();
      assertThat(a.says("log-level", "--control", address)).isNotEmpty();
      Path wrong = Files.writeString(dir.resolve("wrong"), "0".repeat(64));
      for (String token : new String[] {wrong.toString(), dir.resolve("none").toString()}) {
        Outcome denied = a.does("status", "--control", address, "--token-file", token);
        assertThat(denied.exitCode()).isEqualTo(77);
        assertThat(denied.err().lines()).hasSize(1);
      }
      assertThat(
              Outcome.of("status", "--control", address, "--data-dir", dir.toString()).exitCode())
          .isEqualTo(77);
    }
    assertThat(Files.exists(dir.resolve("a").resolve("control.token"))).isTrue();
    Outcome gone =
        Outcome.of("status", "--control", address, "--data-dir", dir.resolve("a").toString());
    assertThat(gone.exitCode()).isEqualTo(69);
  }

  @Test
  void aSocketThatCannotBe_keepsANodeFromStartingOnlyIfItWasNamed() throws Exception {
    Path deep = dir.resolve("d".repeat(100));
    try (Running a = new Running(deep, "nio", Map.of())) {
      assertThat(a.node.address().port()).isPositive();
      assertThat(deep.resolve("control.sock")).doesNotExist();
    }
    Path named = Files.createFile(dir.resolve("file"));
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(
            () ->
                new Running(
                    dir.resolve("b"), "nio", Map.of(ControlKeys.CONTROL_SOCKET, named.toString())))
        .withMessage(
            "control_socket = '"
                + named
                + "' (--control-socket): cannot listen there: there is something else, which is no"
                + " socket");
  }

  @Test
  void whatIsNoNode_isSaidToBeNone() throws Exception {
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(dir.resolve("control.sock")));
      CompletableFuture<Void> answer =
          CompletableFuture.runAsync(
              () -> {
                try (var channel = other.accept()) {
                  channel.read(ByteBuffer.allocate(4096));
                  channel.write(ByteBuffer.wrap("220 mail".getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      Outcome outcome = Outcome.of("status", "--data-dir", dir.toString());
      answer.get(30, TimeUnit.SECONDS);
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err())
          .isEqualTo("waggle: what listens at " + dir.resolve("control.sock") + " is no node\n");
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
