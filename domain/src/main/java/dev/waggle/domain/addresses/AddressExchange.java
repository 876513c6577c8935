package dev.waggle.domain.addresses;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.time.Alarm;
import dev.waggle.domain.time.Tick;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other about addresses (PROTOCOL §9.5): whom they know, where they are
 * themselves, and where they see each other.
 *
 * <p>Owned by one thread. Nothing that a peer says is believed beyond what the {@link AddressBook}
 * makes of hearsay.
 */
public final class AddressExchange {
  /** An address that is so young, and comes among so few, is told on. */
  static final Duration FRESH = Duration.ofMinutes(10);

  static final int MAX_FRESH = 10;

  /** To so many peers. */
  static final int TOLD_ON_TO = 2;

  /**
   * Addresses that are to be told on are gathered for so long: a young network must not wait, and
   * whom a node is linked with shows in so many other ways that a longer time would hide nothing.
   * On a network of one's own it is shorter still: there is nobody to hide from.
   */
  static final Duration GATHERED_FOR = Duration.ofSeconds(5);

  static final Duration GATHERED_FOR_ON_ONES_OWN = Duration.ofMillis(250);

  /** A node tells each peer of itself so often on the average. */
  static final Duration TELLS_OF_ITSELF = Duration.ofHours(24);

  /** Addresses of which it is remembered what those might still tell that have left: 150 KiB. */
  static final int MAX_LEFT = 1024;

  /**
   * What is remembered for one link at most: the addresses that its peer knows, and those that wait
   * for it. In bytes, with room to spare; of all links together less than 2 MiB.
   */
  public static final long MAX_BYTES_PER_LINK = 12 * 1024;

  private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

  private final AddressBook book;
  private final boolean discovers;
  private final OwnAddress own;
  private final DialledBack dialledBack;
  private final BiPredicate<IpAddress, Long> shunned;
  private final Samples samples;
  private final Links links;
  private final SipHash keyed;
  private final Draws draws;
  private final Alarm alarm;
  private final Tick gathering;
  private final Map<LinkId, AddressLink> open = new LinkedHashMap<>();
  private final Map<IpAddress, AddressTokens> left = new LinkedHashMap<>(); // The last is last.
  private long dropped;

  /**
   * An exchange without links.
   *
   * @param discovers whether to ask others, and to tell them of this node
   * @param own where others can dial this node
   * @param dialledBack what they say who have tried
   * @param shunned whom others are not told of, at some time of the node's clock
   */
  public AddressExchange(
      AddressBook book,
      boolean discovers,
      OwnAddress own,
      DialledBack dialledBack,
      BiPredicate<IpAddress, Long> shunned,
      Links links,
      SipHash keyed,
      Draws draws,
      Alarm alarm) {
    this.book = book;
    this.discovers = discovers;
    this.own = own;
    this.dialledBack = dialledBack;
    this.shunned = shunned;
    this.samples = new Samples(book, draws);
    this.gathering = new Tick(book.isOfPrivateNetwork() ? GATHERED_FOR_ON_ONES_OWN : GATHERED_FOR);
    this.links = links;
    this.keyed = keyed;
    this.draws = draws;
    this.alarm = alarm;
    if (own.external() != null) {
      book.isOwn(own.external());
    }
  }

  /**
   * The node listens here: at one address, or at each that its machine has.
   *
   * @param endpoint null if it lets nobody in
   */
  public void listensAt(@Nullable IpEndpoint endpoint) {
    own.listensAt(endpoint, endpoint != null && book.reaches(endpoint));
  }

  /** Addresses that came faster than a peer may tell them. */
  public long dropped() {
    return dropped;
  }

  /** A link is in use now, which a stranger has dialled if this node has not. */
  public void linked(LinkId id, PeerInfo peer, long nowNanos) {
    boolean outbound = peer.direction() == Direction.OUTBOUND;
    linked(id, peer, outbound, !outbound, nowNanos);
  }

