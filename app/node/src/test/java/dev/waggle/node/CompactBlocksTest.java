package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.runtime.ItemBlocks;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three nodes in a row, over real links, and a block that the first of them makes (PROTOCOL §8.4).
 */
@Timeout(60)
class CompactBlocksTest {
  private static final int ITEMS = 100;
  private static final int ITEM_BYTES = 5_000;
  private static final int HOPS = 2;

  /**
   * Of a block that crosses a link, beside its items: header, proof, short ids, and what is said to
   * have it sent.
   */
  private static final int OUTLINE_BYTES = 1_500;

  private final List<Node> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.reversed().forEach(node -> node.running.close());
  }

  /** A node whose application takes what it gets. */
  private static final class Node implements GossipApplication {
    private final ItemBlocks blocks;
    private final CountingCodec codec = new CountingCodec();
    private final BlockingQueue<PeerInfo> connected = new LinkedBlockingQueue<>();
    private final BlockingQueue<GossipMessage> delivered = new LinkedBlockingQueue<>();
    private final WaggleNode running;

    /** Links to {@code before}, and to nobody else. */
    Node(String transport, @Nullable Node before, ItemBlocks blocks, boolean compactBlocks)
        throws Exception {
      this.blocks = blocks;
      NodeConfig.Builder config =
          NodeConfig.builder()
              .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
              .parse(ConfigKeys.TRANSPORT, transport)
              .parse(ConfigKeys.CODEC, CountingCodec.NAME)
              .set(ConfigKeys.COMPACT_BLOCKS, compactBlocks);
      if (before != null) {
        config.parse(ConfigKeys.CONNECT, before.running.peerId() + "@" + before.running.address());
      }
      running =
          WaggleNode.builder(config.build())
              .application(this)
              .observer(
                  new PeerObserver() {
                    @Override
                    public void peerConnected(PeerInfo peer) {
                      connected.add(peer);
                    }
                  })
              .modules(codec.module())
              .start();
    }

    @Override
    public BlockFormat blockFormat() {
      return blocks;
    }

    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Accept();
    }

    @Override
    public void deliver(Delivery accepted) {
      switch (accepted.message()) {
        case GossipMessage.Transaction(Bytes payload) -> blocks.waits(accepted.id(), payload);
        case GossipMessage.Block _ -> {
          for (BlockParts.Item item : Objects.requireNonNull(accepted.parts()).items()) {
            blocks.waitsNoMore(item.id());
          }
        }
        case GossipMessage.Evidence _ -> {}
      }
      delivered.add(accepted.message());
    }

    void publish(GossipMessage message) throws Exception {
      Verdict verdict = running.gossip().publish(message).toCompletableFuture().get();
      assertThat(verdict).isEqualTo(new Verdict.Accept());
    }
  }

  private Node node(String transport) throws Exception {
    return node(transport, new ItemBlocks(), true);
  }

  private Node node(String transport, ItemBlocks blocks, boolean compactBlocks) throws Exception {
    Node before = nodes.isEmpty() ? null : nodes.getLast();
    Node node = new Node(transport, before, blocks, compactBlocks);
    nodes.add(node);
    if (before != null) {
      before.connected.take();
      node.connected.take();
    }
    return node;
  }

  private static List<Bytes> randomItems() {
    Random random = new Random(1);
    return Stream.generate(
            () -> {
              byte[] item = new byte[ITEM_BYTES];
              random.nextBytes(item);
              return Bytes.wrap(item);
            })
        .limit(ITEMS)
        .toList();
  }

  /** Has all nodes get the first items, one by one. */
  private void spread(List<Bytes> items, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      nodes.getFirst().publish(new GossipMessage.Transaction(items.get(i)));
    }
    for (Node node : nodes) {
      for (int i = 0; i < count; i++) {
        node.delivered.take();
      }
    }
    nodes.forEach(node -> node.codec.takeSent());
  }

  /** Has all nodes get a block of these items; what they have sent for that. */
  private List<WireMessage> spreadBlock(List<Bytes> items) throws Exception {
    GossipMessage block = new GossipMessage.Block(nodes.getFirst().blocks.block(1, items));
    nodes.getFirst().publish(block);
    List<WireMessage> sent = new ArrayList<>();
    for (Node node : nodes) {
      assertThat(node.delivered.take()).isEqualTo(block);
    }
    MessageId id = new MessageIds(ToySuite.create().hash(), new ItemBlocks()).of(block);
    for (Node node : nodes) {
      node.codec.takeSent().stream().filter(message -> speaksOf(message, id)).forEach(sent::add);
    }
    return sent;
  }

  @ParameterizedTest
  @CsvSource({
    "netty, 100, false",
    "netty, 95, false",
    "netty, 80, true",
    "netty, 0, true",
    "nio, 100, false",
    "nio, 95, false",
    "nio, 80, true",
    "nio, 0, true",
  })
  void aBlock_crossesEachLinkWithoutTheItemsThatAreThere(
      String transport, int known, boolean askedFor) throws Exception {
    node(transport);
    node(transport);
    node(transport);
    List<Bytes> items = randomItems();
    spread(items, known);
    List<WireMessage> sent = spreadBlock(items);

    int missingBytes = (ITEMS - known) * ITEM_BYTES;
    assertThat(bytes(sent)).isLessThan(HOPS * (OUTLINE_BYTES + missingBytes * 105L / 100));
    assertThat(sent).noneMatch(CompactBlocksTest::isBlock);
    assertThat(sent.stream().anyMatch(WireMessage.Items.class::isInstance))
        .as("a few that the maker alone has come along, more are asked for")
        .isEqualTo(askedFor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void aPeerWithoutTheFeature_getsTheBlockWhole(String transport) throws Exception {
    node(transport);
    node(transport);
    node(transport, new ItemBlocks(), false);
    List<Bytes> items = randomItems();
    spread(items, ITEMS);
    List<WireMessage> sent = spreadBlock(items);

    assertThat(sent).filteredOn(CompactBlocksTest::isBlock).hasSize(1);
    assertThat(bytes(sent)).isLessThan(HOPS * OUTLINE_BYTES + ITEMS * (ITEM_BYTES + 10L));
  }

  /** Remembers who asked it what. */
  private static final class WatchedBlocks extends ItemBlocks {
    private final Map<String, String> askedBy = new ConcurrentHashMap<>();

    private void asked(String what) {
      askedBy.merge(what, Thread.currentThread().getName(), (all, one) -> all + " " + one);
    }

    @Override
    public BlockParts split(Bytes payload) {
      asked("split");
      return super.split(payload);
    }

    @Override
    public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
      asked("join");
      return super.join(header, proof, items);
    }

    @Override
    public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
      asked("examineHeader");
      return super.examineHeader(id, header, proof, items);
    }

    @Override
    public Verdict validateHeader(MessageId id, Examination examination) {
      asked("validateHeader");
      return super.validateHeader(id, examination);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void whatIsNoDecision_isDoneOnce_andNotByTheNodeThread(String transport) throws Exception {
    WatchedBlocks watched = new WatchedBlocks();
    node(transport);
    Node node = node(transport, watched, true);
    node(transport);
    List<Bytes> items = randomItems();
    spread(items, ITEMS);
    spreadBlock(items);

    node.running.close(); // Nothing that it does comes after this.
    assertThat(watched.askedBy)
        .containsOnlyKeys("examineHeader", "validateHeader", "join")
        .containsEntry("validateHeader", "waggle-node")
        .hasEntrySatisfying("examineHeader", name -> assertThat(name).matches("waggle-worker-\\d+"))
        .hasEntrySatisfying("join", name -> assertThat(name).matches("waggle-worker-\\d+"));
  }

  @Test
  void aBlockThatTheApplicationCannotPutTogether_isFetchedWhole() throws Exception {
    node("nio");
    Node failing =
        node(
            "nio",
            new ItemBlocks() {
              @Override
              public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
                throw new IllegalStateException("cannot, as this test wants it");
              }
            },
            true);
    List<Bytes> items = randomItems();
    spread(items, ITEMS);
    List<WireMessage> sent = spreadBlock(items);

    assertThat(sent).filteredOn(CompactBlocksTest::isBlock).hasSize(1);
    assertThat(failing.running.peers()).hasSize(1);
    assertThat(failing.running.failure().toCompletableFuture()).isNotDone();
  }

  @Test
  void anErrorOfTheApplicationThatPutsABlockTogether_endsTheNode() throws Exception {
    Error error = new StackOverflowError("as it should");
    node("nio");
    Node failing =
        node(
            "nio",
            new ItemBlocks() {
              @Override
              public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
                throw error;
              }
            },
            true);
    List<Bytes> items = randomItems();
    spread(items, ITEMS);
    Node maker = nodes.getFirst();
    maker.publish(new GossipMessage.Block(maker.blocks.block(1, items)));

    assertThat(failing.running.failure().toCompletableFuture().get()).isSameAs(error);
  }

  /** Transactions may still be told of, and links be looked after, when a block is sent. */
  private static boolean speaksOf(WireMessage message, MessageId block) {
    return switch (message) {
      case WireMessage.Gossip(GossipMessage gossip) -> gossip instanceof GossipMessage.Block;
      case WireMessage.Announce(var ids) -> ids.contains(block);
      case WireMessage.Request(var ids) -> ids.contains(block);
      case WireMessage.RequestCompact(var ids) -> ids.contains(block);
      case WireMessage.IDontWant(var ids) -> ids.contains(block);
      case WireMessage.Preamble(var id, _) -> id.equals(block);
      case WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _ ->
          true;
      case WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.Extension _ ->
          false;
    };
  }

  private static long bytes(List<WireMessage> messages) {
    CountingCodec codec = new CountingCodec();
    return messages.stream().mapToLong(codec::encodedLength).sum();
  }

  private static boolean isBlock(WireMessage message) {
    return message instanceof WireMessage.Gossip(GossipMessage.Block _);
  }
}
