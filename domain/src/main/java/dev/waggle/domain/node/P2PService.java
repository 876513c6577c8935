package dev.waggle.domain.node;

import dev.waggle.domain.admission.BannedAddresses;
import dev.waggle.domain.admission.Bans;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.domain.gossip.GossipRouter;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.peers.PeerManager;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.domain.punch.Notarization;
import dev.waggle.domain.punch.Notarized;
import dev.waggle.domain.punch.Notary;
import dev.waggle.domain.punch.Outlook;
import dev.waggle.domain.punch.Punching;
import dev.waggle.domain.relay.CompactArrival;
import dev.waggle.domain.relay.ItemsArrival;
import dev.waggle.domain.relay.OutlineArrival;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.relay.Reconstructor;
import dev.waggle.domain.sync.HeadersArrival;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.operator.BookStatus;
import dev.waggle.ports.operator.ConnectResult;
import dev.waggle.ports.operator.Excess;
import dev.waggle.ports.operator.GossipCounters;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.operator.SyncCounters;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node: events of its links come in, and what it does about them goes out through {@link
 * Links}, {@link GossipApplication} and {@link PeerObserver}.
 *
 * <p>Owned by one thread. Times are nanoseconds of one clock, compared by difference only, and
 * never go back. No event may be fed in from inside a call that this class makes: it waits until
 * the call into this class has returned. Each call deals with all that its event causes.
 */
public final class P2PService {
  private static final Verdict.Ignore STOPPED = new Verdict.Ignore("the node has stopped");

  private final P2PSettings settings;
  private final GossipApplication application;
  private final MessageIds ids;

  /** Several, since gossip wakes a busy node often, and to look at all links costs something. */
  private final Alarm peersAlarm = new Alarm();

  private final Alarm gossipAlarm = new Alarm();
  private final Alarm punchAlarm = new Alarm();
  private final PeerManager peers;
  private final GossipRouter gossip;
  private final Punching punching;
  private final Extensions extensions;
  private boolean stopped;

  /**
   * A node that does nothing until {@link #start}.
   *
   * @param remembered what it knew of others before a restart
   * @param observer hears what becomes of peers
   * @param catchUpObserver hears how the node catches up
   * @param random for jitter, nonces and choices among peers
   * @param sha256 for the ids of messages
   * @param filter told which messages need not come here again
   * @param reconstructor puts blocks together; not asked where they are of one piece
   * @param notary signs and checks what is said through relays; not asked where the node cannot be
   *     behind a router
   * @param extensions each of another feature; these features are what the node's handshakes offer
   */
  public P2PService(
      P2PSettings settings,
      PeerId self,
      PeerMemory remembered,
      Links links,
      PeerDirectory directory,
      GossipApplication application,
      PeerObserver observer,
      CatchUpObserver catchUpObserver,
      RandomSource random,
      HashFunction sha256,
      DuplicateFilter filter,
      Reconstructor reconstructor,
      Notary notary,
      List<Extension> extensions) {
    this(
        settings,
        self,
        remembered,
        links,
        directory,
        application,
        observer,
        catchUpObserver,
        random,
        sha256,
        filter,
        reconstructor,
        notary,
        extensions,
        null);
  }

  /**
   * The same.
   *
   * @param outlook what the node knows of how others see it; null: what it finds out
   */
  P2PService(
      P2PSettings settings,
      PeerId self,
      PeerMemory remembered,
      Links links,
      PeerDirectory directory,
      GossipApplication application,
      PeerObserver observer,
      CatchUpObserver catchUpObserver,
      RandomSource random,
      HashFunction sha256,
      DuplicateFilter filter,
      Reconstructor reconstructor,
      Notary notary,
      List<Extension> extensions,
      @Nullable Outlook outlook) {
    this.settings = settings;
    this.application = application;
    this.ids = new MessageIds(sha256, application.blockFormat());
    Draws draws = new Draws(random);
    this.peers =
        new PeerManager(
            self,
            settings.peers(),
            settings.inboundLimits(),
            settings.rates(),
            remembered,
            settings.reach(),
            links,
            directory,
            observer,
            draws,
            peersAlarm);
    this.gossip =
        new GossipRouter(
            settings.gossip(),
            application,
            filter,
            reconstructor,
            catchUpObserver,
            draws,
            gossipAlarm);
    this.punching =
        new Punching(
            self,
            settings.reach().traverses(),
            peers,
            outlook == null ? peers.reaching() : outlook,
            links,
            notary,
            observer,
            draws,
            punchAlarm);
    this.extensions = new Extensions(extensions);
  }

