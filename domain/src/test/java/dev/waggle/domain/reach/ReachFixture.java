package dev.waggle.domain.reach;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.domain.addresses.Reach;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a node knows of being dialled, on links that lead nowhere, at a time of the test's own. */
abstract class ReachFixture {
  static final int PORT = 9000;
  static final Direction OUT = Direction.OUTBOUND;
  static final List<Integer> FEATURES = List.of(Feature.DIAL_BACK);

  final FakeLinks links = new FakeLinks();
  final Alarm alarm = new Alarm();
  final List<String> observed = new ArrayList<>();
  final Set<IpEndpoint> undialled = new LinkedHashSet<>();
  final Map<LinkId, PeerInfo> peers = new LinkedHashMap<>();
  OwnAddress own = new OwnAddress(null);
  Reaching reaching = reaching(ReachSettings.ANYWHERE);
  long now = Long.MAX_VALUE - Duration.ofMinutes(2).toNanos(); // Soon runs over.
  private long lastLink;

  static IpAddress ip(String literal) {
    return Objects.requireNonNull(IpAddress.ofLiteral(literal));
  }

  static IpEndpoint at(String endpoint) {
    return Objects.requireNonNull(IpEndpoint.of(Endpoint.parse(endpoint)));
  }

  static PeerId peerId(long number) {
    byte[] id = new byte[PeerId.LENGTH];
    for (int i = 0; i < Long.BYTES; i++) {
      id[i] = (byte) (number >>> (8 * i));
    }
    return new PeerId(Bytes.wrap(id));
  }

  Reaching reaching(ReachSettings settings) {
    return new Reaching(
        own,
        settings,
        endpoint -> Reach.of(endpoint.address()) == Reach.PUBLIC,
        (endpoint, _) ->
            Reach.of(endpoint.address()) == Reach.PUBLIC && !undialled.contains(endpoint),
        links,
        new PeerObserver() {
          @Override
          public void reachabilityChanged(Reachability state, @Nullable IpEndpoint at) {
            observed.add(state.word() + (at == null ? "" : " " + at));
          }

          @Override
          public void mapped(Mapping mapping) {
            observed.add("mapped " + mapping.external());
          }

          @Override
          public void mappingLost(Mapping mapping, String reason) {
            observed.add("lost " + mapping.external() + " " + reason);
          }

          @Override
          public void mappingFailed(String reason) {
            observed.add("failed " + reason);
          }
        },
        new Draws(new SeededRandom(1)),
        alarm);
  }

  /** The node listens at all addresses of its machine. */
  void start() {
    start("0.0.0.0", false);
  }

  void start(String listening, boolean reached) {
    own.listensAt(new IpEndpoint(ip(listening), PORT), reached);
    reaching.start(now);
  }

  LinkId link(long peer, Direction direction, String remote, String local, List<Integer> features) {
    LinkId id = new LinkId(++lastLink);
    PeerInfo info =
        new PeerInfo(
            peerId(peer),
            Endpoint.parse(remote),
            Endpoint.parse(local),
            direction,
            "toy",
            "bincode",
            features);
    peers.put(id, info);
    reaching.linked(id, info, now);
    return id;
  }

  /** A link to a peer of another network group, that the node has dialled. */
  LinkId outbound(int peer) {
    return link(peer, Direction.OUTBOUND, "30." + peer + ".1.1:9000", "10.0.0.5:40000", FEATURES);
  }

  /** A peer that dials in. */
  LinkId inbound(long peer, String remote) {
    return link(peer, Direction.INBOUND, remote, "20.1.1.1:9000", FEATURES);
  }

  /** A peer says where it sees the node. */
  void sees(LinkId link, String endpoint) {
    IpEndpoint seen = at(endpoint);
    PeerInfo info = Objects.requireNonNull(peers.get(link));
    IpEndpoint remote = Objects.requireNonNull(IpEndpoint.of(info.remote()));
    own.observed(seen.address(), ip(info.local().host()), NetworkGroup.of(remote));
    reaching.observed(link, seen, now);
  }

  void unlink(LinkId link) {
    reaching.unlinked(link, now);
  }

  /** A new connection, that is not a link yet: returns whether it was dialled back. */
  boolean takes(LinkId id, PeerInfo info, @Nullable PeerAddress dialled) {
    return reaching.takes(id, info, dialled, now);
  }

  /** A peer that the node is linked with connects; null if that is a link like others. */
  @Nullable LinkId connects(LinkId peer) {
    LinkId id = new LinkId(++lastLink);
    PeerInfo info = Objects.requireNonNull(peers.get(peer));
    PeerInfo inbound =
        new PeerInfo(
            info.id(),
            new Endpoint(info.remote().host(), 50_000),
            info.local(),
            Direction.INBOUND,
            "toy",
            "bincode",
            FEATURES);
    return takes(id, inbound, null) ? id : null;
  }

  LinkId newLinkId() {
    return new LinkId(++lastLink);
  }

  /** Time passes, and everything that is due by then is done at its time. */
  void pass(Duration time) {
    long endNanos = now + time.toNanos();
    while (true) {
      long dueNanos = alarm.deadlineNanos(now);
      if (dueNanos - endNanos > 0) {
        break;
      }
      now = dueNanos - now > 0 ? dueNanos : now;
      if (!alarm.rings(now)) {
        break;
      }
      reaching.timePassed(now);
    }
    now = endNanos;
  }

  /** What a peer was asked since the last call, or null. */
  WireMessage.@Nullable DialRequest asked(LinkId link) {
    for (WireMessage message : links.take(link)) {
      if (message instanceof WireMessage.DialRequest request) {
        return request;
      }
    }
    return null;
  }

  Reachability state() {
    return reaching.status(ReachStatus.Punches.NONE, now).state();
  }
}
