package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.handshake.VerifiedPeers;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A {@link PeerManager} whose links lead nowhere, at a time that the test decides. */
abstract class PeerManagerFixture {
  static final PeerAddress SEED = PeerAddress.parse("10.0.0.1:9000");
  static final PeerAddress OTHER_SEED = PeerAddress.parse("10.0.0.2:9000");
  static final String HOST = "10.0.0.9";

  /** Where the node listens: at each address of its machine. */
  static final IpEndpoint LISTENING = new IpEndpoint(IpAddress.ofIpv4(0), 9000);

  static final Duration PING_AFTER = PeerSettings.DEFAULT_PING_AFTER;
  static final Duration SILENCE = PeerSettings.DEFAULT_SILENCE_LIMIT;
  static final DialFailure REFUSED =
      new DialFailure.NotConnected(CloseReason.of(CloseReason.Cause.REFUSED));

  // Ten identities in the order of their PeerIds; this node is the fifth.
  static final List<PeerIdentity> IDENTITIES = identities();
  static final PeerIdentity SELF = IDENTITIES.get(5);
  static final PeerIdentity SMALLER = IDENTITIES.get(2);
  static final PeerIdentity LARGER = IDENTITIES.get(8);

  final RecordingLinks links = new RecordingLinks();
  final RecordingDirectory directory = new RecordingDirectory();
  final Alarm alarm = new Alarm();
  final List<String> observed = new ArrayList<>();
  long now = Long.MAX_VALUE - Duration.ofSeconds(40).toNanos(); // Soon runs over.
  private long linkNumber;

  /** What the manager made of the last link. */
  @Nullable Neighbour taken;

  RateSettings rates = RateSettings.DEFAULTS;
  PeerManager manager = manager(PeerSettings.defaults(List.of()));

  private static List<PeerIdentity> identities() {
    return identities(10, 11).stream()
        .sorted((one, other) -> one.peerId().compareTo(other.peerId()))
        .toList();
  }

  /** So many peers. */
  static List<PeerIdentity> identities(int count, long seed) {
    SeededRandom random = new SeededRandom(seed);
    return IntStream.range(0, count).mapToObj(_ -> ToySuite.identity(random)).toList();
  }

  PeerManager manager(PeerSettings settings) {
    return manager(settings, InboundLimits.DEFAULTS, PeerMemory.NOTHING);
  }

  PeerManager manager(PeerSettings settings, InboundLimits limits) {
    return manager(settings, limits, PeerMemory.NOTHING);
  }

  PeerManager manager(PeerSettings settings, PeerMemory remembered) {
    return manager(settings, InboundLimits.DEFAULTS, remembered);
  }

  private PeerManager manager(PeerSettings settings, InboundLimits limits, PeerMemory remembered) {
    return new PeerManager(
        SELF.peerId(),
        settings,
        limits,
        rates,
        remembered,
        links,
        directory,
        observer(),
        new Draws(new SeededRandom(2)),
        alarm);
  }

  /** Settings of a node that dials nobody and has so many places for those who dial it. */
  static PeerSettings withPlaces(int count) {
    return new PeerSettings(List.of(), 0, count, PING_AFTER, SILENCE, Duration.ofSeconds(20));
  }

  private PeerObserver observer() {
    return new PeerObserver() {
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
        boolean never = retryInNanos == Long.MAX_VALUE;
        observed.add(
            "failed " + reason + (never ? "" : " " + Duration.ofNanos(retryInNanos).toMillis()));
      }
    };
  }

  void startWith(PeerAddress... seeds) {
    manager = manager(PeerSettings.defaults(Arrays.asList(seeds)));
    manager.start(LISTENING, now);
  }

  LinkId inbound(PeerIdentity who) {
    return establish(who, null);
  }

  /** A peer dials in from an address of its own choice. */
  LinkId inbound(PeerIdentity who, String host) {
    return establish(who, host, null);
  }

  /** A peer dials in, and answers the Ping that every link begins with. */
  LinkId answered(PeerIdentity who) {
    LinkId link = inbound(who);
    answerFirstPing(link);
    return link;
  }

  void answerFirstPing(LinkId link) {
    pass(Duration.ZERO);
    List<WireMessage> sent = links.take(link);
    assertThat(sent).singleElement().isInstanceOf(WireMessage.Ping.class);
    manager.pong(link, ((WireMessage.Ping) sent.getFirst()).nonce(), now);
  }

  LinkId establish(PeerIdentity who, @Nullable PeerAddress dialled) {
    return establish(who, HOST, dialled);
  }

  private LinkId establish(PeerIdentity who, String host, @Nullable PeerAddress dialled) {
    LinkId link = new LinkId(++linkNumber);
    links.heardNanos.put(link, now);
    Direction direction = dialled == null ? Direction.INBOUND : Direction.OUTBOUND;
    PeerInfo info =
        new PeerInfo(
            who.peerId(),
            new Endpoint(host, 1),
            new Endpoint("10.0.0.2", 9),
            direction,
            "toy",
            "bincode",
            List.of());
    taken = manager.established(link, VerifiedPeers.of(who), info, dialled, false, now);
    return link;
  }

  void pass(Duration time) {
    now += time.toNanos();
    if (alarm.rings(now)) {
      manager.timePassed(now);
    }
  }

  void closedBy(LinkId link, CloseReason.Cause cause) {
    links.heardNanos.remove(link);
    manager.closed(link, CloseReason.of(cause), now);
  }

  List<LinkId> active() {
    return manager.status(now).stream().map(PeerStatus::link).toList();
  }

  static WireMessage goodbye(GoodbyeReason reason) {
    return new WireMessage.Goodbye(reason);
  }
}
