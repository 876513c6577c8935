package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.nio.NioTransport;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.runtime.WatchedMemory.Watched;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.nat.PortMapping;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.node.SeedDirectory;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.GossipMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node of the smallest budget whose inbound places are all taken: one by an honest peer, the
 * others by strangers, each of whom leaves a message of 8 MiB unfinished where that costs most.
 *
 * <p>What all links hold is counted after each event of each connection.
 */
@Timeout(60)
class UnfinishedMessagesTest {
  private static final int STRANGERS = PeerSettings.DEFAULT_MAX_INBOUND - 1;

  /** Behind these records the buffer has just grown, to as much as four times what is in it. */
  private static final int[] COSTLY_RECORDS = {1, 4, 16, 32};

  private static final int BLOCK_BYTES = 1024 * 1024;

  private static final MemoryBudget BUDGET = MemoryBudget.ofHeap(0);
  private static final long FOR_STRANGERS =
      BUDGET.incomingBytes() - SharedMemory.reservedOf(BUDGET.incomingBytes());

  /** Of a frame, for all links. */
  private static final long UNASKED_BYTES =
      (long) (STRANGERS + 2) * RecordBuffers.sizeFor(FrameBounds.MAX_FRAME_BYTES);

  private final CipherSuite suite = ToySuite.create();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final BlockingQueue<PeerId> connected = new LinkedBlockingQueue<>();
  private final Set<PeerId> disconnected = ConcurrentHashMap.newKeySet();
  private long lastSeed;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource(RacingDialFixture.Over.class)
  void longMessagesThatStrangersLeaveUnfinished_stayWithinTheBudget_andInNobodysWay(
      RacingDialFixture.Over over) throws Exception {
    WatchedMemory watched = new WatchedMemory(over.transport());
    Peer dialled = peer(over.transport(), null, PeerObserver.NONE);
    Peer node = peer(watched, dialled, observer());
    Peer dialling = peer(over.transport(), node, PeerObserver.NONE);
    LinkServices services = node.runtime.services();
    watched.watch(() -> services.workspace().recordBuffers().lentBytes());
    assertThat(nextTwo()).containsExactlyInAnyOrder(dialled.id(), dialling.id());

    List<Hoarder> hoarders = hoarders(node.runtime.address());
    List<Watched> links = watched.inbound().subList(1, 1 + STRANGERS);
    long handshakeBytes = links.getFirst().receivedBytes();
    for (int records : COSTLY_RECORDS) {
      hoarders.reversed().forEach(hoarder -> hoarder.sendUpTo(records));
      long sent = handshakeBytes + (long) records * FrameBounds.MAX_FRAME_BYTES;
      watched.await(
          () ->
              links.stream().allMatch(link -> link.isGivenUp() || link.receivedBytes() == sent)
                  && watched.lentBytes() <= services.incoming().takenBytes());
      assertThat(watched.lentBytes()).isBetween(FOR_STRANGERS / 2, FOR_STRANGERS);

      blockPasses(dialling, dialled);
      blockPasses(dialled, dialling);
    }

    hoarders.forEach(Hoarder::leave);
    watched.await(() -> links.stream().allMatch(Watched::isClosed));
    watched.await(() -> services.incoming().takenBytes() == 0);
    assertThat(watched.lentBytes()).isZero();
    assertThat(watched.peakBytes()).isLessThanOrEqualTo(2 * BUDGET.incomingBytes() + UNASKED_BYTES);
    assertThat(disconnected).doesNotContain(dialled.id(), dialling.id());
  }

  private List<PeerId> nextTwo() throws InterruptedException {
    PeerId first = connected.take();
    return List.of(first, connected.take());
  }

  private static void blockPasses(Peer from, Peer to) throws InterruptedException {
    GossipMessage block = from.block();
    var _ = from.runtime.gossip().publish(block);
    assertThat(to.delivered.take().message()).isEqualTo(block);
  }

  private List<Hoarder> hoarders(Endpoint target) throws InterruptedException {
    Transport transport = closedInTheEnd(new NioTransport(1));
    RecordBuffers buffers = new RecordBuffers();
    List<Hoarder> hoarders = new ArrayList<>();
    for (int i = 0; i < STRANGERS; i++) {
      Hoarder hoarder = new Hoarder(settings(), buffers);
      var _ = transport.dial(target, Duration.ofSeconds(60), hoarder);
      hoarders.add(hoarder);
      connected.take();
    }
    return hoarders;
  }

  private PeerObserver observer() {
    return new PeerObserver() {
      @Override
      public void peerConnected(PeerInfo peer) {
        connected.add(peer.id());
      }

      @Override
      public void peerDisconnected(PeerInfo peer, String reason) {
        disconnected.add(peer.id());
      }
    };
  }

  /** A node. */
  private static final class Peer {
    final SessionSettings settings;
    final NodeRuntime runtime;
    final BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
    private int blocks;

    Peer(SessionSettings settings, NodeRuntime runtime) {
      this.settings = settings;
      this.runtime = runtime;
      var _ =
          runtime
              .gossip()
              .subscribe(
                  delivery -> {
                    if (delivery.from() != null) {
                      delivered.add(delivery);
                    }
                  });
    }

    PeerId id() {
      return settings.handshake().identity().peerId();
    }

    GossipMessage block() {
      ByteBuffer payload =
          ByteBuffer.allocate(BLOCK_BYTES).putInt(id().hashCode()).putInt(blocks++);
      return new GossipMessage.Block(Bytes.wrap(payload.array()));
    }
  }

  private Peer peer(Transport transport, @Nullable Peer seed, PeerObserver observer)
      throws ListenFailed {
    List<PeerAddress> seeds =
        seed == null ? List.of() : List.of(new PeerAddress(seed.runtime.address(), seed.id()));
    PeerSettings peers =
        new PeerSettings(
            seeds,
            seeds.size(),
            PeerSettings.DEFAULT_MAX_INBOUND,
            PeerSettings.DEFAULT_PING_AFTER,
            PeerSettings.DEFAULT_SILENCE_LIMIT,
            PeerSettings.DEFAULT_SLOW_AFTER);
    SessionSettings settings = settings();
    return new Peer(
        settings,
        closedInTheEnd(
            new NodeRuntime(
                new Endpoint("127.0.0.1", 0),
                transport,
                name -> List.of(InetAddress.ofLiteral(name)),
                SeedDirectory.NONE,
                PeerMemory.NOTHING,
                PeerStore.NONE,
                settings,
                new P2PSettings(peers, GossipSettings.DEFAULTS),
                new HandshakeAdmission(AdmissionSettings.DEFAULTS),
                BUDGET,
                new AcceptingApplication(),
                observer,
                CatchUpObserver.NONE,
                HandshakeObserver.NONE,
                PortMapping.NONE,
                List.of())));
  }

  private SessionSettings settings() {
    return new SessionSettings(
        TestServices.handshake(suite, ++lastSeed), List.of(new BincodeCodec()));
  }

  private <T extends AutoCloseable> T closedInTheEnd(T closeable) {
    toClose.add(closeable);
    return closeable;
  }
}
