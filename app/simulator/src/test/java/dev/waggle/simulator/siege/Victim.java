package dev.waggle.simulator.siege;

import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.peers.JoinSettings;
import dev.waggle.domain.peers.PeerManager;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.engine.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The node under siege, from a start to its end: the real {@link PeerManager}, whose links are
 * entries of a table here.
 *
 * <p>Nobody is silent or slow here: links are looked at for that so seldom that a week costs
 * seconds.
 */
final class Victim implements Links, PeerDirectory {
  static final int OUTBOUND = 8;
  static final int INBOUND = 117;
  private static final int IDENTITY = 1_000_000;
  private static final int PORT = 9000;
  private static final Endpoint OWN = new Endpoint("198.41.0.4", PORT);
  private static final Duration SELDOM = Duration.ofHours(12);

  /** How the rest of the world hears of what the node does. */
  interface World {
    void dialled(PeerAddress address);

    void asked(Link link);
  }

  /** A link of the node's. */
  record Link(LinkId id, Party.Node with, boolean outbound, Neighbour neighbour) {}

  private final EventQueue queue;
  private final World world;
  private final PeerManager manager;
  private final Alarm alarm = new Alarm();
  private final Map<LinkId, Link> links = new LinkedHashMap<>();
  private PeerMemory kept;
  private long keptNanos;
  private long nextLink;
  private long wakeAt = Long.MAX_VALUE;
  private boolean alive = true;

  Victim(
      EventQueue queue,
      Seeds seeds,
      int life,
      PeerMemory remembered,
      IpEndpoint seed,
      World world) {
    this.queue = queue;
    this.world = world;
    this.kept = remembered;
    JoinSettings join =
        JoinSettings.through(List.of(new PeerAddress(seed.endpoint(), null)), false);
    PeerSettings settings =
        new PeerSettings(join, OUTBOUND, INBOUND, SELDOM, SELDOM.multipliedBy(2), SELDOM);
    this.manager =
        new PeerManager(
            Cast.peer(IDENTITY).id(),
            settings,
            InboundLimits.DEFAULTS,
            RateSettings.DEFAULTS,
            remembered,
            this,
            this,
            PeerObserver.NONE,
            new Draws(seeds.source(Seeds.Purpose.NODE, life)),
            alarm);
  }

  void start() {
    event(() -> manager.start(IpEndpoint.of(OWN), now()));
  }

  /** Its power fails. */
  void die() {
    alive = false;
    links.clear();
  }

  /** What it would know if it were started now. */
  PeerMemory memory() {
    return kept.after(Duration.ofNanos(now() - keptNanos));
  }

  private long now() {
    return queue.nowNanos();
  }

  private void event(Runnable event) {
    if (!alive) {
      return;
    }
    event.run();
    var _ = manager.takeDeparted();
    long at = Math.max(now(), alarm.deadlineNanos(now()));
    if (at < wakeAt) {
      wakeAt = at;
      queue.at(at, () -> wake(at));
    }
  }

  private void wake(long at) {
    if (wakeAt == at) {
      wakeAt = Long.MAX_VALUE;
      event(
          () -> {
            if (alarm.rings(now())) {
              manager.timePassed(now());
            }
          });
    }
  }

  // ---- what others do

  /** A link stands; null if the node ended it at once. */
  @Nullable Link established(Party.Node with, int identity, @Nullable PeerAddress dialled) {
    if (!alive) {
      return null;
    }
    LinkId id = new LinkId(++nextLink);
    PeerInfo info =
        new PeerInfo(
            Cast.peer(identity).id(),
            with.endpoint.endpoint(),
            OWN,
            dialled == null ? Direction.INBOUND : Direction.OUTBOUND,
            "toy",
            "bincode",
            List.of());
    List<Link> made = new ArrayList<>(1);
    List<LinkId> before = asking;
    event(
        () -> {
          Neighbour neighbour =
              manager.established(id, Cast.peer(identity), info, dialled, false, now());
          if (neighbour != null) {
            Link link = new Link(id, with, dialled != null, neighbour);
            links.put(id, link);
            made.add(link);
          }
        });
    if (made.isEmpty()) {
      return null;
    }
    if (before.remove(id)) {
      world.asked(made.getFirst());
    }
    return made.getFirst();
  }

  private final List<LinkId> asking = new ArrayList<>();

  void dialFailed(PeerAddress address, CloseReason.Cause cause) {
    DialFailure failure = new DialFailure.NotConnected(CloseReason.of(cause));
    event(() -> manager.dialFailed(address, failure, now()));
  }

  void tell(Link link, List<AddressRecord> addresses) {
    if (links.containsKey(link.id)) {
      event(() -> manager.addressesTold(link.id, addresses, now()));
    }
  }

  /** The other side ends a link. */
  void end(Link link) {
    if (links.remove(link.id) != null) {
      event(() -> manager.closed(link.id, CloseReason.of(CloseReason.Cause.RESET), now()));
    }
  }

  /** The other side has no place for it. */
  void refuse(Link link) {
    if (links.containsKey(link.id)) {
      event(() -> manager.goodbye(link.id, GoodbyeReason.TOO_MANY_PEERS, now()));
    }
  }

  void broughtFirst(Link link) {
    link.neighbour.broughtFirst(GossipMessage.Kind.TRANSACTION, now());
  }

  boolean has(Link link) {
    return links.containsKey(link.id);
  }

  List<Link> links() {
    return new ArrayList<>(links.values());
  }

  /** Those that it has chosen, and keeps. */
  List<Link> kept() {
    List<Link> kept = new ArrayList<>();
    for (PeerStatus peer : manager.status(now())) {
      Link link = links.get(peer.link());
      if (peer.kept() && link != null) {
        kept.add(link);
      }
    }
    return kept;
  }

  // ---- what the node does

  @Override
  public void dial(PeerAddress address, DialWay way) {
    world.dialled(address);
  }

  @Override
  public boolean send(LinkId link, WireMessage message) {
    if (message instanceof WireMessage.GetAddr) {
      asking.add(link); // Before the link is in the table: it is established at this moment.
    }
    return true;
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
  public void close(LinkId link, CloseReason why) {
    links.remove(link);
    queue.after(0, () -> event(() -> manager.closed(link, why, now())));
  }

  @Override
  public long lastHeardNanos(LinkId link) {
    return now();
  }

  @Override
  public void lookUp(String dnsSeed) {}

  @Override
  public void keep(PeerMemory memory) {
    kept = memory;
    keptNanos = now();
  }
}
