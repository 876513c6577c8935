package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.nat.PortMapping;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.node.SeedDirectory;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.GoodbyeReason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One host that wants all inbound places of a node, and comes under ever new identities (PROTOCOL
 * §9.1). It is as near as the honest are, and answers every Ping.
 */
@Timeout(60)
class InboundSiegeTest {
  /** What the honest dial from. */
  private static final String HONEST = "127.0.0.1";

  private static final int IDENTITIES = 400;

  private static final int PLACES = PeerSettings.DEFAULT_MAX_INBOUND;

  private final CipherSuite suite = ToySuite.create();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final BlockingQueue<PeerId> connected = new LinkedBlockingQueue<>();
  private final BlockingQueue<PeerId> disconnected = new LinkedBlockingQueue<>();
  private final PeerObserver observer =
      new PeerObserver() {
        @Override
        public void peerConnected(PeerInfo peer) {
          connected.add(peer.id());
        }

        @Override
        public void peerDisconnected(PeerInfo peer, String reason) {
          disconnected.add(peer.id());
        }
      };
  private long lastSeed;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  /** The host is held to no limit of its own, so it gets every place that nobody else has. */
  @ParameterizedTest
  @EnumSource
  void hundredsOfIdentities_pushOutEachOther_andNeitherWhoWasThereFirst_norWhoComesLater(
      RacingDialFixture.Over over) throws Exception {
    NodeRuntime node = node(over, null, InboundLimits.DEFAULTS, observer);
    PeerId first = honest(over, node);
    siege(node, RacingDialFixture.nobody(9));
    assertThat(nextDisconnected(1 + IDENTITIES - PLACES)).doesNotContain(first);

    PeerId later = honest(over, node);
    siege(node, RacingDialFixture.nobody(9));
    assertThat(nextDisconnected(1 + IDENTITIES)).doesNotContain(first, later);
    assertThat(node.peers()).hasSize(PLACES).extracting(PeerInfo::id).contains(first, later);
  }

  @ParameterizedTest
  @EnumSource
  void hundredsOfIdentitiesOfALimitedAddress_getTheFewPlacesThatItHas(RacingDialFixture.Over over)
      throws Exception {
    InboundLimits limits = new InboundLimits(8, 16, 32, true);
    NodeRuntime node = node(over, null, limits, observer);
    PeerId honest = honest(over, node);
    List<Besieger> besiegers = siege(node, HONEST);
    assertThat(connected).hasSize(limits.perAddress() - 1);
    for (Besieger turnedAway : besiegers.subList(limits.perAddress() - 1, IDENTITIES)) {
      assertThat(turnedAway.goodbye().get()).isEqualTo(GoodbyeReason.TOO_MANY_PEERS);
    }
    assertThat(disconnected).isEmpty();
    assertThat(node.peers()).extracting(PeerInfo::id).contains(honest);

    siege(node, RacingDialFixture.nobody(9));
    assertThat(node.peers()).as("another address").hasSize(2 * limits.perAddress());
  }

  /** Who goes next, if necessary after a while. */
  private List<PeerId> nextDisconnected(int count) throws InterruptedException {
    List<PeerId> next = new ArrayList<>();
    while (next.size() < count) {
      next.add(disconnected.take());
    }
    return next;
  }

  /** Comes under one identity after the other, and leaves only when it is told to. */
  private List<Besieger> siege(NodeRuntime node, String source) throws Exception {
    List<Besieger> besiegers = new ArrayList<>();
    for (int i = 0; i < IDENTITIES; i++) {
      Besieger besieger = closedInTheEnd(Besieger.dial(node.address(), source, settings()));
      besieger.decided().get();
      besiegers.add(besieger);
    }
    return besiegers;
  }

  /** A node that dials another, and is linked with it. */
  private PeerId honest(RacingDialFixture.Over over, NodeRuntime target) throws Exception {
    connected.clear();
    node(over, target.address(), InboundLimits.DEFAULTS, PeerObserver.NONE);
    PeerId id = connected.take();
    connected.clear();
    return id;
  }

  private NodeRuntime node(
      RacingDialFixture.Over over,
      @Nullable Endpoint seed,
      InboundLimits limits,
      PeerObserver observer)
      throws ListenFailed {
    List<PeerAddress> seeds = seed == null ? List.of() : List.of(new PeerAddress(seed, null));
    return closedInTheEnd(
        new NodeRuntime(
            new Endpoint(HONEST, 0),
            over.transport(),
            name -> List.of(InetAddress.ofLiteral(name)),
            SeedDirectory.NONE,
            PeerMemory.NOTHING,
            PeerStore.NONE,
            settings(),
            new P2PSettings(
                PeerSettings.defaults(seeds),
                GossipSettings.DEFAULTS,
                limits,
                RateSettings.DEFAULTS),
            new HandshakeAdmission(AdmissionSettings.DEFAULTS),
            MemoryBudget.ofHeap(0),
            new AcceptingApplication(),
            observer,
            CatchUpObserver.NONE,
            HandshakeObserver.NONE,
            PortMapping.NONE,
            List.of()));
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
