package dev.waggle.domain.node;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.domain.handshake.VerifiedPeers;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Nodes behind routers that let nobody in who was not dialled, with relays that all can dial. Two
 * dials that are under way at the same time become one connection.
 */
final class PunchNetwork {
  /** From one node to another. */
  static final Duration LATENCY = Duration.ofMillis(50);

  /** What signing or checking takes. */
  private static final Duration ARITHMETIC = Duration.ofMillis(1);

  /** A dial fails after so long. */
  static final Duration DIAL = Duration.ofSeconds(3);

  static final CipherSuite SUITE = ToySuite.create();

  /** One end of a connection that stands. */
  private record End(PunchNode node, LinkId link) {}

  /** What happens at some time; of what happens at the same time, in the order of its making. */
  private record Event(long nanos, long number, Runnable action) {}

  private record Dial(PunchNode by, PeerAddress address, long number) {}

  private final SeededRandom random = new SeededRandom(7);
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
  private final List<PunchNode> nodes = new ArrayList<>();
  private final Map<LinkId, End> otherEnds = new LinkedHashMap<>();
  private final List<Dial> dials = new ArrayList<>();
  private long nowNanos = 1_000;
  private long numbers;

  /** How many dials were begun to punch. */
  final Map<IpEndpoint, Integer> dialled = new LinkedHashMap<>();

  /** Hears when a node dials to punch. */
  LongConsumer onDial = _ -> {};

  /** Whether a message is lost that {@link #sender} sends. */
  Predicate<WireMessage> loses = _ -> false;

  @Nullable PunchNode sender;

  /** Those in force on each link. */
  List<Integer> features = List.of(Feature.HOLE_PUNCHING);

  /** Places that nodes made from now on have for strangers. */
  int maxInbound = 117;

  /** Whether the routers let anything through at all. */
  boolean opens = true;

  /** Whether the second of two dials comes in at the first one's listener, which itself fails. */
  boolean comesInAtListener;

  /** One more node, at an address of its own. */
  PunchNode node(boolean isPrivate) {
    return node(isPrivate, maxInbound);
  }

  /** The same, with so many places for strangers. */
  PunchNode node(boolean isPrivate, int places) {
    IpEndpoint at = new IpEndpoint(IpAddress.ofIpv4(0x52000001 + (nodes.size() << 16)), 9000);
    PunchNode node =
        new PunchNode(this, settings(ToySuite.identity(random)), at, isPrivate, places);
    nodes.add(node);
    node.service.start(null, nowNanos);
    return node;
  }

  /** Somebody who is no node of this network. */
  HandshakeSettings stranger() {
    return settings(ToySuite.identity(random));
  }

  private HandshakeSettings settings(PeerIdentity identity) {
    return new HandshakeSettings(
        identity,
        NetworkId.of("test", SUITE.hash()),
        List.of(SUITE),
        List.of("bincode"),
        List.of(Feature.HOLE_PUNCHING),
        SUITE.hash(),
        random);
  }

  long nowNanos() {
    return nowNanos;
  }

  /** A number that was not used before. */
  long next() {
    return ++numbers;
  }

  SeededRandom random() {
    return random;
  }

  void after(Duration delay, Runnable action) {
    events.add(new Event(nowNanos + delay.toNanos(), ++numbers, action));
  }

  void compute(Runnable action) {
    after(ARITHMETIC, action);
  }

  /** Lets time pass. */
  void run(Duration time) {
    long untilNanos = nowNanos + time.toNanos();
    while (nowNanos < untilNanos) {
      long nextNanos = untilNanos;
      if (!events.isEmpty()) {
        nextNanos = Math.min(nextNanos, events.element().nanos());
      }
      for (PunchNode node : nodes) {
        nextNanos = Math.min(nextNanos, node.service.nextWakeNanos(nowNanos));
      }
      nowNanos = Math.max(nowNanos, nextNanos);
      while (!events.isEmpty() && events.element().nanos() <= nowNanos) {
        events.remove().action().run();
      }
      for (PunchNode node : nodes) {
        node.service.timePassed(nowNanos);
      }
    }
  }