  /**
   * A link is in use now. One whose ends are no IP addresses takes no part.
   *
   * @param outbound whether this node has chosen the peer, and dialled it
   * @param byStranger whether somebody has dialled this node whom it has not dialled: that shows
   *     that others can
   */
  public void linked(
      LinkId id, PeerInfo peer, boolean outbound, boolean byStranger, long nowNanos) {
    IpEndpoint remote = IpEndpoint.of(peer.remote());
    IpAddress local = IpAddress.ofLiteral(peer.local().host());
    if (remote == null || local == null) {
      return;
    }
    AddressLink link = new AddressLink(id, outbound, remote, local, keyed, nowNanos);
    open.put(id, link);
    if (outbound && discovers) {
      link.theirs().fill();
      links.send(id, new WireMessage.GetAddr());
    }
    if (!outbound) {
      limitToWhoLeft(link, nowNanos);
    }
    if (byStranger && !local.equals(remote.address()) && book.reaches(remote)) {
      own.strangerCame(nowNanos);
    }
    tellOfOneself(List.of(link), nowNanos);
  }

  public void unlinked(LinkId id, long nowNanos) {
    AddressLink link = open.remove(id);
    IpAddress machine = link == null || link.isOutbound() ? null : machine(link);
    if (link != null && machine != null) {
      limitToWhoLeft(link, nowNanos);
      left.remove(machine);
      if (left.size() == MAX_LEFT) {
        left.remove(left.keySet().iterator().next());
      }
      left.put(machine, link.theirs());
    }
  }

  /** Coming again, under whatever name, brings no new tokens. */
  private void limitToWhoLeft(AddressLink link, long nowNanos) {
    IpAddress machine = machine(link);
    AddressTokens before = machine == null ? null : left.get(machine);
    if (before != null) {
      link.theirs().limitTo(before, nowNanos);
    }
  }

  /**
   * What stands for one machine, as for the limits of inbound links (PROTOCOL §9.1); null on
   * networks of one's own, where many nodes may be on one.
   */
  private static @Nullable IpAddress machine(AddressLink link) {
    IpAddress address = Tunnels.end(link.remote().address());
    if (Reach.of(address) != Reach.PUBLIC) {
      return null;
    }
    return address.isIpv4() ? address : new IpAddress(address.high(), 0);
  }

  /** GetAddr: answered to who has dialled this node, once; so is where it is seen. */
  public void wanted(LinkId id, long nowNanos) {
    AddressLink link = open.get(id);
    if (link != null && !link.isOutbound() && link.takeTurn()) {
      List<AddressRecord> sample = new ArrayList<>(samples.at(link.local(), nowNanos));
      sample.removeIf(record -> isShunned(record, nowNanos));
      link.ours().fill();
      var _ = link.ours().take(sample.size(), nowNanos);
      sample.forEach(record -> link.knows(record.endpoint()));
      links.send(id, new WireMessage.Addr(sample));
      links.send(id, new WireMessage.Observed(link.remote()));
    }
  }

  /** Addr: taken into the book, in so far as the peer may tell so many; some are told on. */
  public void told(LinkId id, List<AddressRecord> records, long nowNanos) {
    AddressLink link = open.get(id);
    if (link == null || !discovers) {
      return;
    }
    link.talks();
    boolean few = records.size() <= MAX_FRESH;
    int paid = link.theirs().take(records.size(), nowNanos);
    dropped += records.size() - paid;
    for (AddressRecord record : some(paid, records)) {
      link.knows(record.endpoint());
      if (book.takes(record.endpoint())) {
        var _ = book.told(record, link.remote().address(), nowNanos);
        if (few && record.ageSeconds() < FRESH.toSeconds() && !isShunned(record, nowNanos)) {
          tellOn(record, link, nowNanos);
        }
      }
    }
  }

  private boolean isShunned(AddressRecord record, long nowNanos) {
    return shunned.test(record.endpoint().address(), nowNanos);
  }

  /**
   * So many of {@code records} at random: nobody chooses which ones are dropped, and those cost
   * next to nothing.
   */
  private List<AddressRecord> some(int count, List<AddressRecord> records) {
    if (count == records.size()) {
      return records;
    }
    List<AddressRecord> chosen = new ArrayList<>(count);
    Map<Integer, Integer> moved =
        new LinkedHashMap<>(); // By a shuffle, of which this is the start.
    for (int i = 0; i < count; i++) {
      int drawn = i + (int) draws.below(records.size() - i);
      chosen.add(records.get(moved.getOrDefault(drawn, drawn)));
      moved.put(drawn, moved.getOrDefault(i, i));
    }
    return chosen;
  }

