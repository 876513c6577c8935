package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extensions of nodes over real links (PROTOCOL §7.4). */
@Timeout(60)
class ExtensionTest {
  private static final int FEATURE = 0xFF01;
  private static final int ANOTHER = 0xFF02;

  private static final GossipApplication SILENT =
      new GossipApplication() {
        @Override
        public Verdict validate(Delivery candidate) {
          return new Verdict.Ignore("nothing is published here");
        }

        @Override
        public void deliver(Delivery accepted) {}
      };

  @ParameterizedTest
  @CsvSource({"netty, bincode", "netty, kryo", "nio, bincode", "nio, kryo"})
  void whatAnExtensionSends_reachesTheOther_andItsAnswerComesBack(String transport, String codec)
      throws Exception {
    Questions asking = new Questions();
    try (WaggleNode a = start(config(transport, codec), new Answers());
        WaggleNode b = start(dialling(a, transport, codec), asking)) {
      LinkId link = asking.links.take();
      assertThat(b.peers().getFirst().features()).contains(FEATURE);

      assertThat(asking.sender().send(link, Bytes.ofHex("c0ffee"))).isTrue();
      assertThat(asking.heard.take()).isEqualTo(Bytes.ofHex("c0ffee00"));

      Bytes largest = Bytes.wrap(new byte[WireMessage.MAX_EXTENSION_BYTES]);
      assertThat(asking.sender().send(link, largest)).isTrue();
      assertThat(asking.heard.take().length()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void extensionsThatPeersDoNotShare_areNotInForce_andTheLinkIsUsedAllTheSame(String transport)
      throws Exception {
    Questions asking = new Questions();
    try (WaggleNode other = start(config(transport, "bincode"), new Unshared());
        WaggleNode same = start(config(transport, "bincode"), new Answers());
        WaggleNode asks = start(dialling(other, transport, "bincode", same), asking)) {
      asking.links.take();

      while (asks.peers().size() < 2) {
        Thread.onSpinWait();
      }
      assertThat(asking.peers).extracting(PeerInfo::id).containsExactly(same.peerId());
      assertThat(asks.peers())
          .filteredOn(peer -> peer.id().equals(other.peerId()))
          .allSatisfy(peer -> assertThat(peer.features()).doesNotContain(FEATURE, ANOTHER));
    }
  }

  @Test
  void lostLink_isReported_andTakesNothingMore() throws Exception {
    Questions asking = new Questions();
    WaggleNode a = start(config("nio", "bincode"), new Answers());
    try (WaggleNode b = start(dialling(a, "nio", "bincode"), asking)) {
      LinkId link = asking.links.take();
      a.close();

      assertThat(asking.lost.take()).isEqualTo(link);
      assertThat(b.peers()).isEmpty();
      assertThat(asking.heard).isEmpty();
    }
    assertThat(asking.sender().send(asking.lastLink(), Bytes.EMPTY)).as("a closed node").isFalse();
  }

  @Test
  void extensionThatThrows_costsNobodyTheLink() throws Exception {
    Questions asking = new Questions();
    try (WaggleNode a = start(config("nio", "bincode"), new Answers());
        WaggleNode b = start(dialling(a, "nio", "bincode"), asking)) {
      LinkId link = asking.links.take();
      asking.sender().send(link, Answers.POISON);
      asking.sender().send(link, Bytes.ofHex("01"));

      assertThat(asking.heard.take()).isEqualTo(Bytes.ofHex("0100"));
      assertThat(b.peers()).hasSize(1);
    }
  }

  /** So that nobody has half a node: the port is free for the next one. */
  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void extensionThatCannotStart_leavesNothingOpen(String transport) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    NodeConfig.Builder config =
        config(transport, "bincode").parse(ConfigKeys.P2P_ADDR, "127.0.0.1:" + port);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> start(config, new Unstartable()));

    try (WaggleNode node = start(config, new Answers())) {
      assertThat(node.address().port()).isEqualTo(port);
    }
  }

  /** Throws as soon as it may. */
  private static final class Unstartable implements Extension {
    @Override
    public int feature() {
      return FEATURE;
    }

    @Override
    public void started(Sender sender) {
      throw new IllegalStateException("does not start, as this test wants it");
    }

    @Override
    public void received(LinkId link, Bytes body) {}
  }

  @Test
  void twoExtensionsOfOneFeature_areAProblem() {
    NodeConfig config = config("nio", "bincode").build();
    Module both =
        binder -> {
          Multibinder<Extension> extensions = Multibinder.newSetBinder(binder, Extension.class);
          extensions.addBinding().toInstance(new Answers());
          extensions.addBinding().toInstance(new Questions());
        };

    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> WaggleNode.builder(config).application(SILENT).modules(both).start())
        .withMessageContaining("0xff01");
  }

