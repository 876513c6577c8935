package dev.waggle.domain.node;

import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.peers.JoinSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.domain.punch.Calls;
import dev.waggle.domain.punch.EndpointMapping;
import dev.waggle.domain.punch.Notarization;
import dev.waggle.domain.punch.Notary;
import dev.waggle.domain.punch.Outlook;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.reach.ReachSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node of a {@link PunchNetwork}, and what it knows of how others see it. */
final class PunchNode implements Links, Outlook, Notary, PeerObserver {
  final HandshakeSettings settings;
  final IpEndpoint at;
  final P2PService service;
  final List<String> observed = new ArrayList<>();
  final List<WireMessage> sent = new ArrayList<>();
  boolean isPrivate;
  EndpointMapping mapping = EndpointMapping.INDEPENDENT;

  /** Whether works are done; else they wait. */
  boolean signs = true;

  private final List<Notarization> waiting = new ArrayList<>();

  private final PunchNetwork network;

  PunchNode(
      PunchNetwork network,
      HandshakeSettings settings,
      IpEndpoint at,
      boolean isPrivate,
      int places) {
    this.network = network;
    this.settings = settings;
    this.at = at;
    this.isPrivate = isPrivate;
    this.service =
        new P2PService(
            new P2PSettings(
                new PeerSettings(
                    new JoinSettings(List.of(), List.of(), List.of(), false, false, null),
                    PeerSettings.DEFAULT_OUTBOUND_TARGET,
                    places,
                    PeerSettings.DEFAULT_PING_AFTER,
                    PeerSettings.DEFAULT_SILENCE_LIMIT,
                    PeerSettings.DEFAULT_SLOW_AFTER),
                GossipSettings.DEFAULTS,
                InboundLimits.DEFAULTS,
                RateSettings.DEFAULTS,
                isPrivate ? ReachSettings.ANYWHERE : ReachSettings.DIRECT),
            settings.identity().peerId(),
            PeerMemory.NOTHING,
            this,
            PeerDirectory.NONE,
            new Nothing(),
            this,
            CatchUpObserver.NONE,
            network.random(),
            PunchNetwork.SUITE.hash(),
            DuplicateFilter.NONE,
            _ -> {},
            this,
            List.of(),
            this);
  }

  PeerId id() {
    return settings.identity().peerId();
  }

  /** The peers that it is linked with. */
  List<PeerId> peers() {
    return service.peers(network.nowNanos()).stream().map(each -> each.info().id()).toList();
  }

  /** How often it has called. */
  long calls() {
    return sent.stream().filter(each -> isRelayed(each, Calls::isCall)).count();
  }

  /** How often it has answered a call. */
  long answers() {
    return sent.stream().filter(each -> isRelayed(each, Calls::isAnswer)).count();
  }

  private static boolean isRelayed(WireMessage message, Predicate<Bytes> which) {
    return message instanceof WireMessage.Relayed(PeerId _, Bytes body) && which.test(body);
  }

  /** Its link with a peer. */
  LinkId linkWith(PunchNode peer) {
    return service.peers(network.nowNanos()).stream()
        .filter(each -> each.info().id().equals(peer.id()))
        .map(PeerStatus::link)
        .findFirst()
        .orElseThrow();
  }

  // ---- links

  @Override
  public void dial(PeerAddress address, DialWay way) {
    network.punch(this, address);
  }

  @Override
  public boolean send(LinkId link, WireMessage message) {
    sent.add(message);
    return network.send(this, link, message);
  }

  @Override
  public void close(LinkId link, CloseReason why) {
    network.cut(link);
  }

  @Override
  public boolean takesMore(LinkId link) {
    return true;
  }

  @Override
  public long blockedSinceNanos(LinkId link) {
    return NOT_BLOCKED;
  }

  @Override
  public long lastHeardNanos(LinkId link) {
    return network.stands(link) ? network.nowNanos() : Long.MIN_VALUE;
  }

  // ---- what it knows of itself

  @Override
  public boolean isPrivate() {
    return isPrivate;
  }

  @Override
  public @Nullable Seen seen(boolean ipv4) {
    return ipv4 ? new Seen(at, mapping) : null;
  }

  @Override
  public void dials(IpEndpoint endpoint, long nowNanos) {
    observed.add("dials " + endpoint.address());
  }

  // ---- arithmetic

  @Override
  public void notarize(Notarization work) {
    if (signs) {
      network.compute(() -> service.notarized(work, work.complete(settings), network.nowNanos()));
    } else {
      waiting.add(work);
    }
  }

  /** Does what has waited, and from now on all. */
  void signs() {
    signs = true;
    waiting.forEach(this::notarize);
    waiting.clear();
  }

  // ---- what is told

  @Override
  public void punched(PeerInfo peer, int tries) {
    observed.add("punched in " + tries);
  }

  @Override
  public void punchFailed(PeerId peer, String reason) {
    observed.add("failed: " + reason);
  }

  /** Knows of nothing. */
  private static final class Nothing implements GossipApplication {
    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Ignore("nothing");
    }

    @Override
    public void deliver(Delivery delivery) {}
  }
}
