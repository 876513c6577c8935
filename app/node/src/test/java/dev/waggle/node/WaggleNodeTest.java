package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.Binder;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WaggleNodeTest {
  private static final GossipApplication ACCEPTING =
      new GossipApplication() {
        @Override
        public Verdict validate(Delivery candidate) {
          return new Verdict.Accept();
        }

        @Override
        public void deliver(Delivery accepted) {}
      };

  @ParameterizedTest
  @ValueSource(strings = {"mlkem768-mldsa65", "mlkem1024-mldsa87", "x25519mlkem768-mldsa65"})
  void whatOneNodePublishes_reachesTheOther_byEverySuite(String suite) throws Exception {
    PeerEvents events = new PeerEvents();
    BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
    try (WaggleNode a = start(config().parse(ConfigKeys.SUITE, suite), events);
        WaggleNode b = start(dialling(a).parse(ConfigKeys.SUITE, suite), new PeerEvents())) {
      b.gossip().subscribe(delivered::add);
      PeerInfo peer = events.connected.take();
      assertThat(peer.id()).isEqualTo(b.peerId());
      assertThat(peer.suite()).isEqualTo(suite);
      assertThat(a.peers()).containsExactly(peer);

      GossipMessage message = new GossipMessage.Transaction(randomBytes(100_000));
      assertThat(a.gossip().publish(message).toCompletableFuture().get())
          .isEqualTo(new Verdict.Accept());

      Delivery delivery = delivered.take();
      assertThat(delivery.message()).isEqualTo(message);
      assertThat(delivery.from()).isEqualTo(a.peerId());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x25519mlkem768-mldsa65, 'mlkem768-mldsa65,x25519mlkem768-mldsa65'",
    "mlkem768-mldsa65, 'x25519mlkem768-mldsa65,mlkem768-mldsa65'",
  })
  void whoPrefersASuiteThatTheOtherLacks_dialsOnceMoreWithOneThatBothHave(
      String listening, String dialling) throws Exception {
    PeerEvents events = new PeerEvents();
    try (WaggleNode a = start(config().parse(ConfigKeys.SUITE, listening), new PeerEvents());
        WaggleNode b = start(dialling(a).parse(ConfigKeys.SUITE, dialling), events)) {
      assertThat(events.connected.take().suite()).isEqualTo(listening);
      assertThat(b.peers()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void seedWithSeveralAddresses_isReachedWhereItAnswers(String transport) throws Exception {
    PeerEvents events = new PeerEvents();
    List<InetAddress> addresses =
        List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1"));
    try (WaggleNode a = start(config(), events);
        WaggleNode b =
            WaggleNode.builder(
                    config()
                        .parse(ConfigKeys.TRANSPORT, transport)
                        .parse(ConfigKeys.SEEDS, "seed.example:" + a.address().port())
                        .build())
                .application(ACCEPTING)
                .modules(binder -> bindNames(binder, _ -> addresses))
                .start()) {
      assertThat(events.connected.take().id()).isEqualTo(b.peerId());
    }
  }

  /** It reads what strangers have written. */
  @Test
  void seedDirectoryThatThrows_doesNotEndTheNode() throws Exception {
    BlockingQueue<Thread> asking = new LinkedBlockingQueue<>();
    try (WaggleNode node =
        WaggleNode.builder(config().parse(ConfigKeys.DNS_SEEDS, "seed.example").build())
            .application(ACCEPTING)
            .seedDirectory(
                name -> {
                  asking.add(Thread.currentThread());
                  throw new IllegalStateException("thrown by a test about " + name);
                })
            .start()) {
      asking.take().join();
      assertThat(node.failure().toCompletableFuture()).isNotDone();
      assertThat(Thread.getAllStackTraces().keySet())
          .as("the thread that ends a node")
          .extracting(Thread::getName)
          .doesNotContain("waggle-failure");
    }
  }

  private static void bindNames(Binder binder, NameService names) {
    OptionalBinder.newOptionalBinder(binder, NameService.class).setBinding().toInstance(names);
  }

  /** All links of an I/O thread share the list of what the one being served has received. */
  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void whatArrivedBeforeACodecFailed_isItsSendersStill(String transport) throws Exception {
    PeerEvents events = new PeerEvents();
    BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
    int enoughToShareReads = 1_000;
    try (WaggleNode a = startFragile(config(), transport, events);
        WaggleNode b = startFragile(dialling(a), transport, new PeerEvents());
        WaggleNode c = startFragile(dialling(a), transport, new PeerEvents())) {
      a.gossip().subscribe(delivered::add);
      events.connected.take();
      events.connected.take();
      for (int i = 1; i <= enoughToShareReads; i++) {
        b.gossip().publish(new GossipMessage.Transaction(randomBytes(i)));
      }
      b.gossip().publish(new GossipMessage.Transaction(FragileCodec.POISON));
      assertThat(events.disconnected.take()).isNotBlank();
      c.gossip().publish(new GossipMessage.Transaction(randomBytes(enoughToShareReads + 1)));

      for (int i = 1; i <= enoughToShareReads; i++) {
        assertThat(delivered.take().from()).as("message %d", i).isEqualTo(b.peerId());
      }
      assertThat(delivered.take().from()).isEqualTo(c.peerId());
    }
  }

  /** By itself: no heartbeat sends what it has left behind. */
  @ParameterizedTest
  @CsvSource({"netty, 1000000", "nio, 1000000", "netty, 8388544", "nio, 8388544"})
  void aLargeMessage_crossesALink(String transport, int bytes) throws Exception {
    PeerEvents events = new PeerEvents();
    BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
    try (WaggleNode a = start(quiet(config(), transport), events);
        WaggleNode b = start(quiet(dialling(a), transport), new PeerEvents())) {
      b.gossip().subscribe(delivered::add);
      events.connected.take();
      GossipMessage message = new GossipMessage.Block(randomBytes(bytes));
      a.gossip().publish(message);

      assertThat(delivered.take().message()).isEqualTo(message);
      assertThat(a.peers()).hasSize(1);
    }
  }

  private static NodeConfig.Builder quiet(NodeConfig.Builder config, String transport) {
    return config
        .parse(ConfigKeys.TRANSPORT, transport)
        .parse(ConfigKeys.HEARTBEAT_INTERVAL, "1h")
        .parse(ConfigKeys.HEARTBEAT_TIMEOUT, "2h");
  }

  @Test
  void whoCloses_saysGoodbye() throws Exception {
    PeerEvents events = new PeerEvents();
    try (WaggleNode a = start(config(), events)) {
      try (WaggleNode b = start(dialling(a), new PeerEvents())) {
        assertThat(events.connected.take().id()).isEqualTo(b.peerId());
      }
      assertThat(events.disconnected.take()).isEqualTo("goodbye: shutdown");
      assertThat(a.peers()).isEmpty();
    }
  }

  @Test
  void whatIsPublishedAfterClosing_isIgnored() throws Exception {
    WaggleNode node = start(config(), new PeerEvents());
    node.close();
    node.close();

    GossipMessage message = new GossipMessage.Transaction(randomBytes(10));
    assertThat(node.gossip().publish(message).toCompletableFuture().get(1, TimeUnit.SECONDS))
        .isInstanceOf(Verdict.Ignore.class);
  }

  @Test
  void nodesOfDifferentNetworks_doNotConnect_andSayWhy() throws Exception {
    PeerEvents events = new PeerEvents();
    try (WaggleNode a = start(config(), new PeerEvents());
        WaggleNode b = start(dialling(a).parse(ConfigKeys.NETWORK, "another"), events)) {
      assertThat(events.dialFailures.take()).startsWith("network-mismatch");
      assertThat(b.peers()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "transport, carrier-pigeon, netty",
    "suite, rot13, mlkem768-mldsa65",
    "codec, morse, bincode",
  })
  void aNameThatNobodyHas_isAProblemThatListsThoseThereAre(
      String key, String value, String expected) {
    NodeConfig config = config().parse(key(key), value).build();

    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> WaggleNode.builder(config).application(ACCEPTING).start())
        .withMessageContaining(key)
        .withMessageContaining(value)
        .withMessageContaining(expected);
  }

  private static ConfigKey<?> key(String name) {
    return ConfigKeys.ALL.stream().filter(key -> key.name().equals(name)).findAny().orElseThrow();
  }

  @Test
  void aPortInUse_isSaid() throws Exception {
    try (WaggleNode a = start(config(), new PeerEvents())) {
      NodeConfig same = config().parse(ConfigKeys.P2P_ADDR, a.address().toString()).build();

      assertThatExceptionOfType(ListenFailed.class)
          .isThrownBy(() -> WaggleNode.builder(same).application(ACCEPTING).start())
          .withMessageContaining(a.address().toString());
    }
  }

  @Test
  void aStoreThatCannotSayWhatItKept_keepsTheNodeFromStarting_andLeavesNothingOpen()
      throws Exception {
    AtomicInteger opened = new AtomicInteger();
    IOException broken = new IOException("as this test wants it");
    WaggleNode.Builder builder =
        WaggleNode.builder(config().build())
            .application(ACCEPTING)
            .peerStore(new BrokenStore(broken))
            .transport(
                transport -> {
                  opened.incrementAndGet();
                  return transport;
                });

    assertThatExceptionOfType(IOException.class).isThrownBy(builder::start).isSameAs(broken);
    assertThat(opened).hasValue(0);
    builder.peerStore(PeerStore.NONE).start().close();
    assertThat(opened).hasValue(1);
  }

  /** Keeps, but does not know what. */
  private record BrokenStore(IOException broken) implements PeerStore {
    @Override
    public PeerMemory load() throws IOException {
      throw broken;
    }

    @Override
    public void save(PeerMemory memory) {}
  }

  private static NodeConfig.Builder config() {
    return NodeConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .parse(ConfigKeys.TRANSPORT, "netty");
  }

  private static NodeConfig.Builder dialling(WaggleNode seed) {
    return config().parse(ConfigKeys.SEEDS, seed.peerId() + "@" + seed.address());
  }

  private static WaggleNode start(NodeConfig.Builder config, PeerObserver observer)
      throws ListenFailed, IOException {
    return WaggleNode.builder(config.build()).application(ACCEPTING).observer(observer).start();
  }

  private static WaggleNode startFragile(
      NodeConfig.Builder config, String transport, PeerObserver observer)
      throws ListenFailed, IOException {
    NodeConfig complete =
        config
            .parse(ConfigKeys.TRANSPORT, transport)
            .parse(ConfigKeys.IO_THREADS, "1")
            .parse(ConfigKeys.CODEC, FragileCodec.NAME)
            .build();
    return WaggleNode.builder(complete)
        .application(ACCEPTING)
        .observer(observer)
        .modules(
            binder ->
                MapBinder.newMapBinder(binder, String.class, WireCodec.class)
                    .addBinding(FragileCodec.NAME)
                    .toInstance(new FragileCodec()))
        .start();
  }

  private static Bytes randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /** Somebody else's codec, with a bug. */
  private static final class FragileCodec implements WireCodec {
    static final String NAME = "fragile";
    static final Bytes POISON = Bytes.wrap(new byte[] {1, 2, 3});

    private final WireCodec inner = new BincodeCodec();

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public int encodedLength(WireMessage message) {
      return inner.encodedLength(message);
    }

    @Override
    public void encode(WireMessage message, WireBuffer out) {
      inner.encode(message, out);
    }

    @Override
    public WireMessage decode(WireSlice in) throws MalformedMessage {
      WireMessage message = inner.decode(in);
      if (message instanceof WireMessage.Gossip(GossipMessage gossip)
          && gossip.payload().equals(POISON)) {
        throw new IllegalStateException("poisoned, as this test wants it");
      }
      return message;
    }
  }

  /** What a node's observer hears, to be awaited. */
  private static final class PeerEvents implements PeerObserver {
    private final BlockingQueue<PeerInfo> connected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> dialFailures = new LinkedBlockingQueue<>();

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
      dialFailures.add(reason);
    }
  }
}
