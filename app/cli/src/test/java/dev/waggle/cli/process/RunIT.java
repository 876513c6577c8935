package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RunIT {
  /** Faster than people want it, so that the tests are. */
  private static final String[] MINE = {"--mine", "--mine-interval", "300ms"};

  @TempDir Path dir;

  @Test
  void blockMinedOnA_reachesB() throws Exception {
    try (NodeProcess a = start("a", MINE);
        NodeProcess b = start("b", "--seed", a.seed())) {
      JsonNode block = b.await("block-accepted", is("from", a.peerId()));

      assertThat(block.get("miner").asString()).isEqualTo(a.peerId());
      JsonNode same = a.await("block-accepted", is("hash", block.get("hash").asString()));
      assertThat(same.get("from").isNull()).isTrue();
      JsonNode link = b.await("peer-connected");
      assertThat(link.get("direction").asString()).isEqualTo("outbound");
      assertThat(link.get("suite").asString()).isEqualTo("mlkem768-mldsa65");
      assertThat(a.await("peer-connected").get("direction").asString()).isEqualTo("inbound");
    }
  }

  @Test
  void blockMinedOnOneOfFive_reachesTheOthersOverEachOther() throws Exception {
    List<NodeProcess> nodes = new ArrayList<>();
    try {
      nodes.add(start("0", MINE));
      for (int i = 1; i < 5; i++) {
        nodes.add(start(Integer.toString(i), "--seed", nodes.get(i - 1).seed()));
      }
      NodeProcess last = nodes.getLast();
      String hash = last.await("block-accepted").get("hash").asString();
      for (int i = 1; i < 5; i++) {
        JsonNode block = nodes.get(i).await("block-accepted", is("hash", hash));
        assertThat(block.get("from").asString()).isEqualTo(nodes.get(i - 1).peerId());
        assertThat(block.get("miner").asString()).isEqualTo(nodes.getFirst().peerId());
      }
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  @Test
  void nodeThatWasKilled_comesBackWithItsIdentityAndItsChain() throws Exception {
    int port = freePort();
    NodeProcess killed = NodeProcess.start(dir.resolve("a"), port, MINE);
    try (NodeProcess b = start("b", "--seed", killed.seed())) {
      String peerId = killed.peerId();
      JsonNode known = b.await("block-accepted", is("from", peerId));
      killed.process().kill();
      b.await("peer-disconnected", is("peerId", peerId));

      try (NodeProcess a = NodeProcess.start(dir.resolve("a"), port, MINE)) {
        assertThat(a.peerId()).isEqualTo(peerId);
        b.awaitNth(2, "peer-connected", is("peerId", peerId));
        JsonNode first = a.await("block-accepted");
        assertThat(first.get("height").asLong()).isGreaterThan(known.get("height").asLong());
        assertThat(first.get("abandonedBlocks").asInt()).isZero();
        b.await("block-accepted", is("hash", first.get("hash").asString()));
      }
    } finally {
      killed.close();
    }
  }

  @Test
  void seedThatIsDownAtFirst_isReachedWhenItComesUp() throws Exception {
    int port = freePort();
    try (NodeProcess b = start("b", "--seed", "127.0.0.1:" + port)) {
      b.await("dial-failed");
      try (NodeProcess a = NodeProcess.start(dir.resolve("a"), port)) {
        b.await("peer-connected", is("peerId", a.peerId()));
        a.await("peer-connected", is("peerId", b.peerId()));
      }
    }
  }

  @Test
  void sigterm_endsWithExitCode0_andPeersHearAGoodbye() throws Exception {
    try (NodeProcess a = start("a");
        NodeProcess b = start("b", "--seed", a.seed())) {
      b.await("peer-connected");
      a.await("peer-connected");
      a.process().terminate();

      // It would be 1 if the node took longer than it may.
      assertThat(a.process().awaitExit()).as("%s", a.process()).isZero();
      JsonNode left = b.await("peer-disconnected", is("peerId", a.peerId()));
      assertThat(left.get("reason").asString()).isEqualTo("goodbye: shutdown");
    }
  }

  @Test
  void closedStdout_doesNotStopTheNode() throws Exception {
    try (NodeProcess a = start("a", MINE);
        NodeProcess b = start("b", "--seed", a.seed())) {
      b.await("block-accepted");
      b.process().closeStdout();
      b.process().stderr().await("a word in the log", line -> line.contains("nobody reads"));

      long now = System.currentTimeMillis(); // It may have caught up with what was mined before.
      JsonNode later = a.await("block-accepted", event -> event.get("at").asLong() > now);
      String hash = later.get("hash").asString().substring(0, 12);
      b.process().stderr().await("a later block", line -> line.contains(hash));
      b.process().terminate();
      assertThat(b.process().awaitExit()).isZero();
    }
  }

  @Test
  void portInUse_isOneLineAndExitCode2() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        NodeProcess node = NodeProcess.start(dir.resolve("a"), taken.getLocalPort())) {
      assertThat(node.process().awaitExit()).isEqualTo(2);
      assertThat(node.process().stdout().all()).isEmpty();
      assertThat(node.process().stderr().all())
          .singleElement()
          .asString()
          .startsWith("waggle: p2p_addr = '127.0.0.1:" + taken.getLocalPort() + "' (--p2p-addr): ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pigeon", "mixed"})
  void unknownTransport_isOneLineAndExitCode2(String name) throws Exception {
    try (NodeProcess node = start("a", "--transport", name)) {
      assertThat(node.process().awaitExit()).isEqualTo(2);
      assertThat(node.process().stderr().all())
          .singleElement()
          .asString()
          .startsWith("waggle: transport = '" + name + "' (--transport): expected ");
    }
  }

  private NodeProcess start(String name, String... more) throws IOException {
    return NodeProcess.start(dir.resolve(name), 0, more);
  }

  private static Predicate<JsonNode> is(String field, String value) {
    return event -> value.equals(event.get(field).asString(null));
  }

  /** A port that was free a moment ago; the system does not hand it out again soon. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
