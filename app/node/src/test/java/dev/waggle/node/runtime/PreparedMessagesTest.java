package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.nat.PortMapping;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.node.SeedDirectory;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blocks in parts, and headers, that a stranger sends to a node over a real link: what they take on
 * their way is given back. A Pong tells that the node has handled all that was sent before its
 * Ping.
 */
@Timeout(60)
class PreparedMessagesTest {
  private static final WireMessage PING = new WireMessage.Ping(7);
  private static final WireMessage PONG = new WireMessage.Pong(7);

  /** More than may be examined, or wait to be heard of, at a time. */
  private static final int MANY = 2 * Runtime.getRuntime().availableProcessors() + 2;

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final BlockingQueue<MessageId> examined = new LinkedBlockingQueue<>();
  private final ItemBlocks blocks =
      new ItemBlocks() {
        @Override
        public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
          examined.add(id);
          return super.examineHeader(id, header, proof, items);
        }
      };

  private final BlockingQueue<String> headersExaminedBy = new LinkedBlockingQueue<>();
  private final ToyChain chain =
      new ToyChain() {
        @Override
        public Examination examineHeaders(
            MessageId after, List<MessageId> names, List<Bytes> headers) {
          headersExaminedBy.add(Thread.currentThread().getName());
          return super.examineHeaders(after, names, headers);
        }
      };

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource(RacingDialFixture.Over.class)
  void items_holdSharedMemory_untilTheNodeHasHandledThem(RacingDialFixture.Over over)
      throws Exception {
    NodeRuntime node = node(over.transport());
    Stranger stranger = stranger(over.transport(), node);
    List<IndexedItem> items =
        IntStream.range(0, 10)
            .mapToObj(index -> new IndexedItem(index, Bytes.wrap(new byte[100_000])))
            .toList();
    stranger.send(new WireMessage.Items(new MessageId(1, 2, 3, 4), items), PING);

    awaitPong(stranger);
    assertThat(node.services().incoming().takenBytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource(RacingDialFixture.Over.class)
  void headers_areAllExamined_howeverMany(RacingDialFixture.Over over) throws Exception {
    NodeRuntime node = node(over.transport());
    Stranger stranger = stranger(over.transport(), node);
    for (int i = 0; i < MANY; i++) {
      BlockParts parts = blocks.parts(i, List.of());
      stranger.send(
          new WireMessage.Compact(
              parts.header(), parts.proof(), 0, ShortIds.wrap(new long[0]), List.of()));
    }
    stranger.send(PING);

    awaitPong(stranger);
    assertThat(examined).hasSize(MANY).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(RacingDialFixture.Over.class)
  void header_isExaminedOnce_whileItsBlockIsOnItsWay(RacingDialFixture.Over over) throws Exception {
    NodeRuntime node = node(over.transport());
    Stranger stranger = stranger(over.transport(), node);
    BlockParts parts = blocks.parts(1, List.of(Bytes.ofHex("0102")));
    List<MessageId> ids = parts.items().stream().map(BlockParts.Item::id).toList();
    WireMessage outline = new WireMessage.Outline(parts.header(), parts.proof(), ids);
    for (int i = 0; i < MANY; i++) {
      stranger.send(outline);
    }
    stranger.send(PING);

    awaitPong(stranger);
    assertThat(examined).hasSize(1);
  }

  /** Headers are no heartbeats: what tells that they are handled is an answer behind them. */
  @ParameterizedTest
  @EnumSource(RacingDialFixture.Over.class)
  void headersInARow_areExaminedBesideTheNode_andHoldSharedMemoryUntilItHasHandledThem(
      RacingDialFixture.Over over) throws Exception {
    NodeRuntime node = node(over.transport());
    Stranger stranger = stranger(over.transport(), node);
    Bytes longest = Bytes.wrap(new byte[WireMessage.MAX_HEADER_BYTES]);
    List<Bytes> most = Collections.nCopies(WireMessage.MAX_HEADERS, longest);
    WireMessage.Headers last = new WireMessage.Headers(ToyChain.BEGINNING, 0, List.of());
    for (int i = 0; i < MANY; i++) {
      stranger.send(new WireMessage.Headers(ToyChain.BEGINNING, 1, most));
    }
    stranger.send(new WireMessage.GetHeaders(List.of(ToyChain.BEGINNING), 1));

    await(stranger, last);
    assertThat(headersExaminedBy).hasSize(MANY).allMatch(name -> name.startsWith("waggle-worker-"));
    assertThat(node.services().incoming().takenBytes()).isZero();
  }

  private static void awaitPong(Stranger stranger) throws InterruptedException {
    await(stranger, PONG);
  }

  private static void await(Stranger stranger, WireMessage last) throws InterruptedException {
    WireMessage next = stranger.take();
    while (!next.equals(last)) {
      next = stranger.take();
    }
  }

  private Stranger stranger(Transport transport, NodeRuntime node) {
    toClose.add(transport);
    Stranger stranger = new Stranger(settings(2));
    var _ = transport.dial(node.address(), Duration.ofSeconds(60), stranger);
    return stranger;
  }

  private NodeRuntime node(Transport transport) throws Exception {
    PeerSettings peers =
        new PeerSettings(
            List.of(),
            0,
            PeerSettings.DEFAULT_MAX_INBOUND,
            PeerSettings.DEFAULT_PING_AFTER,
            PeerSettings.DEFAULT_SILENCE_LIMIT,
            PeerSettings.DEFAULT_SLOW_AFTER);
    NodeRuntime node =
        new NodeRuntime(
            new Endpoint("127.0.0.1", 0),
            transport,
            name -> List.of(InetAddress.ofLiteral(name)),
            SeedDirectory.NONE,
            PeerMemory.NOTHING,
            PeerStore.NONE,
            settings(1),
            new P2PSettings(peers, GossipSettings.DEFAULTS),
            new HandshakeAdmission(AdmissionSettings.DEFAULTS),
            MemoryBudget.ofHeap(0),
            new AcceptingApplication() {
              @Override
              public BlockFormat blockFormat() {
                return blocks;
              }

              @Override
              public HeaderChain headerChain() {
                return chain;
              }
            },
            PeerObserver.NONE,
            CatchUpObserver.NONE,
            HandshakeObserver.NONE,
            PortMapping.NONE,
            List.of());
    toClose.add(node);
    return node;
  }

  private static SessionSettings settings(long seed) {
    return new SessionSettings(
        TestServices.handshake(
            ToySuite.create(), seed, List.of(Feature.COMPACT_BLOCKS, Feature.HEADERS_FIRST)),
        List.of(new BincodeCodec()));
  }
}
