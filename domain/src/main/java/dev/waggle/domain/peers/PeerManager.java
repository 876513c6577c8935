package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.addresses.AddressExchange;
import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.domain.admission.BannedAddresses;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.admission.Origin;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.punch.PunchPeers;
import dev.waggle.domain.rates.Allowances;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.rates.Told;
import dev.waggle.domain.reach.ReachSettings;
import dev.waggle.domain.reach.Reaching;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
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
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The active peers of a node: it dials for them, lets them in, keeps one link to each, listens for
 * their heartbeats, and parts from those that are silent, slow or ill-behaved (PROTOCOL §9).
 *
 * <p>Single-threaded. A peer whose last link has gone is handed out by {@link #takeDeparted}, not
 * announced inside the call that lost it, so that nobody's loop over peers breaks.
 */
public final class PeerManager implements PunchPeers {
  /** How long a peer may take to close a duplicate link that we have taken leave of. */
  static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

  /** What the key of inbound places is made of, besides the node's own. */
  private static final long PLACES_SALT = 0x706c_6163_6573L;

  private final PeerId self;
  private final PeerSettings settings;
  private final Links links;
  private final PeerObserver observer;
  private final Liveness liveness;
  private final Alarm alarm;
  private final Bytes key;
  private final AddressBook book;
  private final AddressExchange exchange;
  private final Reaching reaching;
  private final PeerDirectory directory;
  private final Joining joining;
  private final PeerMemory remembered;
  private final Keeping keeping;
  private final Conduct conduct = new Conduct();
  private final InboundPlaces places;
  private final Allowances allowances;
  private final Map<LinkId, PeerLink> established = new LinkedHashMap<>();
  private final Map<PeerId, Peer> active = new LinkedHashMap<>();
  private List<Neighbour> departed = new ArrayList<>();
  private boolean stopped;

  /**
   * Peers of a node that has none yet, and that nothing stands before.
   *
   * @param remembered what it knew of others before a restart
   */
  public PeerManager(
      PeerId self,
      PeerSettings settings,
      InboundLimits limits,
      RateSettings rates,
      PeerMemory remembered,
      Links links,
      PeerDirectory directory,
      PeerObserver observer,
      Draws draws,
      Alarm alarm) {
    this(
        self,
        settings,
        limits,
        rates,
        remembered,
        ReachSettings.DIRECT,
        links,
        directory,
        observer,
        draws,
        alarm);
  }

  /** The same of a node that may be anywhere. */
  public PeerManager(
      PeerId self,
      PeerSettings settings,
      InboundLimits limits,
      RateSettings rates,
      PeerMemory remembered,
      ReachSettings reach,
      Links links,
      PeerDirectory directory,
      PeerObserver observer,
      Draws draws,
      Alarm alarm) {
    this.self = self;
    this.settings = settings;
    this.links = links;
    this.observer = observer;
    this.liveness = new Liveness(settings, links, draws, alarm);
    this.alarm = alarm;
    this.remembered = remembered;
    this.directory = directory;
    this.key = remembered.key().length() == PeerMemory.KEY_BYTES ? remembered.key() : newKey(draws);
    SipHash keyed = new SipHash(word(key, 0), word(key, Long.BYTES));
    JoinSettings join = settings.join();
    this.book = new AddressBook(keyed, join.privateNetwork(), draws);
    OwnAddress own = new OwnAddress(join.external());
    this.reaching =
        new Reaching(own, reach, book::reaches, this::mayDial, links, observer, draws, alarm);
    this.exchange =
        new AddressExchange(
            book, join.discovers(), own, reaching, conduct::isShunned, links, keyed, draws, alarm);
    this.joining =
        new Joining(
            settings,
            remembered,
            book,
            reaching.ownPort(),
            links,
            directory,
            observer,
            draws,
            alarm);
    this.keeping = new Keeping(book, alarm);
    // The same after a restart: who could have it drawn anew would get protected some time.
    SipHash groupKey = new SipHash(keyed.hash(PLACES_SALT, 0), keyed.hash(PLACES_SALT, 1));
    this.places = new InboundPlaces(settings.maxInbound(), limits, groupKey);
    this.allowances = new Allowances(rates);
  }

  private static Bytes newKey(Draws draws) {
    ByteBuffer key = ByteBuffer.allocate(PeerMemory.KEY_BYTES);
    return Bytes.wrap(key.putLong(draws.nextLong()).putLong(draws.nextLong()).array());
  }

  private static long word(Bytes key, int offset) {
    return ByteBuffer.wrap(key.borrowArray()).getLong(offset);
  }

  /**
   * Begins to dial.
   *
   * @param listening where the node listens, with 0.0.0.0 or :: for all addresses of its machine;
   *     null if that is nowhere that others could name
   */
  public void start(@Nullable IpEndpoint listening, long nowNanos) {
    exchange.listensAt(settings.maxInbound() > 0 ? listening : null);
    book.restore(remembered.addresses(), nowNanos);
    conduct.restore(remembered.bans(), nowNanos);
    reaching.start(nowNanos);
    joining.start(nowNanos);
    keeping.start(nowNanos);
    dialDue(nowNanos);
  }

  /** Whether others can dial this node; connections that were dialled back are its own matter. */
  public Reaching reaching() {
    return reaching;
  }

  private boolean mayDial(IpEndpoint endpoint, long nowNanos) {
    return book.takes(endpoint)
        && !conduct.isShunned(endpoint.address(), nowNanos)
        && !joining.isBusy(endpoint.endpoint());
  }

  /**
   * Takes a link in, or turns it away.
   *
   * @param dialled the address whose dial became this link, or null if the peer dialled
   * @param punched whether it is one with a peer that cannot be dialled (PROTOCOL §9.10): then the
   *     dial was for that
   * @return the peer, if the link is in use now; null if it is about to be closed, or none but was
   *     dialled back
   */
  public @Nullable Neighbour established(
      LinkId id,
      VerifiedPeer who,
      PeerInfo info,
      @Nullable PeerAddress dialled,
      boolean punched,
      long nowNanos) {
    if (!punched && reaching.takes(id, info, dialled, nowNanos)) {
      return null;
    }
    Purpose purpose = purpose(id, who, dialled, punched, nowNanos);
    Peer known = active.get(who.id());
    Peer peer = known != null ? known : newPeer(who.id(), info, nowNanos);
    PeerLink link = new PeerLink(id, peer, info, purpose, nowNanos);
    InboundPlaces.Decision place = place(link, nowNanos);
    established.put(id, link);
    GoodbyeReason refusal = refusal(link, place, nowNanos);
    if (refusal != null) {
      end(link, refusal, nowNanos);
      return null;
    }
    active.put(who.id(), peer);
    conduct.linked(who.id());
    peer.links().add(link);
    link.admit();
    observer.peerConnected(info);
    alarm.by(link.heartbeat().deadlineNanos());
    exchange.linked(id, info, link.isChosen(), link.isStrangers(), nowNanos);
    if (purpose != Purpose.PUNCHED) {
      reaching.linked(id, info, nowNanos);
    }
    if (place instanceof InboundPlaces.Instead(PeerLink other, GoodbyeReason goodbye)) {
      end(other, goodbye, nowNanos);
    }
    for (PeerLink duplicate : Duplicates.toLeave(peer.links(), self.compareTo(who.id()) > 0)) {
      leave(duplicate, nowNanos);
    }
    dialDue(nowNanos);
    return link.isActive() ? peer : null;
  }

  private Purpose purpose(
      LinkId id, VerifiedPeer who, @Nullable PeerAddress dialled, boolean punched, long nowNanos) {
    if (punched) {
      return Purpose.PUNCHED;
    }
    return dialled == null
        ? Purpose.ACCEPTED
        : joining.established(dialled, id, who.id(), nowNanos);
  }

  private Peer newPeer(PeerId id, PeerInfo info, long nowNanos) {
    IpAddress machine = Origin.of(info.remote()).machine();
    return new Peer(id, this, allowances.of(id, machine, nowNanos));
  }

  private InboundPlaces.Decision place(PeerLink link, long nowNanos) {
    if (!link.isStrangers()) {
      return new InboundPlaces.Free();
    }
    List<PeerLink> inbound = new ArrayList<>(established.values());
    inbound.removeIf(other -> !other.isActive() || !other.isStrangers());
    return places.decide(
        link,
        inbound,
        each -> conduct.goesFirst(each.peer().id(), each.origin().address(), nowNanos),
        peer -> joining.isPermanent(peer.id()));
  }

  /** Why a link cannot be taken in, or null. */
  private @Nullable GoodbyeReason refusal(
      PeerLink link, InboundPlaces.Decision place, long nowNanos) {
    if (stopped) {
      return GoodbyeReason.SHUTDOWN;
    }
    if (isBanned(link, nowNanos)) {
      return GoodbyeReason.MISBEHAVIOUR;
    }
    if (link.purpose() == Purpose.FEELER) {
      return GoodbyeReason.NOT_NEEDED;
    }
    return place instanceof InboundPlaces.None ? GoodbyeReason.TOO_MANY_PEERS : null;
  }

  private boolean isBanned(PeerLink link, long nowNanos) {
    return conduct.isBanned(link.peer().id(), nowNanos)
        || conduct.isBanned(link.origin().address(), nowNanos);
  }

  /** The peer behind a link whose messages still count, or null. */
  public @Nullable Neighbour speaker(LinkId id) {
    PeerLink link = established.get(id);
    return link == null || link.state() instanceof PeerLink.Closing ? null : link.peer();
  }

  public void closed(LinkId id, CloseReason why, long nowNanos) {
    PeerLink link = established.remove(id);
    if (link == null) {
      reaching.closed(id);
      return;
    }
    detach(link, nowNanos);
    GoodbyeReason goodbye = link.goodbye();
    joining.linkLost(id, nowNanos - link.sinceNanos(), goodbye, nowNanos);
    if (link.isAdmitted()) {
      String words = goodbye != null ? "goodbye: " + goodbye.word() : why.toString();
      observer.peerDisconnected(link.info(), words);
    }
    dialDue(nowNanos);
  }

  public void dialFailed(PeerAddress address, DialFailure failure, long nowNanos) {
    if (!reaching.dialFailed(address, nowNanos)) {
      joining.dialFailed(address, failure, nowNanos);
    }
    dialDue(nowNanos);
  }

  /** A DNS seed has answered. */
  public void seedsFound(String name, List<PeerAddress> addresses, long nowNanos) {
    List<PeerAddress> welcome = new ArrayList<>(addresses);
    welcome.removeIf(address -> conduct.isShunned(address.endpoint(), nowNanos));
    joining.seedsFound(name, welcome, nowNanos);
    dialDue(nowNanos);
  }

  /** Answers on the link that asked. */
  public void ping(LinkId id, long nonce, long nowNanos) {
    PeerLink link = established.get(id);
    if (link != null && link.isActive() && isAllowed(link, Told.PING, nowNanos)) {
      send(link, new WireMessage.Pong(nonce), nowNanos);
    }
  }

  public void pong(LinkId id, long nonce, long nowNanos) {
    PeerLink link = established.get(id);
    if (link != null && !link.heartbeat().pong(nonce, nowNanos)) {
      blame(link.peer(), Offence.UNSOLICITED_PONG, nowNanos);
    }
  }

  /** Who asks for addresses is told some, and where it is seen. */
  public void addressesWanted(LinkId id, long nowNanos) {
    PeerLink link = established.get(id);
    if (link != null && link.isActive() && isAllowed(link, Told.GET_ADDR, nowNanos)) {
      exchange.wanted(id, nowNanos);
    }
  }

  /** A peer tells of addresses. */
  public void addressesTold(LinkId id, List<AddressRecord> addresses, long nowNanos) {
    PeerLink link = established.get(id);
    if (link != null && link.isActive()) {
      long before = exchange.dropped();
      exchange.told(id, addresses, nowNanos);
      if (exchange.dropped() > before) {
        exceeded(link.peer(), Told.ADDRESS, (int) (exchange.dropped() - before), nowNanos);
      }
      dialDue(nowNanos);
    }
  }

  /** A peer tells where it sees this node. */
  public void observed(LinkId id, IpEndpoint endpoint, long nowNanos) {
    PeerLink link = established.get(id);
    if (link != null && link.isActive() && isAllowed(link, Told.OBSERVED, nowNanos)) {
      if (exchange.observed(id, endpoint, nowNanos)) {
        reaching.observed(id, endpoint, nowNanos);
      }
    }
  }

  private static boolean isAllowed(PeerLink link, Told what, long nowNanos) {
    return link.peer().allow(what, 1, nowNanos) == 1;
  }

  /** A peer has told so much more than it may, which is dropped. */
  void exceeded(Peer peer, Told what, int count, long nowNanos) {
    allowances.exceeded(what, count);
    if (peer.allowance().exceeds(what, count, nowNanos)) {
      blame(peer, Offence.FLOODING, nowNanos);
    }
  }

  /** What was dropped because peers told too much. */
  public Excess excess() {
    return allowances.excess();
  }

  /** The peer will say nothing more: close, whichever side the next step is on. */
  public void goodbye(LinkId id, GoodbyeReason reason, long nowNanos) {
    PeerLink link = established.get(id);
    if (link != null && !(link.state() instanceof PeerLink.Closing)) {
      link.goodbye(reason);
      close(link, "goodbye: " + reason.word(), nowNanos);
    }
  }

  /** Sends what is due by now and dials whom it is time to dial. */
  public void timePassed(long nowNanos) {
    for (PeerLink link : established.values()) {
      switch (link.state()) {
        case PeerLink.Active _ -> {
          switch (liveness.check(link, nowNanos)) {
            case LIVES -> {}
            case SILENT -> end(link, GoodbyeReason.SILENCE, nowNanos);
            case SLOW -> close(link, GoodbyeReason.SLOW.word(), nowNanos); // It would not hear it.
          }
        }
        case PeerLink.Leaving(long untilNanos) -> {
          if (nowNanos - untilNanos >= 0) {
            close(link, "duplicate", nowNanos);
          } else {
            alarm.by(untilNanos);
          }
        }
        case PeerLink.Closing _ -> {}
      }
    }
    if (!stopped) {
      reaching.timePassed(nowNanos);
      exchange.timePassed(nowNanos);
      keepDue(nowNanos);
    }
    dialDue(nowNanos);
  }

  private void keepDue(long nowNanos) {
    List<KnownAddress> addresses = keeping.timePassed(nowNanos);
    if (addresses != null) {
      directory.keep(memory(addresses, nowNanos));
    }
  }

  /** What the node should know after a restart, beside the addresses. */
  private PeerMemory memory(List<KnownAddress> addresses, long nowNanos) {
    return new PeerMemory(
        key, addresses, joining.anchors(nowNanos), joining.guards(), conduct.all(nowNanos));
  }

  /** Takes leave of everybody, and dials and lets in nobody from now on. */
  public void stop(long nowNanos) {
    if (!stopped) {
      directory.keep(memory(book.all(nowNanos), nowNanos));
    }
    stopped = true;
    reaching.stop();
    for (PeerLink link : established.values()) {
      if (!(link.state() instanceof PeerLink.Closing)) {
        end(link, GoodbyeReason.SHUTDOWN, nowNanos);
      }
    }
  }

  @Override
  public boolean isLinked(PeerId peer) {
    return active.containsKey(peer);
  }

  @Override
  public boolean mayDial(PeerId peer, IpEndpoint at, long nowNanos) {
    return book.takes(at)
        && !conduct.isBanned(peer, nowNanos)
        && !conduct.isShunned(at.address(), nowNanos);
  }

  @Override
  public boolean send(LinkId id, WireMessage message) {
    PeerLink link = established.get(id);
    return link != null && link.isActive() && links.send(id, message);
  }

  boolean send(PeerLink link, WireMessage message, long nowNanos) {
    return links.send(link.id(), message);
  }

  boolean takesMore(PeerLink link) {
    return links.takesMore(link.id());
  }

  void useful(Peer peer, long nowNanos) {
    conduct.useful(peer.id(), nowNanos);
  }

  void blame(Peer peer, Offence offence, long nowNanos) {
    if (conduct.isBanned(peer.id(), nowNanos)) {
      return;
    }
    boolean banned = conduct.offend(peer.id(), offence, nowNanos);
    if (banned || conduct.score(peer.id(), nowNanos) <= Conduct.GOES_FIRST_SCORE) {
      joining.distrust(peer.id());
    }
    if (!banned) {
      return;
    }
    String deeds = String.valueOf(conduct.deeds(peer.id(), nowNanos));
    for (IpAddress address : peer.addresses()) {
      if (!joining.isPermanent(peer.id(), address)) {
        conduct.discourage(address, deeds, nowNanos);
      }
    }
    endBanned(deeds, nowNanos);
  }

  /** Ends the links that no longer may stand. */
  private void endBanned(String why, long nowNanos) {
    for (PeerLink link : established.values()) {
      if (!(link.state() instanceof PeerLink.Closing) && isBanned(link, nowNanos)) {
        end(link, GoodbyeReason.MISBEHAVIOUR, why, nowNanos);
      }
    }
  }

  /**
   * The operator bans somebody: their links end at once.
   *
   * @return false if there are too many bans already
   */
  public boolean ban(Ban ban, long nowNanos) {
    boolean added = conduct.ban(ban, nowNanos);
    endBanned("banned", nowNanos);
    bansChanged(nowNanos);
    return added;
  }

  /** The operator takes a ban back, whoever has made it; returns whether there was one. */
  public boolean unban(Ban.Subject subject, long nowNanos) {
    boolean removed = conduct.unban(subject, nowNanos);
    bansChanged(nowNanos);
    return removed;
  }

  /** What the operator changes is kept at once, but a long list of bans not once for each. */
  private void bansChanged(long nowNanos) {
    keeping.soon(nowNanos);
    alarm.by(nowNanos); // Whom to dial has changed too.
    if (stopped) {
      directory.keep(memory(book.all(nowNanos), nowNanos)); // No time will pass any more.
    }
  }

  /**
   * The operator wants a link with who is at an address, from now on.
   *
   * @return what has come of it already; null if that is to be seen
   */
  public @Nullable ConnectResult connect(PeerAddress address, long nowNanos) {
    PeerLink there = linkTo(address);
    OptionalLong banEndsNanos =
        conduct.banEndsNanos(address.endpoint(), address.pinned(), nowNanos);
    if (stopped) {
      return new ConnectResult.Failed("the node is closing");
    }
    if (banEndsNanos.isPresent()) {
      return new ConnectResult.Failed("it is banned");
    }
    if (!joining.want(address, nowNanos)) {
      return new ConnectResult.Failed("too many peers are wanted already");
    }
    dialDue(nowNanos);
    return there == null ? null : new ConnectResult.Linked(there.info());
  }

  private @Nullable PeerLink linkTo(PeerAddress address) {
    for (PeerLink link : established.values()) {
      boolean isThere = link.info().remote().equals(address.endpoint());
      boolean isPeer = link.peer().id().equals(address.pinned());
      if (link.isActive() && (isPeer || (isThere && address.pinned() == null))) {
        return link;
      }
    }
    return null;
  }

  /** The operator parts from a peer, and wants no link with it any more; returns how many ended. */
  public int disconnect(PeerId peer, long nowNanos) {
    joining.unwant(peer);
    return endAll(link -> link.peer().id().equals(peer), nowNanos);
  }

  /** The same for all who are at an endpoint. */
  public int disconnect(Endpoint remote, long nowNanos) {
    joining.unwant(remote);
    return endAll(link -> link.info().remote().equals(remote), nowNanos);
  }

  private int endAll(Predicate<PeerLink> which, long nowNanos) {
    int ended = 0;
    for (PeerLink link : new ArrayList<>(established.values())) {
      if (link.isActive() && which.test(link)) {
        end(link, GoodbyeReason.NOT_NEEDED, "disconnected by the operator", nowNanos);
        ended++;
      }
    }
    dialDue(nowNanos);
    return ended;
  }

  /** All addresses that the node knows. */
  public List<KnownAddress> addresses(long nowNanos) {
    return book.all(nowNanos);
  }

  public BookStatus book() {
    return new BookStatus(book.size() - book.triedCount(), book.triedCount());
  }

  /** All bans, and the addresses that are discouraged. */
  public List<Ban> bans(long nowNanos) {
    return conduct.all(nowNanos);
  }

  /** For whoever accepts connections. The same object until the operator changes something. */
  public BannedAddresses bannedAddresses() {
    return conduct.bannedAddresses();
  }

  private void end(PeerLink link, GoodbyeReason reason, long nowNanos) {
    end(link, reason, reason.word(), nowNanos);
  }

  /** Says goodbye and closes. */
  private void end(PeerLink link, GoodbyeReason reason, String why, long nowNanos) {
    if (link.isActive()) {
      links.send(link.id(), new WireMessage.Goodbye(reason));
    }
    close(link, why, nowNanos);
  }

  private void close(PeerLink link, String why, long nowNanos) {
    link.close();
    detach(link, nowNanos);
    links.close(link.id(), CloseReason.local(why));
  }

  /**
   * Takes leave of a duplicate, but leaves the close to the peer: what it has sent on this link
   * before it hears us would be lost otherwise.
   */
  private void leave(PeerLink link, long nowNanos) {
    links.send(link.id(), new WireMessage.Goodbye(GoodbyeReason.DUPLICATE));
    long untilNanos = nowNanos + LEAVE_WITHIN.toNanos();
    link.leave(untilNanos);
    alarm.by(untilNanos);
    detach(link, nowNanos);
  }

  /** Nothing is sent on this link any more; the peer has departed if it was the last. */
  private void detach(PeerLink link, long nowNanos) {
    Peer peer = link.peer();
    exchange.unlinked(link.id(), nowNanos);
    reaching.unlinked(link.id(), nowNanos);
    if (peer.links().remove(link) && !peer.isConnected()) {
      peer.left(link.origin().address());
      conduct.departed(peer.id(), nowNanos);
      active.remove(peer.id());
      allowances.left(peer.id(), link.origin().machine(), peer.allowance(), nowNanos);
      departed.add(peer);
      joining.peerLost(peer.id(), nowNanos);
      alarm.by(nowNanos); // There is a place for another one.
    }
  }

  /** The peers that have departed since the last call. */
  public List<Neighbour> takeDeparted() {
    if (departed.isEmpty()) {
      return List.of();
    }
    List<Neighbour> taken = departed;
    departed = new ArrayList<>();
    return taken;
  }

  private void dialDue(long nowNanos) {
    if (stopped) {
      return;
    }
    for (LinkId unneeded : joining.dialDue(active, seedLinks(), conduct, nowNanos)) {
      PeerLink link = established.get(unneeded);
      if (link != null && !(link.state() instanceof PeerLink.Closing)) {
        end(link, GoodbyeReason.NOT_NEEDED, nowNanos);
      }
    }
  }

  private List<PeerLink> seedLinks() {
    List<PeerLink> seeds = new ArrayList<>();
    for (PeerLink link : established.values()) {
      if (link.isActive() && link.purpose() == Purpose.SEED) {
        seeds.add(link);
      }
    }
    return seeds;
  }

  /** Every link in use, the oldest first. */
  public List<PeerStatus> status(long nowNanos) {
    List<PeerStatus> all = new ArrayList<>();
    for (PeerLink link : established.values()) {
      if (link.isActive()) {
        all.add(
            new PeerStatus(
                link.id(),
                link.info(),
                joining.isKept(link.id()),
                link.purpose() == Purpose.PUNCHED,
                link.sinceNanos(),
                link.heartbeat().roundTripNanos(),
                link.heartbeat().leastRoundTripNanos(),
                link.peer().lastTransactionNanos(),
                link.peer().lastBlockNanos(),
                link.origin().group().toString(),
                link.peer().duplicates(),
                conduct.score(link.peer().id(), nowNanos)));
      }
    }
    return all;
  }
}