  /**
   * Begins to dial. Links may be established from now on.
   *
   * @param listening where the node listens, with 0.0.0.0 or :: for all addresses of its machine;
   *     null if that is nowhere that others could name
   */
  public void start(@Nullable IpEndpoint listening, long nowNanos) {
    peers.start(listening, nowNanos);
    punching.start(nowNanos);
  }

  /**
   * A handshake has succeeded. Whether the link is kept is decided here.
   *
   * @param dialled the address given to {@link Links#dial}, or null if the peer dialled us
   */
  public void linkEstablished(
      LinkId link, VerifiedPeer peer, PeerInfo info, @Nullable PeerAddress dialled, long nowNanos) {
    boolean punched = punching.claims(peer.id(), dialled);
    Neighbour neighbour = peers.established(link, peer, info, dialled, punched, nowNanos);
    if (neighbour != null) {
      gossip.linked(neighbour, nowNanos);
      punching.linked(link, info, punched, nowNanos);
    } else if (punched) {
      punching.turnedAway(peer.id(), nowNanos);
    }
    settle(nowNanos);
    if (neighbour != null) {
      extensions.linked(link, info);
    }
  }

  /**
   * A message has arrived. One of a link that is unknown, or given up already, is ignored. A gossip
   * message is examined in here; who has had that done elsewhere calls {@link #gossiped}.
   */
  public void received(LinkId link, WireMessage message, long nowNanos) {
    Neighbour from = peers.speaker(link);
    if (from == null) {
      peers.reaching().received(link, message, nowNanos);
      return;
    }
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) ->
          gossip.gossiped(from, examined(carried, from.id()), nowNanos);
      case WireMessage.Announce(var ids) -> gossip.announced(from, ids, nowNanos);
      case WireMessage.Request(var ids) -> gossip.requested(from, ids, nowNanos);
      case WireMessage.Ping(long nonce) -> peers.ping(link, nonce, nowNanos);
      case WireMessage.Pong(long nonce) -> peers.pong(link, nonce, nowNanos);
      case WireMessage.GetAddr() -> peers.addressesWanted(link, nowNanos);
      case WireMessage.Addr(var addresses) -> peers.addressesTold(link, addresses, nowNanos);
      case WireMessage.Observed(var endpoint) -> peers.observed(link, endpoint, nowNanos);
      case WireMessage.Goodbye(var reason) -> peers.goodbye(link, reason, nowNanos);
      case WireMessage.Extension extension -> extensions.received(link, extension);
      case WireMessage.Compact compact -> compactBlock(from, compact, nowNanos);
      case WireMessage.Outline outline -> outlinedBlock(from, outline, nowNanos);
      case WireMessage.Items items ->
          gossip.itemsArrived(from, ItemsArrival.named(items, ids), nowNanos);
      case WireMessage.RequestItems(var block, var ranges) ->
          gossip.itemsRequested(from, block, ranges, nowNanos);
      case WireMessage.RequestCompact(var wanted) ->
          gossip.compactRequested(from, wanted, nowNanos);
      case WireMessage.SendCompact(int rank) -> gossip.compactWished(from, rank, nowNanos);
      case WireMessage.Preamble(var id, _) -> gossip.noticed(from, id, nowNanos);
      case WireMessage.IDontWant(var unwanted) -> gossip.unwanted(from, unwanted, nowNanos);
      case WireMessage.GetHeaders(var locator, int count) ->
          gossip.headersRequested(from, locator, count, nowNanos);
      case WireMessage.Headers headers -> headers(from, headers, nowNanos);
      case WireMessage.DialRequest request -> peers.reaching().requested(link, request, nowNanos);
      case WireMessage.DialResponse(long nonce, var outcome) ->
          peers.reaching().answered(link, nonce, outcome, nowNanos);
      case WireMessage.DialBack _ -> {} // It came too late, or was never asked for.
      case WireMessage.Meet(var others) -> punching.met(link, others, nowNanos);
      case WireMessage.Relayed(var other, var body) ->
          punching.relayed(link, other, body, nowNanos);
    }
    settle(nowNanos);
  }

  /** Without a format there is no such feature; then it is nothing that we could make use of. */
  private void compactBlock(Neighbour from, WireMessage.Compact compact, long nowNanos) {
    BlockFormat format = application.blockFormat();
    if (format != null) {
      MessageId id = CompactArrival.nameOf(compact, ids);
      CompactArrival arrival = CompactArrival.examined(id, compact, format, ids);
      gossip.compactArrived(from, arrival, nowNanos);
    }
  }

  private void outlinedBlock(Neighbour from, WireMessage.Outline outline, long nowNanos) {
    BlockFormat format = application.blockFormat();
    if (format != null) {
      gossip.outlineArrived(from, OutlineArrival.examined(outline, format, ids), nowNanos);
    }
  }

  private void headers(Neighbour from, WireMessage.Headers headers, long nowNanos) {
    HeaderChain chain = application.headerChain();
    if (chain != null) {
      gossip.headersArrived(from, HeadersArrival.examined(headers, chain, ids), nowNanos);
    }
  }

  private Delivery examined(GossipMessage message, @Nullable PeerId from) {
    MessageIds.Named name = ids.name(message);
    Examination examination = application.examine(name.id(), message);
    return new Delivery(name.id(), message, name.parts(), examination, from);
  }

  /** The peer behind a link that has sent something else than a DialBack, or null. */
  private @Nullable Neighbour speaker(LinkId link, long nowNanos) {
    Neighbour from = peers.speaker(link);
    if (from == null) {
      peers.reaching().received(link, null, nowNanos);
    }
    return from;
  }

  /**
   * A gossip message has arrived that was examined already.
   *
   * @param delivery from the peer at the other end of the link
   */
  public void gossiped(LinkId link, Delivery delivery, long nowNanos) {
    Neighbour from = speaker(link, nowNanos);
    if (from != null) {
      gossip.gossiped(from, delivery, nowNanos);
      settle(nowNanos);
    }
  }

  /** A compact block has arrived that was named and examined already. */
  public void compactArrived(LinkId link, CompactArrival arrival, long nowNanos) {
    Neighbour from = speaker(link, nowNanos);
    if (from != null) {
      gossip.compactArrived(from, arrival, nowNanos);
      settle(nowNanos);
    }
  }

  /** An outline of a block has arrived that was named and examined already. */
  public void outlineArrived(LinkId link, OutlineArrival arrival, long nowNanos) {
    Neighbour from = speaker(link, nowNanos);
    if (from != null) {
      gossip.outlineArrived(from, arrival, nowNanos);
      settle(nowNanos);
    }
  }

  /** Items of a block have arrived that were named already. */
  public void itemsArrived(LinkId link, ItemsArrival arrival, long nowNanos) {
    Neighbour from = speaker(link, nowNanos);
    if (from != null) {
      gossip.itemsArrived(from, arrival, nowNanos);
      settle(nowNanos);
    }
  }

  /** Headers have arrived that were named and examined already. */
  public void headersArrived(LinkId link, HeadersArrival arrival, long nowNanos) {
    Neighbour from = speaker(link, nowNanos);
    if (from != null) {
      gossip.headersArrived(from, arrival, nowNanos);
      settle(nowNanos);
    }
  }

  /**
   * A block was put together.
   *
   * @param block null if the parts have given another one
   */
  public void reconstructed(
      Reconstruction reconstruction, @Nullable Delivery block, long nowNanos) {
    gossip.reconstructed(reconstruction, block, nowNanos);
    settle(nowNanos);
  }

  /** The notary has signed, or checked, what it was given. */
  public void notarized(Notarization work, Notarized done, long nowNanos) {
    punching.notarized(work, done, nowNanos);
  }

  /** Whether a gossip message need not be examined before it is handed to {@link #gossiped}. */
  public boolean isKnown(MessageId id) {
    return gossip.isKnown(id);
  }

  /**
   * Whether a block's header need not be examined before it is handed to {@link #compactArrived} or
   * {@link #outlineArrived}: the block is known, or being put together.
   */
  public boolean isHeaderKnown(MessageId id) {
    return gossip.isHeaderKnown(id);
  }

  /** A link takes more again, after {@link Links#takesMore} had said that it does not. */
  public void linkDrained(LinkId link, long nowNanos) {
    Neighbour peer = peers.speaker(link);
    if (peer != null) {
      gossip.drained(peer, nowNanos);
      settle(nowNanos);
    }
  }

  /** A link that was reported as established is gone. */
  public void linkClosed(LinkId link, CloseReason why, long nowNanos) {
    peers.closed(link, why, nowNanos);
    punching.unlinked(link, nowNanos);
    settle(nowNanos);
    extensions.unlinked(link);
  }

  /** A dial did not become a link. */
  public void dialFailed(PeerAddress address, DialFailure failure, long nowNanos) {
    if (!punching.dialFailed(address, nowNanos)) {
      peers.dialFailed(address, failure, nowNanos);
    }
  }

  /** A DNS seed has answered, to {@link PeerDirectory#lookUp}. */
  public void seedsFound(String name, List<PeerAddress> addresses, long nowNanos) {
    peers.seedsFound(name, addresses, nowNanos);
  }

  /**
   * Publishes a message of this node's own: it is validated, and forwarded only if accepted.
   *
   * @return the application's verdict; {@link Verdict.Ignore} if the message is known already or
   *     the node has stopped
   */
  public Verdict publish(GossipMessage message, long nowNanos) {
    return publish(examined(message, null), nowNanos);
  }

  /** {@link #publish(GossipMessage, long)} for a message that was examined already. */
  public Verdict publish(Delivery delivery, long nowNanos) {
    if (stopped) {
      return STOPPED;
    }
    Verdict verdict = gossip.publish(delivery, nowNanos);
    settle(nowNanos);
    return verdict;
  }

  /**
   * Sends a message of an extension.
   *
   * @return false if the link is not in use, the feature is not in force on it, or its queue is
   *     full; the message is dropped then
   */
  public boolean extend(LinkId link, WireMessage.Extension message) {
    return extensions.isInForce(link, message.feature()) && peers.send(link, message);
  }

  /** Does what is due. Calling it too early, or too often, does no harm. */
  public void timePassed(long nowNanos) {
    boolean peersAreDue = peersAlarm.rings(nowNanos);
    boolean gossipIsDue = gossipAlarm.rings(nowNanos);
    if (peersAreDue) {
      peers.timePassed(nowNanos);
    }
    if (gossipIsDue) {
      gossip.timePassed(nowNanos);
    }
    if (peersAreDue || gossipIsDue) {
      settle(nowNanos);
    }
    if (punchAlarm.rings(nowNanos)) {
      punching.timePassed(nowNanos);
    }
  }

  /**
   * When {@link #timePassed} wants to be called at the latest. Any event may bring this forward, so
   * ask after each batch of events.
   */
  public long nextWakeNanos(long nowNanos) {
    long peersNanos = peersAlarm.deadlineNanos(nowNanos);
    long gossipNanos = gossipAlarm.deadlineNanos(nowNanos);
    long punchNanos = punchAlarm.deadlineNanos(nowNanos);
    long firstNanos = peersNanos - gossipNanos < 0 ? peersNanos : gossipNanos;
    return firstNanos - punchNanos < 0 ? firstNanos : punchNanos;
  }

  /**
   * Says goodbye to every peer and closes every link; the link-closed events follow. Links that are
   * established after this are turned away.
   */
  public void stop(long nowNanos) {
    stopped = true;
    punching.stop();
    peers.stop(nowNanos);
    settle(nowNanos);
  }

  /** Lets gossip hear of the peers that this event has cost us; those may be more by then. */
  private void settle(long nowNanos) {
    for (List<Neighbour> departed = peers.takeDeparted();
        !departed.isEmpty();
        departed = peers.takeDeparted()) {
      for (Neighbour peer : departed) {
        gossip.departed(peer, nowNanos);
        punching.departed(peer.id(), nowNanos);
      }
    }
  }

  /**
   * The operator wants a link with who is at an address, from now on: as with the setting {@code
   * add_peers}.
   *
   * @return what has come of it already; null if a link will be established to this address, or a
   *     dial of it fail
   */
  public @Nullable ConnectResult connect(PeerAddress address, long nowNanos) {
    ConnectResult result = peers.connect(address, nowNanos);
    settle(nowNanos);
    return result;
  }

  /** The operator parts from a peer, and wants no link with it any more; returns how many ended. */
  public int disconnect(PeerId peer, long nowNanos) {
    int ended = peers.disconnect(peer, nowNanos);
    settle(nowNanos);
    return ended;
  }

  /** The same for all who are at an endpoint. */
  public int disconnect(Endpoint remote, long nowNanos) {
    int ended = peers.disconnect(remote, nowNanos);
    settle(nowNanos);
    return ended;
  }

  /** All addresses that the node knows. */
  public List<KnownAddress> addresses(long nowNanos) {
    return peers.addresses(nowNanos);
  }

  /** How many addresses the node knows. */
  public BookStatus book() {
    return peers.book();
  }

  /**
   * The operator bans a peer, an address or a subnet (PROTOCOL §8.3); links with them end at once.
   * If it is banned already, the ban that ends later counts.
   *
   * @param ban of the kind {@link Ban.Kind#OPERATOR}
   * @return false if there are {@link Bans#MAX} already, and it was not added
   */
  public boolean ban(Ban ban, long nowNanos) {
    boolean added = peers.ban(ban, nowNanos);
    settle(nowNanos);
    return added;
  }

  /**
   * The operator takes a ban back, whoever has made it, or forgives a discouraged address; of a
   * subnet all addresses in it that are discouraged.
   *
   * @return whether there was any
   */
  public boolean unban(Ban.Subject subject, long nowNanos) {
    return peers.unban(subject, nowNanos);
  }

  /** Whom the node has nothing, or less, to do with. */
  public List<Ban> bans(long nowNanos) {
    return peers.bans(nowNanos);
  }

  /**
   * The addresses whose connections are to be closed before anything is read. Immutable; the same
   * object until the operator changes something.
   */
  public BannedAddresses bannedAddresses() {
    return peers.bannedAddresses();
  }

  /** A router lets others through to the node, or does so for longer. */
  public void mapped(Mapping mapping, long nowNanos) {
    peers.reaching().mapped(mapping, nowNanos);
  }

  /** A router does not so any more. */
  public void mappingLost(Mapping mapping, String why, long nowNanos) {
    peers.reaching().mappingLost(mapping, why, nowNanos);
  }

  /** No router does for now. */
  public void mappingFailed(String why, long nowNanos) {
    peers.reaching().mappingFailed(why);
  }

  /** Whether others can dial the node. */
  public ReachStatus reach(long nowNanos) {
    return peers.reaching().status(punching.counters(), nowNanos);
  }

  /** Every link in use, the oldest first. */
  public List<PeerStatus> peers(long nowNanos) {
    return peers.status(nowNanos);
  }

  public GossipCounters counters() {
    return gossip.counters();
  }

  /** What catching up has done. */
  public SyncCounters syncCounters() {
    return gossip.syncCounters();
  }

  /** What compact relay has done. */
  public RelayCounters relayCounters() {
    return gossip.relayCounters();
  }

  /** Attempts at links with peers that cannot be dialled, and what was passed on for others. */
  public ReachStatus.Punches punches() {
    return punching.counters();
  }

  /** What was dropped because peers told too much (PROTOCOL §9.7). */
  public Excess excess() {
    return peers.excess();
  }

  public P2PSettings settings() {
    return settings;
  }
}