  /**
   * Observed: counts from peers that this node has dialled, once on a link, and if the network
   * reaches what they have seen.
   *
   * @return whether it counts
   */
  public boolean observed(LinkId id, IpEndpoint seen, long nowNanos) {
    AddressLink link = open.get(id);
    if (link == null || !link.isOutbound() || !link.takeObservation() || !book.reaches(seen)) {
      return false;
    }
    own.observed(seen.address(), link.local(), NetworkGroup.of(link.remote()));
    tellOfOneself(open.values(), nowNanos);
    return true;
  }

  public void timePassed(long nowNanos) {
    if (gathering.strikes(nowNanos)) {
      for (AddressLink link : open.values()) {
        List<AddressRecord> pending = link.takePending(nowNanos);
        if (!pending.isEmpty()) {
          links.send(link.id(), new WireMessage.Addr(pending));
        }
        if (link.hasPending()) {
          gathering.wind(alarm, nowNanos);
        }
      }
    }
    gathering.remind(alarm);
    tellOfOneself(open.values(), nowNanos);
  }

  private void tellOfOneself(Collection<AddressLink> peers, long nowNanos) {
    IpEndpoint certain = own.certain();
    if (certain != null) {
      book.isOwn(certain);
    }
    if (!discovers) {
      return;
    }
    for (IpEndpoint current : toTell(nowNanos)) {
      if (book.reaches(current)) {
        tell(peers, current, nowNanos);
      }
    }
  }

  /**
   * What the operator says; else where others have dialled this node; else what there is no doubt
   * of but that others can; else, while nobody can be asked to try, what peers agree on.
   */
  private List<IpEndpoint> toTell(long nowNanos) {
    List<IpEndpoint> reachable = dialledBack.reachable();
    IpEndpoint certain = own.certain();
    if (own.external() == null && !reachable.isEmpty()) {
      return reachable;
    }
    IpEndpoint only = certain != null || dialledBack.canAsk() ? certain : own.current(nowNanos);
    boolean isVain =
        only != null && own.external() == null && dialledBack.of(only) == Reachability.PRIVATE;
    return only == null || isVain ? List.of() : List.of(only);
  }

  private void tell(Collection<AddressLink> peers, IpEndpoint current, long nowNanos) {
    AddressRecord record = new AddressRecord(current, 0, AddressRecord.SERVES_GOSSIP);
    for (AddressLink link : peers) {
      if (link.isOwnDue(current, nowNanos) && link.ours().take(1, nowNanos) == 1) {
        links.send(link.id(), new WireMessage.Addr(List.of(record)));
        link.toldOwn(current, nowNanos + draws.exponential(TELLS_OF_ITSELF.toNanos()));
      }
    }
  }

  /**
   * To two of the other peers, the same ones for a day: so an address that is told again and again
   * takes the same ways, and nobody can have it told to all. It grows older with each step, so that
   * it comes to rest even where everybody has forgotten whom it was told.
   */
  private void tellOn(AddressRecord record, AddressLink from, long nowNanos) {
    IpEndpoint endpoint = record.endpoint();
    long ofAddress =
        keyed.hash(endpoint.address().high(), endpoint.address().low(), endpoint.port());
    long day = Math.floorDiv(nowNanos + Long.remainderUnsigned(ofAddress, DAY_NANOS), DAY_NANOS);
    TreeMap<Long, AddressLink> first = new TreeMap<>();
    for (AddressLink link : open.values()) {
      if (link != from && link.isInterested()) {
        first.put(keyed.hash(ofAddress, day, link.id().value()), link);
      }
      if (first.size() > TOLD_ON_TO) {
        first.pollLastEntry();
      }
    }
    for (AddressLink link : first.values()) {
      link.tellLater(record.older(GATHERED_FOR.toSeconds()));
      gathering.wind(alarm, nowNanos);
    }
  }
}
