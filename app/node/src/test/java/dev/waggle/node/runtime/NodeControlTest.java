package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.operator.ConnectResult;
import dev.waggle.ports.operator.HandshakeObserver.Outcome;
import dev.waggle.ports.operator.LinkStatus;
import dev.waggle.ports.operator.MessageType;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.operator.NodeStatus;
import dev.waggle.ports.operator.Traffic;
import dev.waggle.ports.wire.GossipMessage;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of a node and has it do, over real sockets. */
@Timeout(60)
class NodeControlTest {
  private static final int PAYLOAD_BYTES = 1_000;

  private final BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> handshakes = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void status_showsEachLinkAndWhatWentOverIt(String transport) throws Exception {
    try (WaggleNode node = start(transport);
        WaggleNode other = start(transport)) {
      get(other.control().connect(at(node)));
      get(other.gossip().publish(message(1)));
      delivered.take(); // By the one that has published it.
      delivered.take();

      LinkStatus theirs = onlyLink(other.control());
      LinkStatus ours = onlyLink(node.control());
      assertThat(ours.peer().id()).isEqualTo(other.peerId());
      assertThat(ours.peer().direction()).isEqualTo(Direction.INBOUND);
      assertThat(ours.group()).isEqualTo("127.0.0.1");
      assertThat(ours.age()).isPositive();
      assertThat(ours.score()).isPositive();
      assertThat(ours.sinceTransaction()).isPresent();
      assertThat(ours.sinceBlock()).isEmpty();
      assertThat(ours.sealingKeys()).isEqualTo(1);
      assertThat(ours.openingKeys()).isEqualTo(1);
      Traffic.OfType received = of(MessageType.TRANSACTION, ours.traffic());
      Traffic.OfType sent = of(MessageType.TRANSACTION, theirs.traffic());
      assertThat(received.receivedMessages()).isEqualTo(1);
      assertThat(received.receivedBytes()).isBetween((long) PAYLOAD_BYTES, PAYLOAD_BYTES + 30L);
      assertThat(received.sentMessages()).isZero();
      assertThat(sent.sentMessages()).isEqualTo(1);
      assertThat(sent.sentBytes()).isEqualTo(received.receivedBytes());
      // The handshake alone has some kilobytes of lattices.
      assertThat(ours.traffic().receivedBytes()).isGreaterThan(4_000 + PAYLOAD_BYTES);
      assertThat(ours.traffic().sentBytes()).isGreaterThan(4_000);
    }
  }