  /** An ordinary link; returns the end of who has dialled. */
  LinkId link(PunchNode dialler, PunchNode acceptor) {
    PeerAddress address = new PeerAddress(acceptor.at.endpoint(), acceptor.id());
    return connect(dialler, address, acceptor, null);
  }

  private LinkId connect(
      PunchNode initiator,
      @Nullable PeerAddress initiatorDialled,
      PunchNode responder,
      @Nullable PeerAddress responderDialled) {
    LinkId one = new LinkId(++numbers);
    LinkId other = new LinkId(++numbers);
    otherEnds.put(one, new End(responder, other));
    otherEnds.put(other, new End(initiator, one));
    establish(initiator, one, responder, Direction.OUTBOUND, initiatorDialled);
    establish(responder, other, initiator, Direction.INBOUND, responderDialled);
    return one;
  }

  private void establish(
      PunchNode node,
      LinkId link,
      PunchNode peer,
      Direction direction,
      @Nullable PeerAddress dialled) {
    PeerInfo info =
        new PeerInfo(
            peer.id(),
            peer.at.endpoint(),
            node.at.endpoint(),
            direction,
            SUITE.name(),
            "bincode",
            features);
    node.service.linkEstablished(
        link, VerifiedPeers.of(peer.settings.identity()), info, dialled, nowNanos);
  }

  /** Ends a connection, whatever its nodes make of that. */
  void cut(LinkId link) {
    End other = otherEnds.remove(link);
    End one = other == null ? null : otherEnds.remove(other.link());
    if (other != null && one != null) {
      CloseReason why = CloseReason.of(CloseReason.Cause.RESET);
      after(Duration.ZERO, () -> one.node().service.linkClosed(one.link(), why, nowNanos));
      after(Duration.ZERO, () -> other.node().service.linkClosed(other.link(), why, nowNanos));
    }
  }

  boolean stands(LinkId link) {
    return otherEnds.containsKey(link);
  }

  boolean send(PunchNode by, LinkId link, WireMessage message) {
    sender = by;
    End to = otherEnds.get(link);
    if (to != null && !loses.test(message)) {
      after(
          LATENCY,
          () -> {
            if (otherEnds.containsKey(to.link())) {
              to.node().service.received(to.link(), message, nowNanos);
            }
          });
    }
    return to != null;
  }

  void punch(PunchNode by, PeerAddress address) {
    IpEndpoint at = IpEndpoint.of(address.endpoint());
    if (at != null) {
      dialled.merge(at, 1, Integer::sum);
    }
    onDial.accept(nowNanos);
    Dial dial = new Dial(by, address, ++numbers);
    dials.add(dial);
    after(LATENCY, () -> arrive(dial));
    after(DIAL, () -> fail(dial));
  }

  /** The first packet of a dial has come to the other's router: it passes if that one dials too. */
  private void arrive(Dial dial) {
    for (Dial other : new ArrayList<>(dials)) {
      if (opens && dials.contains(dial) && areOpposite(dial, other)) {
        dials.remove(dial);
        if (comesInAtListener) {
          connect(dial.by(), dial.address(), other.by(), null);
          fail(other);
        } else {
          dials.remove(other);
          connect(dial.by(), dial.address(), other.by(), other.address());
        }
      }
    }
  }

  private static boolean areOpposite(Dial one, Dial other) {
    return one.address().endpoint().equals(other.by().at.endpoint())
        && other.address().endpoint().equals(one.by().at.endpoint());
  }

  private void fail(Dial dial) {
    if (dials.remove(dial)) {
      DialFailure why = new DialFailure.NotConnected(CloseReason.of(CloseReason.Cause.TIMED_OUT));
      dial.by().service.dialFailed(dial.address(), why, nowNanos);
    }
  }
}
