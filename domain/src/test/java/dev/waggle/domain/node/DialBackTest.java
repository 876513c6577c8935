package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.handshake.VerifiedPeers;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.peers.JoinSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.domain.punch.Notary;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.reach.ReachSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nodes that dial each other back, with nothing but a queue between them (PROTOCOL §9.9). */
class DialBackTest {
  private static final List<Integer> FEATURES = List.of(Feature.DIAL_BACK);

  private final SeededRandom random = new SeededRandom(1);
  private final Queue<Runnable> events = new ArrayDeque<>();
  private final List<Node> nodes = new ArrayList<>();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos(); // Soon runs over.
  private long lastLink;
  private int lastPort = 40_000;

  /** One node, at an address that a router before it may translate. */
  private final class Node implements Links, PeerObserver {
    private final PeerIdentity identity = ToySuite.identity(random);
    private final IpAddress machine;
    private final IpEndpoint outside;
    private final boolean letsIn;
    private final P2PService service;
    private final Map<LinkId, End> ends = new LinkedHashMap<>();
    private final List<String> observed = new ArrayList<>();

    Node(String machine, String outside, boolean letsIn, int maxInbound, List<Node> permanent) {
      this.machine = Objects.requireNonNull(IpAddress.ofLiteral(machine));
      this.outside = Objects.requireNonNull(IpEndpoint.of(new Endpoint(outside, 9000)));
      this.letsIn = letsIn;
      List<PeerAddress> addresses = permanent.stream().map(Node::address).toList();
      JoinSettings join = new JoinSettings(List.of(), addresses, List.of(), true, false, null);
      PeerSettings peers =
          new PeerSettings(
              join, 0, maxInbound, Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(1));
      this.service =
          new P2PService(
              new P2PSettings(
                  peers,
                  GossipSettings.DEFAULTS,
                  InboundLimits.DEFAULTS,
                  RateSettings.DEFAULTS,
                  ReachSettings.ANYWHERE),
              identity.peerId(),
              PeerMemory.NOTHING,
              this,
              PeerDirectory.NONE,
              new Silent(),
              this,
              CatchUpObserver.NONE,
              random,
              ToySuite.create().hash(),
              DuplicateFilter.NONE,
              _ -> {},
              Notary.NONE,
              List.of());
      nodes.add(this);
    }

    PeerAddress address() {
      return new PeerAddress(outside.endpoint(), null);
    }

    private void start() {
      service.start(new IpEndpoint(IpAddress.ofIpv4(0), 9000), now);
      settle();
    }

    @Override
    public void dial(PeerAddress address, DialWay way) {
      events.add(() -> connect(this, address));
    }

    @Override
    public boolean send(LinkId link, WireMessage message) {
      End end = ends.get(link);
      if (end != null) {
        events.add(() -> end.other().received(message));
      }
      return end != null;
    }

    @Override
    public void close(LinkId link, CloseReason why) {
      End end = ends.get(link);
      if (end != null) {
        events.add(end::close);
      }
    }

    @Override
    public boolean takesMore(LinkId link) {
      return true;
    }

    @Override
    public long lastHeardNanos(LinkId link) {
      return now;
    }

    @Override
    public long blockedSinceNanos(LinkId link) {
      return NOT_BLOCKED;
    }

    @Override
    public void peerConnected(PeerInfo peer) {
      observed.add("connected");
    }

    @Override
    public void peerDisconnected(PeerInfo peer, String reason) {
      observed.add("disconnected " + reason);
    }

    @Override
    public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
      observed.add("dial failed");
    }

    @Override
    public void reachabilityChanged(Reachability state, @Nullable IpEndpoint at) {
      observed.add(state.word() + (at == null ? "" : " " + at));
    }

    private List<LinkId> links() {
      return service.peers(now).stream().map(PeerStatus::link).toList();
    }