  @Test
  void status_countsLinksThatHaveEnded() throws Exception {
    try (WaggleNode node = start("nio")) {
      Traffic before;
      try (WaggleNode other = start("nio")) {
        get(other.control().connect(at(node)));
        get(other.gossip().publish(message(2)));
        delivered.take();
        delivered.take();
        before = get(node.control().status()).traffic();
      }
      ended.take(); // By the one that closes.
      ended.take();
      NodeStatus after = get(node.control().status());
      assertThat(after.links()).isEmpty();
      assertThat(after.traffic().receivedBytes()).isGreaterThanOrEqualTo(before.receivedBytes());
      assertThat(of(MessageType.TRANSACTION, after.traffic()).receivedMessages()).isEqualTo(1);
      assertThat(after.gossip().accepted()).isEqualTo(1);
      assertThat(after.uptime()).isPositive();
      assertThat(after.load().busy()).isPositive().isLessThanOrEqualTo(after.uptime());
      assertThat(after.load().incomingLimitBytes()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void connect_saysWhatHasComeOfIt(String transport) throws Exception {
    try (WaggleNode node = start(transport);
        WaggleNode other = start(transport)) {
      ConnectResult result = get(other.control().connect(at(node)));
      assertThat(result)
          .isInstanceOfSatisfying(
              ConnectResult.Linked.class,
              linked -> assertThat(linked.peer().id()).isEqualTo(node.peerId()));
      assertThat(get(other.control().connect(at(node)))).isEqualTo(result);
      assertThat(get(other.control().status()).links()).hasSize(1);
    }
  }

  @Test
  void connect_whereNobodyIs_saysWhy() throws Exception {
    try (WaggleNode node = start("nio")) {
      Endpoint nowhere = new Endpoint("127.0.0.1", 1);
      assertThat(get(node.control().connect(new PeerAddress(nowhere, null))))
          .isInstanceOfSatisfying(
              ConnectResult.Failed.class,
              failed -> assertThat(failed.reason()).contains("refused"));
    }
  }

  @Test
  void connect_withSomebodyElseThanPinned_fails() throws Exception {
    try (WaggleNode node = start("nio");
        WaggleNode other = start("nio")) {
      PeerAddress pinned = PeerAddress.parse(other.peerId().hex() + "@" + node.address());
      assertThat(get(other.control().connect(pinned))).isInstanceOf(ConnectResult.Failed.class);
      assertThat(get(other.control().status()).links()).isEmpty();
    }
  }

  @Test
  void connect_withWhoIsBanned_isRefusedAtOnce() throws Exception {
    try (WaggleNode node = start("nio");
        WaggleNode other = start("nio")) {
      Ban.Subject there = Ban.Subject.parse("127.0.0.1");
      get(other.control().ban(there, Duration.ofHours(1), "a test"));
      assertThat(get(other.control().connect(at(node))))
          .isEqualTo(new ConnectResult.Failed("it is banned"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void disconnect_endsTheLink_andDialsNoMore(boolean byPeer) throws Exception {
    try (WaggleNode node = start("nio");
        WaggleNode other = start("nio")) {
      get(other.control().connect(at(node)));
      NodeControl control = other.control();
      assertThat(
              get(byPeer ? control.disconnect(node.peerId()) : control.disconnect(node.address())))
          .isEqualTo(1);
      assertThat(List.of(ended.take(), ended.take()))
          .containsExactlyInAnyOrder("goodbye: not-needed", "local: disconnected by the operator");
      assertThat(get(control.status()).links()).isEmpty();
      assertThat(get(control.disconnect(node.peerId()))).isZero();
    }
  }

  @Test
  void handshakes_areToldOf_theirOutcomesToo() throws Exception {
    try (WaggleNode node = start("nio")) {
      try (WaggleNode other = start("nio")) {
        get(other.control().connect(at(node)));
        assertThat(List.of(handshakes.take(), handshakes.take()))
            .containsExactlyInAnyOrder(
                "OUTBOUND mlkem768-mldsa65 " + Outcome.ESTABLISHED,
                "INBOUND mlkem768-mldsa65 " + Outcome.ESTABLISHED);
      }
      try (Socket stranger = new Socket(node.address().host(), node.address().port())) {
        stranger.getOutputStream().write(new byte[4]);
        assertThat(handshakes.take()).isEqualTo("INBOUND null " + Outcome.FAILED);
      }
      try (Socket stranger = new Socket(node.address().host(), node.address().port())) {
        stranger.shutdownOutput();
        assertThat(handshakes.take()).isEqualTo("INBOUND null " + Outcome.LOST);
      }
      get(node.control().ban(Ban.Subject.parse("127.0.0.0/8"), Duration.ofHours(1), "a test"));
      try (Socket _ = new Socket(node.address().host(), node.address().port())) {
        assertThat(handshakes.take()).isEqualTo("INBOUND null " + Outcome.REFUSED);
      }
    }
  }

  @Test
  void aClosedNode_answersThatItIs() throws Exception {
    WaggleNode node = start("nio");
    node.close();
    PeerId somebody = node.peerId();
    NodeControl control = node.control();
    for (CompletionStage<?> stage :
        List.of(
            control.status(),
            control.addresses(),
            control.connect(new PeerAddress(new Endpoint("127.0.0.1", 1), null)),
            control.disconnect(somebody))) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> get(stage))
          .withRootCauseInstanceOf(IllegalStateException.class)
          .withMessageContaining("the node is closed");
    }
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get();
  }

  private static LinkStatus onlyLink(NodeControl control) throws Exception {
    List<LinkStatus> links = get(control.status()).links();
    assertThat(links).hasSize(1);
    return links.getFirst();
  }

  private static Traffic.OfType of(MessageType type, Traffic traffic) {
    return traffic.of(type);
  }

  private static PeerAddress at(WaggleNode node) {
    return new PeerAddress(node.address(), null);
  }

  private static GossipMessage message(int first) {
    byte[] payload = new byte[PAYLOAD_BYTES];
    payload[0] = (byte) first;
    return new GossipMessage.Transaction(Bytes.wrap(payload));
  }

  private WaggleNode start(String transport) throws Exception {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.TRANSPORT, transport)
            .build();
    return WaggleNode.builder(config)
        .application(
            new GossipApplication() {
              @Override
              public Verdict validate(Delivery candidate) {
                return new Verdict.Accept();
              }

              @Override
              public void deliver(Delivery accepted) {
                delivered.add(accepted);
              }
            })
        .observer(
            new PeerObserver() {
              @Override
              public void peerDisconnected(PeerInfo peer, String reason) {
                ended.add(reason);
              }
            })
        .handshakeObserver(
            (direction, suite, outcome, took) -> {
              assertThat(took).isGreaterThanOrEqualTo(Duration.ZERO);
              handshakes.add(direction + " " + suite + " " + outcome);
            })
        .start();
  }
}
