package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.domain.addresses.Reach;
import dev.waggle.domain.punch.EndpointMapping;
import dev.waggle.domain.punch.Outlook;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which links leave from the port at which the node listens, and what peers see of them (PROTOCOL
 * §9.9). Owned by one thread.
 */
public final class OwnPort {
  /** So many of the links that are kept, for each IP version. */
  static final int LINKS = 2;

  /** Network groups that must see the same endpoint. */
  static final int WITNESSES = 2;

  /** The last groups whose word counts, for each IP version: two liars' words pass. */
  private static final int MAX_WORDS = 4;

  /**
   * For so long after the last packet a router may let in whom the node has dialled from its
   * listening port; such a peer is not asked whether others can come in.
   */
  static final Duration LETS_IN = Duration.ofHours(24);

  /** Addresses dialled from that port by choice: others are left to be asked. */
  static final int MAX_CHOSEN = 32;

  /** Addresses that were punched; the one that was first is forgotten first. */
  static final int MAX_PUNCHED = 512;

  /**
   * What a router may tell from others: an address; on a network of one's own, where many nodes may
   * be on one machine, with its port.
   */
  private record Place(IpAddress address, int port) {
    static Place of(IpEndpoint endpoint) {
      boolean isPublic = Reach.of(endpoint.address()) == Reach.PUBLIC;
      return new Place(endpoint.address(), isPublic ? 0 : endpoint.port());
    }
  }

  private final OwnAddress own;
  private final boolean traverses;
  private final Map<Place, Long> chosenNanos = new LinkedHashMap<>(); // The last is last.
  private final Map<Place, Long> punchedNanos = new LinkedHashMap<>();
  private final Map<LinkId, IpEndpoint> standing = new LinkedHashMap<>();
  private final Map<NetworkGroup, IpEndpoint> ipv4Words = new LinkedHashMap<>();
  private final Map<NetworkGroup, IpEndpoint> ipv6Words = new LinkedHashMap<>();

  /** No link has left from there. */
  public OwnPort(OwnAddress own, ReachSettings settings) {
    this.own = own;
    this.traverses = settings.traverses();
  }

  /** Of a node that dials from any port. */
  public static OwnPort never() {
    return new OwnPort(new OwnAddress(null), ReachSettings.DIRECT);
  }

  /**
   * How to dial an address for a link that is to be kept.
   *
   * @param others links of the same IP version that leave from the listening port, or will
   */
  public DialWay way(IpEndpoint to, int others, long nowNanos) {
    Place place = Place.of(to);
    forget(chosenNanos, nowNanos);
    boolean isKnown = chosenNanos.containsKey(place);
    if (!isOfUse(to.address().isIpv4())
        || others >= LINKS
        || (!isKnown && chosenNanos.size() >= MAX_CHOSEN)) {
      return DialWay.ANY_PORT;
    }
    remember(chosenNanos, place, MAX_CHOSEN, nowNanos);
    return DialWay.OWN_PORT;
  }

  /** Whether a router may stand before where the node listens, as far as it knows. */
  private boolean isOfUse(boolean ipv4) {
    IpEndpoint listening = own.listening();
    if (!traverses || listening == null || own.direct(ipv4) != null) {
      return false;
    }
    IpAddress at = listening.address();
    if (at.isUnspecified()) {
      return ipv4 || !at.isIpv4();
    }
    return at.isIpv4() == ipv4 && Reach.of(at) == Reach.PRIVATE;
  }

  private static void remember(Map<Place, Long> table, Place place, int most, long nowNanos) {
    table.remove(place);
    if (table.size() == most) {
      table.remove(table.keySet().iterator().next());
    }
    table.put(place, nowNanos);
  }

  private static void forget(Map<Place, Long> table, long nowNanos) {
    table.values().removeIf(sinceNanos -> nowNanos - sinceNanos >= LETS_IN.toNanos());
  }