    private boolean knows(IpEndpoint endpoint) {
      return service.addresses(now).stream().anyMatch(each -> each.endpoint().equals(endpoint));
    }
  }

  /** Nobody says anything. */
  private static final class Silent implements GossipApplication {
    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Accept();
    }

    @Override
    public void deliver(Delivery accepted) {}
  }

  /** One side of a link. */
  private final class End {
    private final Node node;
    private final LinkId id = new LinkId(++lastLink);
    private @Nullable End other;

    End(Node node) {
      this.node = node;
    }

    private End other() {
      return Objects.requireNonNull(other);
    }

    private void received(WireMessage message) {
      if (node.ends.containsKey(id)) {
        node.service.received(id, message, now);
      }
    }

    private void close() {
      if (node.ends.remove(id) != null) {
        node.service.linkClosed(id, CloseReason.local("closed"), now);
        events.add(other()::close);
      }
    }
  }

  private void connect(Node from, PeerAddress address) {
    Node to = null;
    for (Node each : nodes) {
      to = each.letsIn && each.outside.endpoint().equals(address.endpoint()) ? each : to;
    }
    if (to == null
        || (address.pinned() != null && !address.pinned().equals(to.identity.peerId()))) {
      CloseReason refused = CloseReason.of(CloseReason.Cause.REFUSED);
      from.service.dialFailed(address, new DialFailure.NotConnected(refused), now);
      return;
    }
    End dialling = new End(from);
    End accepting = new End(to);
    dialling.other = accepting;
    accepting.other = dialling;
    int port = ++lastPort;
    Endpoint seen = new Endpoint(from.outside.address().toString(), port);
    establish(
        dialling, to, to.outside.endpoint(), new Endpoint(from.machine.toString(), port), address);
    establish(accepting, from, seen, new Endpoint(to.machine.toString(), 9000), null);
  }

  private void establish(
      End end, Node peer, Endpoint remote, Endpoint local, @Nullable PeerAddress dialled) {
    end.node.ends.put(end.id, end);
    Direction direction = dialled == null ? Direction.INBOUND : Direction.OUTBOUND;
    PeerInfo info =
        new PeerInfo(peer.identity.peerId(), remote, local, direction, "toy", "bincode", FEATURES);
    end.node.service.linkEstablished(end.id, VerifiedPeers.of(peer.identity), info, dialled, now);
  }

  private void settle() {
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      event.run();
    }
  }

  private void pass(Duration time) {
    long endNanos = now + time.toNanos();
    while (endNanos - now > 0) {
      now += Math.min(Duration.ofMillis(500).toNanos(), endNanos - now);
      nodes.forEach(node -> node.service.timePassed(now));
      settle();
    }
  }

  /** A node that dials four others of different groups, and lets in one at most. */
  private Node among(boolean letsIn) {
    List<Node> others = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      String address = "30." + i + ".1.1";
      others.add(new Node(address, address, true, 8, List.of()));
    }
    Node node = new Node("10.0.0.5", "20.1.1.1", letsIn, 1, others);
    nodes.forEach(Node::start);
    return node;
  }

  @Test
  void nodeThatOthersCanDial_learnsIt_andTellsThem_andHasNoLinkMoreForIt() {
    Node node = among(true);
    Node stranger = new Node("50.1.1.1", "50.1.1.1", true, 8, List.of(node));
    stranger.start();
    pass(Duration.ofMinutes(2));
    assertThat(node.observed)
        .containsOnly("connected", "reachable 20.1.1.1:9000")
        .hasSize(5 + 1); // The stranger has its only place all the time.
    assertThat(node.links()).hasSize(5);
    assertThat(node.ends).hasSize(5);
    ReachStatus status = node.service.reach(now);
    assertThat(status.state()).isEqualTo(Reachability.REACHABLE);
    assertThat(status.addresses())
        .containsExactly(
            new ReachStatus.Candidate(
                node.outside, ReachStatus.Source.OBSERVED, Reachability.REACHABLE));
    for (Node other : nodes.subList(0, 4)) {
      assertThat(other.observed).containsExactly("connected");
      assertThat(other.links()).hasSize(1);
      assertThat(other.ends).hasSize(1);
      assertThat(other.knows(node.outside)).isTrue();
    }
  }

  @Test
  void nodeThatNobodyCanDial_learnsIt_andTellsNobody() {
    Node node = among(false);
    pass(Duration.ofMinutes(5));
    assertThat(node.observed).containsOnlyOnce("private").hasSize(4 + 1);
    assertThat(node.service.reach(now).state()).isEqualTo(Reachability.PRIVATE);
    for (Node other : nodes.subList(0, 4)) {
      assertThat(other.observed).containsExactly("connected");
      assertThat(other.knows(node.outside)).isFalse();
    }
  }

  @Test
  void nodeThatIsStoppedMeanwhile_closesAll() {
    Node node = among(true);
    pass(Duration.ofSeconds(2));
    nodes.forEach(each -> each.service.stop(now));
    settle();
    pass(Duration.ofMinutes(1));
    assertThat(node.ends).isEmpty();
    assertThat(nodes).allMatch(each -> each.ends.isEmpty());
  }
}
