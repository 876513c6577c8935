package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.peers.FilePeerStore;
import dev.waggle.node.wiring.NodeAssembly;
import dev.waggle.node.wiring.Wiring;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bans over real sockets (PROTOCOL §8.3). */
@Timeout(60)
class NodeBansTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Ban.Subject ELSEWHERE = Ban.Subject.parse("127.0.0.2");

  private final Heard heard = new Heard();
  private final BlockingQueue<String> turnedAway = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void bannedAddress_isClosedBeforeItHasSaidAnything_othersAreNot(String transport)
      throws Exception {
    try (WaggleNode node = builder(transport, "", new Heard()).start()) {
      assertThat(get(node.control().ban(ELSEWHERE, HOUR, "a test"))).isTrue();
      assertTurnedAway(node, "127.0.0.2");
      try (WaggleNode other = builder(transport, at(node), heard).start()) {
        assertThat(heard.connected.take().id()).isEqualTo(node.peerId());
        assertThat(other.peers()).hasSize(1);
      }
    }
  }

  private void assertTurnedAway(WaggleNode node, String from) throws Exception {
    turnedAway.clear();
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), node.address().port()));
      assertThat(turnedAway.take()).isEqualTo(from);
      try {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      } catch (SocketException reset) {
        assertThat(socket.isConnected()).as("until it was reset").isTrue();
      }
    }
  }

  /** Has {@link #turnedAway} told of whom the node does not let speak. */
  private Transport watched(Transport transport) {
    return new ForwardingTransport(transport) {
      @Override
      public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
        return super.listen(
            local,
            remote -> {
              ConnectionListener listener = acceptor.accept(remote);
              if (listener == null) {
                turnedAway.add(remote.host());
              }
              return listener;
            });
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void whenAnAddressIsBanned_itsLinksEndAtOnce(String transport) throws Exception {
    try (WaggleNode node = builder(transport, "", new Heard()).start();
        WaggleNode other = builder(transport, at(node), heard).start()) {
      assertThat(heard.connected.take().id()).isEqualTo(node.peerId());
      node.control().ban(Ban.Subject.parse("127.0.0.0/8"), HOUR, "a test");
      assertThat(heard.disconnected.take()).isEqualTo("goodbye: misbehaviour");
      assertThat(get(node.control().bans()))
          .extracting(Ban::subject)
          .containsExactly(Ban.Subject.parse("127.0.0.0/8"));
      assertTurnedAway(node, "127.0.0.1");
      assertThat(get(other.control().bans())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void bannedPeer_isToldBehindTheHandshake(String transport) throws Exception {
    PeerIdentity identity =
        Wiring.create(config(transport).build(), List.of(), NodeAssembly.class).newIdentity();
    try (WaggleNode node = builder(transport, "", new Heard()).start()) {
      node.control().ban(new Ban.Peer(identity.peerId()), HOUR, "a test");
      try (WaggleNode other = builder(transport, at(node), heard).identity(identity).start()) {
        assertThat(heard.disconnected.take()).isEqualTo("goodbye: misbehaviour");
        assertThat(other.peerId()).isEqualTo(identity.peerId());
        assertThat(get(node.control().unban(new Ban.Peer(identity.peerId())))).isTrue();
      }
      Heard again = new Heard();
      try (WaggleNode other = builder(transport, at(node), again).identity(identity).start()) {
        assertThat(again.connected.take().id()).isEqualTo(node.peerId());
        assertThat(other.peers()).hasSize(1);
      }
    }
  }

  /** The operator wants both: the ban counts, and he hears of it. */
  @Test
  void permanentPeerThatIsBanned_isNotDialledUntilThatIsTakenBack() throws Exception {
    try (WaggleNode node = builder("nio", "", new Heard()).start()) {
      NodeConfig config =
          config("nio").parse(ConfigKeys.ADD_PEERS, node.address().toString()).build();
      Ban ban = new Ban(Ban.Subject.parse("127.0.0.1"), Ban.Kind.OPERATOR, 3600, "a test");
      Memory memory = new Memory();
      memory.save(new PeerMemory(Bytes.EMPTY, List.of(), List.of(), List.of(), List.of(ban)));
      try (WaggleNode other =
          WaggleNode.builder(config)
              .application(ACCEPTING)
              .observer(heard)
              .peerStore(memory)
              .start()) {
        assertThat(heard.failures.take()).isEqualTo("it is banned");
        assertThat(other.peers()).isEmpty();
        assertThat(get(other.control().unban(Ban.Subject.parse("127.0.0.1")))).isTrue();
        assertThat(heard.connected.take().id()).isEqualTo(node.peerId());
      }
    }
  }

  @Test
  void ban_isKeptAtOnce_andCountsAfterARestart_theTimeInBetweenTaken(@TempDir Path directory)
      throws Exception {
    Instant start = Instant.parse("2026-11-28T05:45:00Z");
    Memory memory = new Memory();
    try (WaggleNode node = builder("nio", "", heard).peerStore(memory).start()) {
      assertThat(get(node.control().ban(ELSEWHERE, HOUR, "Gr\u00fcnde"))).isTrue();
      PeerMemory kept = memory.saved.take(); // And not only when the node stops, or in 5 min.
      assertThat(kept.bans()).extracting(Ban::subject).containsExactly(ELSEWHERE);
      new FilePeerStore(directory, () -> start).save(kept);
    }
    PeerStore later = new FilePeerStore(directory, () -> start.plusSeconds(600));
    try (WaggleNode node = builder("nio", "", heard).peerStore(later).start()) {
      assertTurnedAway(node, "127.0.0.2");
      Ban ban = get(node.control().bans()).getFirst();
      assertThat(ban.reason()).isEqualTo("Gr\u00fcnde");
      assertThat(ban.secondsLeft()).isBetween(2_900L, 3_000L);
    }
    PeerStore muchLater = new FilePeerStore(directory, () -> start.plusSeconds(3_700));
    try (WaggleNode node = builder("nio", "", heard).peerStore(muchLater).start()) {
      assertThat(get(node.control().bans())).isEmpty();
    }
  }

  @Test
  void ofAClosedNode_nothingIsAnswered() throws Exception {
    WaggleNode node = builder("nio", "", heard).start();
    node.close();
    for (CompletionStage<?> stage :
        List.of(node.control().bans(), node.control().unban(ELSEWHERE))) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> stage.toCompletableFuture().get())
          .withMessageContaining("the node is closed");
    }
  }

  @Test
  void banThatIsNone_isRefused() throws Exception {
    try (WaggleNode node = builder("nio", "", heard).start()) {
      for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(3651))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> node.control().ban(ELSEWHERE, time, "x"));
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> node.control().ban(ELSEWHERE, HOUR, "\n"));
      assertThat(get(node.control().bans())).isEmpty();
    }
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get();
  }

  private static String at(WaggleNode node) {
    return node.address().toString();
  }

  private static NodeConfig.Builder config(String transport) {
    return NodeConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .parse(ConfigKeys.TRANSPORT, transport);
  }

  private WaggleNode.Builder builder(String transport, String seeds, PeerObserver observer)
      throws Exception {
    return WaggleNode.builder(config(transport).parse(ConfigKeys.SEEDS, seeds).build())
        .application(ACCEPTING)
        .transport(this::watched)
        .observer(observer);
  }

  private static final GossipApplication ACCEPTING =
      new GossipApplication() {
        @Override
        public Verdict validate(Delivery candidate) {
          return new Verdict.Accept();
        }

        @Override
        public void deliver(Delivery accepted) {}
      };

  /** What a node's observer hears, to be awaited. */
  private static final class Heard implements PeerObserver {
    private final BlockingQueue<PeerInfo> connected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

    @Override
    public void peerConnected(PeerInfo peer) {
      connected.add(peer);
    }

    @Override
    public void peerDisconnected(PeerInfo peer, String reason) {
      disconnected.add(reason);
    }

    @Override
    public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
      failures.add(reason);
    }
  }

  /** A store without a disk. */
  private static final class Memory implements PeerStore {
    private final BlockingQueue<PeerMemory> saved = new LinkedBlockingQueue<>();
    private volatile PeerMemory latest = PeerMemory.NOTHING;

    @Override
    public PeerMemory load() {
      return latest;
    }

    @Override
    public void save(PeerMemory memory) {
      latest = memory;
      saved.add(memory);
    }
  }
}