  /**
   * An endpoint is about to be dialled from the listening port: what comes from there afterwards
   * proves nothing about others, so nobody there is asked to dial this node for a while.
   */
  void punches(IpEndpoint endpoint, long nowNanos) {
    remember(punchedNanos, Place.of(endpoint), MAX_PUNCHED, nowNanos);
  }

  void linked(LinkId id, PeerInfo info, IpEndpoint remote) {
    IpEndpoint listening = own.listening();
    if (info.direction() == Direction.OUTBOUND
        && listening != null
        && info.local().port() == listening.port()) {
      standing.put(id, remote);
    }
  }

  void unlinked(LinkId id, long nowNanos) {
    IpEndpoint remote = standing.remove(id);
    if (remote != null && chosenNanos.containsKey(Place.of(remote))) {
      remember(chosenNanos, Place.of(remote), MAX_CHOSEN, nowNanos);
    }
  }

  /** Whether nothing has left for where a peer is from the listening port, for a while. */
  boolean isUntouched(IpEndpoint peer, long nowNanos) {
    forget(chosenNanos, nowNanos);
    forget(punchedNanos, nowNanos);
    Place place = Place.of(peer);
    return !chosenNanos.containsKey(place)
        && !punchedNanos.containsKey(place)
        && standing.values().stream().noneMatch(remote -> Place.of(remote).equals(place));
  }

  /** A peer says where it sees the node's end of a link. */
  void observed(LinkId id, IpEndpoint seen) {
    IpEndpoint remote = standing.get(id);
    if (remote == null || !own.leadsHere(seen.address(), false)) {
      return;
    }
    Map<NetworkGroup, IpEndpoint> words = words(seen.address().isIpv4());
    NetworkGroup by = NetworkGroup.of(remote);
    words.remove(by);
    if (words.size() == MAX_WORDS) {
      words.remove(words.keySet().iterator().next());
    }
    words.put(by, seen);
  }

  private Map<NetworkGroup, IpEndpoint> words(boolean ipv4) {
    return ipv4 ? ipv4Words : ipv6Words;
  }

  /**
   * The endpoint at which two groups have seen the listening port, the last ones if they differ.
   */
  @Nullable IpEndpoint agreed(boolean ipv4) {
    List<IpEndpoint> lastFirst = new ArrayList<>(words(ipv4).values()).reversed();
    for (IpEndpoint word : lastFirst) {
      if (lastFirst.stream().filter(word::equals).count() >= WITNESSES) {
        return word;
      }
    }
    return null;
  }

  /**
   * The endpoint at which peers of two network groups see the listening port, and so will others;
   * null unless the router's mapping is {@link EndpointMapping#INDEPENDENT}.
   */
  @Nullable IpEndpoint forPunching(boolean ipv4) {
    boolean isOpen =
        standing.values().stream().anyMatch(remote -> remote.address().isIpv4() == ipv4);
    return isOpen ? agreed(ipv4) : null; // Without a link the router may have forgotten it.
  }

  /** What a router makes of the listening port. */
  EndpointMapping mapping(boolean ipv4) {
    if (agreed(ipv4) != null) {
      return EndpointMapping.INDEPENDENT;
    }
    return words(ipv4).size() < WITNESSES ? EndpointMapping.UNKNOWN : EndpointMapping.DEPENDENT;
  }

  /** Where a peer would see what leaves from the listening port; null if nobody has seen any. */
  Outlook.@Nullable Seen seen(boolean ipv4) {
    IpEndpoint agreed = forPunching(ipv4);
    if (agreed != null) {
      return new Outlook.Seen(agreed, EndpointMapping.INDEPENDENT);
    }
    List<IpEndpoint> all = new ArrayList<>(words(ipv4).values());
    if (all.isEmpty()) {
      return null;
    }
    EndpointMapping mapping =
        mapping(ipv4) == EndpointMapping.DEPENDENT
            ? EndpointMapping.DEPENDENT
            : EndpointMapping.UNKNOWN;
    return new Outlook.Seen(all.getLast(), mapping);
  }
}
