package dev.waggle.cli.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole nodes behave the same whatever they are made of: every pair of transports, with every codec
 * and every suite, carries the same messages in the same order.
 */
@Timeout(120)
class SwapTest {
  private static final List<String> TRANSPORTS = List.of("netty", "nio");
  private static final List<String> CODECS = List.of("bincode", "kryo");
  private static final List<String> SUITES =
      List.of("mlkem768-mldsa65", "mlkem1024-mldsa87", "x25519mlkem768-mldsa65");

  private static final Script USUAL = Script.usual();

  private static final String HEARTBEAT_INTERVAL = "50ms";

  /** What a pair of nodes is made of; the second one dials the first. */
  record Parts(String listener, String dialler, String codec, String suite) {
    @Override
    public String toString() {
      return "%s - %s, %s, %s".formatted(listener, dialler, codec, suite);
    }
  }

  private static Stream<Parts> everyCombination() {
    return TRANSPORTS.stream()
        .flatMap(
            listener ->
                TRANSPORTS.stream().flatMap(dialler -> everyCombinationOf(listener, dialler)));
  }

  private static Stream<Parts> everyCombinationOf(String listener, String dialler) {
    return CODECS.stream()
        .flatMap(codec -> SUITES.stream().map(suite -> new Parts(listener, dialler, codec, suite)));
  }

  private static Stream<Parts> everyPairOfTransports() {
    return everyCombination()
        .filter(parts -> parts.codec().equals(CODECS.getFirst()))
        .filter(parts -> parts.suite().equals(SUITES.getFirst()));
  }

  @ParameterizedTest
  @MethodSource("everyCombination")
  void whateverTheParts_theSameMessagesArrive_aSilentLinkLives_andGoodbyeIsHeard(Parts parts)
      throws Exception {
    converse(parts, USUAL);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("everyCombination")
  void whateverTheParts_manyBytesMoreArrive(Parts parts) throws Exception {
    converse(parts, Script.heavy());
  }

  @Test
  void aSilentLink_outlivesItsTimeout_asLongAsPingsAreAnswered() throws Exception {
    // But for the first, a Ping follows only on HEARTBEAT_INTERVAL of silence.
    int moreThanTheTimeout = 42;
    List<Side> sides = new ArrayList<>();
    try {
      for (Parts parts : everyPairOfTransports().toList()) {
        Side listener = listener(parts, "2s");
        sides.add(listener);
        sides.add(dialler(parts, listener, "2s"));
      }
      List<CompletableFuture<Void>> answered =
          sides.stream().map(side -> side.answeredPings(moreThanTheTimeout)).toList();
      for (CompletableFuture<Void> each : answered) {
        each.get();
      }
    } finally {
      sides.forEach(Side::close);
    }
  }

  /** The life of a link: handshake, messages both ways at once, silence, Goodbye. */
  private static void converse(Parts parts, Script script) throws Exception {
    try (Side listener = listener(parts, "45s");
        Side dialler = dialler(parts, listener, "45s")) {
      requireAgreement(parts, dialler, listener, Direction.OUTBOUND);
      requireAgreement(parts, listener, dialler, Direction.INBOUND);

      exchange(script, dialler, listener);

      listener.answeredPings(1).get();
      dialler.answeredPings(1).get();
      requireReceived(listener, script.fromDialler().size());
      requireReceived(dialler, script.fromListener().size());
      assertThat(listener.disconnected()).isNotDone();
      assertThat(dialler.disconnected()).isNotDone();

      dialler.leave();

      assertThat(listener.disconnected().get()).isEqualTo("goodbye: shutdown");
      assertThat(listener.received()).containsEntry(WireMessage.Goodbye.class, 1);
      assertThat(dialler.received()).doesNotContainKey(WireMessage.Goodbye.class);
    }
  }

  private static void requireAgreement(Parts parts, Side side, Side other, Direction direction)
      throws Exception {
    PeerInfo peer = side.awaitPeer();
    assertThat(peer.id()).isEqualTo(other.node().peerId());
    assertThat(peer.direction()).isEqualTo(direction);
    assertThat(peer.codec()).isEqualTo(parts.codec());
    assertThat(peer.suite()).isEqualTo(parts.suite());
  }

  private static void exchange(Script script, Side dialler, Side listener) throws Exception {
    try (Flow there = Flow.start(dialler, listener, script.fromDialler());
        Flow back = Flow.start(listener, dialler, script.fromListener())) {
      assertThat(there.delivered().get()).isEqualTo(Trace.of(script.fromDialler()));
      assertThat(back.delivered().get()).isEqualTo(Trace.of(script.fromListener()));
    }
  }

  /** Each message came once, pushed in its turn: none was announced and asked for instead. */
  private static void requireReceived(Side side, int gossip) {
    assertThat(side.received())
        .containsOnlyKeys(WireMessage.Gossip.class, WireMessage.Ping.class, WireMessage.Pong.class)
        .containsEntry(WireMessage.Gossip.class, gossip);
  }

  private static Side listener(Parts parts, String heartbeatTimeout)
      throws ListenFailed, IOException {
    NodeConfig.Builder config = config(parts.listener(), parts.suite(), heartbeatTimeout);
    return Side.listening(config, parts.codec());
  }

  private static Side dialler(Parts parts, Side listener, String heartbeatTimeout)
      throws ListenFailed, IOException {
    NodeConfig.Builder config = config(parts.dialler(), parts.suite(), heartbeatTimeout);
    return Side.dialling(listener, config, parts.codec());
  }

  private static NodeConfig.Builder config(
      String transport, String suite, String heartbeatTimeout) {
    return NodeConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .parse(ConfigKeys.TRANSPORT, transport)
        .parse(ConfigKeys.SUITE, suite)
        .parse(ConfigKeys.IO_THREADS, "1")
        .parse(ConfigKeys.EARLY_NOTICES, "false") // Only what is published shall be sent.
        .parse(ConfigKeys.HEARTBEAT_INTERVAL, HEARTBEAT_INTERVAL)
        .parse(ConfigKeys.HEARTBEAT_TIMEOUT, heartbeatTimeout);
  }
}