  /** Whether the node uses them or not: peers would take its messages for something else. */
  @ParameterizedTest
  @ValueSource(ints = {Feature.COMPACT_BLOCKS, Feature.EARLY_NOTICES, Feature.HEADERS_FIRST})
  void extensionOfAFeatureOfTheNodesOwn_isAProblem(int feature) {
    NodeConfig.Builder config =
        config("nio", "bincode")
            .parse(ConfigKeys.COMPACT_BLOCKS, "false")
            .parse(ConfigKeys.EARLY_NOTICES, "false")
            .parse(ConfigKeys.HEADERS_FIRST, "false");

    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> start(config, new Usurper(feature)))
        .withMessageContaining("the feature 0x000%d is the node's own".formatted(feature));
  }

  /** Of a feature that has a meaning already. */
  private record Usurper(int feature) implements Extension {
    @Override
    public void received(LinkId link, Bytes body) {}
  }

  private static NodeConfig.Builder config(String transport, String codec) {
    return NodeConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .parse(ConfigKeys.TRANSPORT, transport)
        .parse(ConfigKeys.CODEC, codec.equals("bincode") ? codec : codec + ",bincode");
  }

  private static NodeConfig.Builder dialling(
      WaggleNode seed, String transport, String codec, WaggleNode... more) {
    String seeds = seed.peerId() + "@" + seed.address();
    for (WaggleNode other : more) {
      seeds += "," + other.peerId() + "@" + other.address();
    }
    return config(transport, codec).parse(ConfigKeys.SEEDS, seeds);
  }

  private static WaggleNode start(NodeConfig.Builder config, Extension extension)
      throws ListenFailed, IOException {
    return WaggleNode.builder(config.build())
        .application(SILENT)
        .modules(
            binder ->
                Multibinder.newSetBinder(binder, Extension.class)
                    .addBinding()
                    .toInstance(extension))
        .start();
  }

  /** Answers each message with itself and a zero byte, the largest with one byte. */
  private static final class Answers implements Extension {
    static final Bytes POISON = Bytes.ofHex("dead");

    private final CompletableFuture<Sender> sender = new CompletableFuture<>();

    @Override
    public int feature() {
      return FEATURE;
    }

    @Override
    public void started(Sender toSendWith) {
      sender.complete(toSendWith);
    }

    @Override
    public void received(LinkId link, Bytes body) {
      if (body.equals(POISON)) {
        throw new IllegalStateException("poisoned, as this test wants it");
      }
      boolean small = body.length() < WireMessage.MAX_EXTENSION_BYTES;
      sender.join().send(link, small ? Bytes.ofHex(body.hex() + "00") : Bytes.ofHex("00"));
    }
  }

  /** Remembers what it hears. */
  private static final class Questions implements Extension {
    private final CompletableFuture<Sender> sender = new CompletableFuture<>();
    private final BlockingQueue<LinkId> links = new LinkedBlockingQueue<>();
    private final BlockingQueue<PeerInfo> peers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Bytes> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<LinkId> lost = new LinkedBlockingQueue<>();
    private volatile LinkId last;

    Sender sender() {
      return sender.join();
    }

    LinkId lastLink() {
      return last;
    }

    @Override
    public int feature() {
      return FEATURE;
    }

    @Override
    public void started(Sender toSendWith) {
      sender.complete(toSendWith);
    }

    @Override
    public void linked(LinkId link, PeerInfo peer) {
      last = link;
      peers.add(peer);
      links.add(link);
    }

    @Override
    public void received(LinkId link, Bytes body) {
      heard.add(body);
    }

    @Override
    public void unlinked(LinkId link) {
      lost.add(link);
    }
  }

  /** Of a feature that no other node has. */
  private static final class Unshared implements Extension {
    @Override
    public int feature() {
      return ANOTHER;
    }

    @Override
    public void linked(LinkId link, PeerInfo peer) {
      throw new AssertionError("in force with " + peer);
    }

    @Override
    public void received(LinkId link, Bytes body) {
      throw new AssertionError("received " + body);
    }
  }
}
