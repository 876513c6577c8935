package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.handshake.VerifiedPeers;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.testkit.crypto.SeededRandom;
import dev.waggle.ports.testkit.crypto.ToySuite;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerManagerTest {
  private static final PeerAddress SEED = PeerAddress.parse("10.0.0.1:9000");
  private static final PeerAddress OTHER_SEED = PeerAddress.parse("10.0.0.2:9000");
  private static final Duration PING_AFTER = PeerSettings.DEFAULT_PING_AFTER;
  private static final Duration SILENCE = PeerSettings.DEFAULT_SILENCE_LIMIT;
  private static final DialFailure REFUSED =
      new DialFailure.NotConnected(CloseReason.of(CloseReason.Cause.REFUSED));

  // Ten identities in the order of their PeerIds; this node is the fifth.
  private static final List<PeerIdentity> IDENTITIES = identities();
  private static final PeerIdentity SELF = IDENTITIES.get(5);
  private static final PeerIdentity SMALLER = IDENTITIES.get(2);
  private static final PeerIdentity LARGER = IDENTITIES.get(8);

  private final RecordingLinks links = new RecordingLinks();
  private final Alarm alarm = new Alarm();
  private final List<String> observed = new ArrayList<>();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(40).toNanos(); // Soon runs over.
  private long linkNumber;
  private PeerManager manager = manager(PeerSettings.defaults(List.of()));

  private static List<PeerIdentity> identities() {
    SeededRandom random = new SeededRandom(11);
    return IntStream.range(0, 10)
        .mapToObj(_ -> ToySuite.identity(random))
        .sorted((one, other) -> one.peerId().compareTo(other.peerId()))
        .toList();
  }

  private PeerManager manager(PeerSettings settings) {
    return new PeerManager(
        SELF.peerId(), settings, links, observer(), new Draws(new SeededRandom(2)), alarm);
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

  private void startWith(PeerAddress... seeds) {
    manager = manager(PeerSettings.defaults(Arrays.asList(seeds)));
    manager.start(now);
  }

  private LinkId inbound(PeerIdentity who) {
    return establish(who, null);
  }

  private LinkId establish(PeerIdentity who, @Nullable PeerAddress dialled) {
    LinkId link = new LinkId(++linkNumber);
    links.heardNanos.put(link, now);
    Direction direction = dialled == null ? Direction.INBOUND : Direction.OUTBOUND;
    PeerInfo info =
        new PeerInfo(who.peerId(), new Endpoint("10.0.0.9", 1), direction, "toy", "bincode");
    manager.established(link, VerifiedPeers.of(who), info, dialled, now);
    return link;
  }

  private void pass(Duration time) {
    now += time.toNanos();
    if (alarm.rings(now)) {
      manager.timePassed(now);
    }
  }

  private void closedBy(LinkId link, CloseReason.Cause cause) {
    links.heardNanos.remove(link);
    manager.closed(link, CloseReason.of(cause), now);
  }

  private List<LinkId> active() {
    return manager.status(now).stream().map(PeerStatus::link).toList();
  }

  private static WireMessage goodbye(GoodbyeReason reason) {
    return new WireMessage.Goodbye(reason);
  }

  // Dialling (PROTOCOL §9.1)

  @Test
  void seeds_areDialledUpToTheTarget() {
    List<PeerAddress> seeds =
        IntStream.range(0, 20)
            .mapToObj(i -> new PeerAddress(new Endpoint("10.0.0." + i, 9000), null))
            .toList();
    startWith(seeds.toArray(PeerAddress[]::new));
    assertThat(links.takeDials()).hasSize(PeerSettings.DEFAULT_OUTBOUND_TARGET).isSubsetOf(seeds);
  }

  @Test
  void dialsUnderWay_areBounded() {
    List<PeerAddress> seeds =
        IntStream.range(0, 200)
            .mapToObj(i -> new PeerAddress(new Endpoint("10.0.0." + i, 9000), null))
            .toList();
    manager = manager(new PeerSettings(seeds, 100, 0, PING_AFTER, SILENCE, Duration.ofSeconds(20)));
    manager.start(now);
    assertThat(links.takeDials()).hasSize(Dialler.MAX_CONCURRENT);
    manager.dialFailed(seeds.getFirst(), REFUSED, now);
    assertThat(links.dials.size()).isLessThanOrEqualTo(1);
  }

  @Test
  void failures_backOffToTheCap_withJitter() {
    startWith(SEED);
    for (int failures = 1; failures <= 12; failures++) {
      assertThat(links.takeDials()).containsExactly(SEED);
      manager.dialFailed(SEED, REFUSED, now);
      long most = Math.min(500L << (failures - 1), 30_000);
      String heard = observed.getLast();
      assertThat(heard).startsWith("failed refused ");
      long retryIn = Long.parseLong(heard.substring("failed refused ".length()));
      assertThat(retryIn).isBetween(most / 2, most);
      pass(Duration.ofMillis(retryIn - 1));
      assertThat(links.dials).isEmpty();
      pass(Duration.ofMillis(2));
    }
  }

  @Test
  void wrongPeer_isRetriedMuchLater_selfNever() {
    startWith(SEED, OTHER_SEED);
    links.takeDials();
    manager.dialFailed(
        SEED,
        new DialFailure.HandshakeFailed(new HandshakeFailure(HandshakeFailure.Kind.WRONG_PEER, "")),
        now);
    manager.dialFailed(
        OTHER_SEED,
        new DialFailure.HandshakeFailed(new HandshakeFailure(HandshakeFailure.Kind.SELF, "")),
        now);
    assertThat(observed.getLast()).isEqualTo("failed self");
    pass(Duration.ofMinutes(2));
    assertThat(links.dials).isEmpty();
    for (int minute = 0; minute < 60; minute++) {
      pass(Duration.ofMinutes(1));
    }
    assertThat(links.takeDials()).containsExactly(SEED);
  }

  @Test
  void lostLink_isDialledAgain_soonIfItLivedLong() {
    startWith(SEED);
    manager.dialFailed(SEED, REFUSED, now);
    pass(Backoff.INITIAL);
    LinkId link = establish(SMALLER, SEED);
    links.takeDials();
    pass(Backoff.STABLE_AFTER);
    observed.clear();
    closedBy(link, CloseReason.Cause.RESET);
    assertThat(observed).containsExactly("disconnected reset");
    assertThat(links.dials).isEmpty();
    pass(Backoff.INITIAL);
    assertThat(links.dials).containsExactly(SEED);
  }

  @Test
  void linkThatIsLostAtOnceEachTime_backsOff() {
    startWith(SEED);
    Duration waited = Duration.ZERO;
    for (int round = 0; round < 10; round++) {
      while (links.dials.isEmpty()) {
        pass(Duration.ofMillis(100));
        waited = waited.plusMillis(100);
      }
      links.takeDials();
      closedBy(establish(SMALLER, SEED), CloseReason.Cause.REMOTE);
    }
    assertThat(waited).isGreaterThan(Duration.ofSeconds(60));
  }

  @Test
  void addressOfAPeerThatIsConnectedAlready_isNotDialled() {
    startWith(SEED);
    LinkId outbound = establish(LARGER, SEED);
    links.takeDials();
    closedBy(outbound, CloseReason.Cause.RESET);
    LinkId inbound = inbound(LARGER);
    pass(Duration.ofMinutes(1));
    assertThat(links.dials).isEmpty();

    closedBy(inbound, CloseReason.Cause.RESET);
    pass(Backoff.CAP);
    assertThat(links.dials).containsExactly(SEED);
  }

  @Test
  void pinnedPeerThatIsConnectedAlready_isNotDialled() {
    manager =
        manager(PeerSettings.defaults(List.of(new PeerAddress(SEED.endpoint(), LARGER.peerId()))));
    inbound(LARGER);
    manager.start(now);
    assertThat(links.dials).isEmpty();
  }

  @Test
  void placeThatIsFree_isDialledForAtOnce() {
    List<PeerAddress> seeds = List.of(SEED, OTHER_SEED);
    manager = manager(new PeerSettings(seeds, 1, 9, PING_AFTER, SILENCE, Duration.ofSeconds(20)));
    manager.start(now);
    PeerAddress first = links.takeDials().getFirst();
    PeerAddress second = first.equals(SEED) ? OTHER_SEED : SEED;
    LinkId link = establish(LARGER, first);
    assertThat(links.dials).isEmpty();

    manager.goodbye(link, GoodbyeReason.SHUTDOWN, now);
    pass(Duration.ZERO);
    assertThat(links.takeDials()).as("before the link has closed").containsExactly(second);
    closedBy(link, CloseReason.Cause.LOCAL);

    inbound(SMALLER);
    establish(SMALLER, second);
    assertThat(links.takeDials()).as("that was a duplicate").isEmpty();
    pass(Backoff.INITIAL);
    assertThat(links.takeDials()).containsExactly(first);
  }

  @Test
  void duplicateOfOwnDialling_leavesItsPlaceToAnotherAddress() {
    List<PeerAddress> seeds = List.of(SEED, OTHER_SEED);
    manager = manager(new PeerSettings(seeds, 1, 9, PING_AFTER, SILENCE, Duration.ofSeconds(20)));
    manager.start(now);
    PeerAddress first = links.takeDials().getFirst();
    inbound(SMALLER);
    establish(SMALLER, first);
    assertThat(links.takeDials()).hasSize(1).doesNotContain(first);
  }

  // Duplicates and places (PROTOCOL §9.3)

  @Test
  void eachSideDialled_theLargerSideTakesLeaveOfItsOwn() {
    startWith(SEED);
    LinkId own = establish(SMALLER, SEED);
    LinkId others = inbound(SMALLER);
    assertThat(links.take(own)).containsExactly(goodbye(GoodbyeReason.DUPLICATE));
    assertThat(active()).containsExactly(others);
    assertThat(links.closed).as("left to the peer").isEmpty();
    assertThat(manager.speaker(own)).as("still heard").isNotNull();

    pass(PeerManager.LEAVE_WITHIN.minusNanos(1));
    assertThat(links.closed).as("in time").isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(links.closed).containsOnlyKeys(own);
    assertThat(manager.speaker(own)).isNull();
  }

  @Test
  void eachSideDialled_theSmallerSideWaits() {
    startWith(SEED);
    LinkId own = establish(LARGER, SEED);
    LinkId others = inbound(LARGER);
    assertThat(active()).containsExactly(own, others);

    manager.goodbye(others, GoodbyeReason.DUPLICATE, now);
    assertThat(active()).containsExactly(own);
    assertThat(links.closed).containsOnlyKeys(others);
    assertThat(manager.takeDeparted()).isEmpty();
  }

  @Test
  void bothOfOwnDialling_theNewerGoes() {
    startWith(SEED, OTHER_SEED);
    LinkId older = establish(LARGER, SEED);
    LinkId newer = establish(LARGER, OTHER_SEED);
    assertThat(active()).containsExactly(older);
    assertThat(links.take(newer)).containsExactly(goodbye(GoodbyeReason.DUPLICATE));
    assertThat(manager.speaker(older).send(new WireMessage.GetAddr(), now)).isTrue();
    assertThat(links.take(older)).containsExactly(new WireMessage.GetAddr());
    closedBy(newer, CloseReason.Cause.REMOTE);
    links.takeDials();
    pass(Duration.ofMinutes(10));
    assertThat(links.dials).as("they are known to be one peer").isEmpty();
  }

  @Test
  void peerThatComesAgain_isServedOnItsNewLink() {
    LinkId dead = inbound(LARGER);
    LinkId fresh = inbound(LARGER);
    Neighbour peer = manager.speaker(fresh);
    assertThat(active()).containsExactly(dead, fresh);
    assertThat(peer).isSameAs(manager.speaker(dead));
    assertThat(peer.send(new WireMessage.GetAddr(), now)).isTrue();
    assertThat(links.take(fresh)).containsExactly(new WireMessage.GetAddr());
    assertThat(links.take(dead)).isEmpty();

    closedBy(dead, CloseReason.Cause.RESET);
    assertThat(manager.takeDeparted()).isEmpty();
    closedBy(fresh, CloseReason.Cause.RESET);
    assertThat(manager.takeDeparted()).containsExactly(peer);
    assertThat(peer.isConnected()).isFalse();
    assertThat(peer.send(new WireMessage.GetAddr(), now)).isFalse();
  }

  @Test
  void peerThatComesAgainAndAgain_holdsFewLinks() {
    LinkId first = inbound(LARGER);
    for (int i = 0; i < Duplicates.MAX_INBOUND_PER_PEER; i++) {
      inbound(LARGER);
    }
    assertThat(active()).hasSize(Duplicates.MAX_INBOUND_PER_PEER).doesNotContain(first);
    assertThat(links.take(first)).containsExactly(goodbye(GoodbyeReason.DUPLICATE));
  }

  @Test
  void allPlacesTaken_strangersAreTurnedAway_returningPeersAreNot() {
    manager =
        manager(new PeerSettings(List.of(), 0, 2, PING_AFTER, SILENCE, Duration.ofSeconds(20)));
    LinkId first = inbound(IDENTITIES.get(0));
    LinkId second = inbound(IDENTITIES.get(0));
    assertThat(active()).as("there is a place for both").containsExactly(first, second);
    closedBy(second, CloseReason.Cause.RESET);
    inbound(IDENTITIES.get(1));
    observed.clear();
    LinkId stranger = inbound(IDENTITIES.get(3));
    assertThat(links.take(stranger)).containsExactly(goodbye(GoodbyeReason.TOO_MANY_PEERS));
    assertThat(links.closed).containsOnlyKeys(stranger);
    closedBy(stranger, CloseReason.Cause.LOCAL);
    assertThat(observed).as("the observer never met it").isEmpty();

    LinkId again = inbound(IDENTITIES.get(0));
    assertThat(active()).contains(again).doesNotContain(first).hasSize(2);
    assertThat(manager.takeDeparted()).isEmpty();
  }

  // Heartbeat and parting (PROTOCOL §9.2)

  @Test
  void silentPeer_isPingedAgainAndAgain_thenClosed() {
    LinkId link = inbound(LARGER);
    pass(PING_AFTER.minusNanos(1));
    assertThat(links.take(link)).isEmpty();
    pass(Duration.ofNanos(1));
    long first = pingOn(link);
    pass(PING_AFTER.minusNanos(1));
    assertThat(links.take(link)).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(pingOn(link)).isNotEqualTo(first);
    pass(SILENCE.minus(PING_AFTER.multipliedBy(2)).minusNanos(1));
    assertThat(links.take(link)).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.SILENCE));
    assertThat(links.closed).containsEntry(link, CloseReason.local("silence"));
    assertThat(manager.takeDeparted()).hasSize(1);
  }

  @Test
  void peerWhosePongWasLost_isAskedAgain_andStays() {
    LinkId link = inbound(LARGER);
    for (int i = 0; i < 10; i++) {
      pass(PING_AFTER);
      pingOn(link); // Its Pong found no room in the peer's queue.
      pass(PING_AFTER);
      answer(link, pingOn(link));
    }
    assertThat(links.closed).isEmpty();
    assertThat(manager.status(now).getFirst().penaltyPoints()).isZero();
  }

  @Test
  void wrongPongWhileAPingIsOpen_costsPoints() {
    LinkId link = inbound(LARGER);
    pass(PING_AFTER);
    long nonce = pingOn(link);
    answer(link, nonce + 1);
    assertThat(manager.status(now).getFirst().penaltyPoints()).isEqualTo(20);
    answer(link, nonce);
    assertThat(manager.status(now).getFirst().penaltyPoints()).isEqualTo(20);
  }

  /** The nonce of the Ping that was sent on a link, and nothing else. */
  private long pingOn(LinkId link) {
    List<WireMessage> sent = links.take(link);
    assertThat(sent).singleElement().isInstanceOf(WireMessage.Ping.class);
    return ((WireMessage.Ping) sent.getFirst()).nonce();
  }

  private void answer(LinkId link, long nonce) {
    links.heardNanos.put(link, now);
    manager.pong(link, nonce, now);
  }

  @Test
  void pingWithoutRoom_isSentWhenThereIsRoom() {
    LinkId link = inbound(LARGER);
    links.full.add(link);
    pass(PING_AFTER);
    links.full.clear();
    pass(Duration.ofSeconds(1));
    pingOn(link);
  }

  @Test
  void busyPeer_isNotPinged() {
    LinkId link = inbound(LARGER);
    for (int i = 0; i < 100; i++) {
      links.heardNanos.put(link, now);
      pass(Duration.ofSeconds(10));
    }
    assertThat(links.take(link)).isEmpty();
    assertThat(links.closed).isEmpty();
  }

  @Test
  void peerThatAnswersPings_staysAndIsTimed() {
    LinkId link = inbound(LARGER);
    for (int i = 0; i < 10; i++) {
      pass(PING_AFTER);
      long nonce = pingOn(link);
      pass(Duration.ofMillis(30));
      answer(link, nonce);
    }
    assertThat(links.closed).isEmpty();
    PeerStatus status = manager.status(now).getFirst();
    assertThat(status.roundTripNanos()).hasValue(Duration.ofMillis(30).toNanos());
    assertThat(status.penaltyPoints()).isZero();
  }

  @Test
  void ping_isAnswered() {
    LinkId link = inbound(LARGER);
    manager.ping(link, 77, now);
    assertThat(links.take(link)).containsExactly(new WireMessage.Pong(77));
  }

  @Test
  void unsolicitedPongs_endInABan() {
    startWith(SEED);
    links.takeDials();
    LinkId link = establish(LARGER, SEED);
    for (int i = 0; i < 4; i++) {
      manager.pong(link, i, now);
    }
    assertThat(links.closed).isEmpty();
    assertThat(manager.status(now).getFirst().penaltyPoints()).isEqualTo(80);
    manager.pong(link, 4, now);
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.MISBEHAVIOUR));
    assertThat(links.closed).containsOnlyKeys(link);
    closedBy(link, CloseReason.Cause.LOCAL);

    LinkId again = inbound(LARGER);
    assertThat(links.take(again)).containsExactly(goodbye(GoodbyeReason.MISBEHAVIOUR));
    pass(Duration.ofMinutes(9));
    assertThat(links.dials).as("not dialled while banned").isEmpty();
    pass(Duration.ofMinutes(2));
    pass(Backoff.CAP);
    assertThat(links.dials).containsExactly(SEED);
    assertThat(active()).isEmpty();
    LinkId forgiven = inbound(LARGER);
    assertThat(active()).containsExactly(forgiven);
  }

  @Test
  void peerWhoseMessagesAreInvalid_isBanned() {
    LinkId link = inbound(LARGER);
    Neighbour peer = manager.speaker(link);
    for (int i = 0; i < 3; i++) {
      peer.blame(Offence.INVALID_MESSAGE, now);
    }
    assertThat(links.closed).isEmpty();
    peer.blame(Offence.INVALID_MESSAGE, now);
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.MISBEHAVIOUR));
  }

  @Test
  void peerThatTakesNothing_isClosedAsSlow_whateverItSendsAndIsPinged() {
    LinkId link = inbound(LARGER);
    links.blockedSinceNanos.put(link, now);
    for (int i = 0; i < 7; i++) {
      links.heardNanos.put(link, now);
      assertThat(manager.speaker(link).send(new WireMessage.Ping(1), now)).isTrue();
      pass(Duration.ofNanos(PeerSettings.DEFAULT_SLOW_AFTER.toNanos() - 1).dividedBy(7));
    }
    assertThat(links.closed).isEmpty();
    pass(Duration.ofNanos(10));
    assertThat(links.closed).containsEntry(link, CloseReason.local("slow"));
  }

  @Test
  void slowPeer_isNoticedInTime_withoutAnythingElseHappening() {
    LinkId link = inbound(LARGER);
    pass(Duration.ofSeconds(14));
    links.heardNanos.put(link, now);
    links.blockedSinceNanos.put(link, now);
    long untilNanos = now + PeerSettings.DEFAULT_SLOW_AFTER.toNanos();
    while (alarm.deadlineNanos(now) - untilNanos <= 0 && links.closed.isEmpty()) {
      links.heardNanos.put(link, now);
      pass(Duration.ofNanos(alarm.deadlineNanos(now) - now));
    }

    assertThat(links.closed).containsEntry(link, CloseReason.local("slow"));
  }

  @Test
  void peerThatTakesSomethingNowAndThen_stays() {
    LinkId link = inbound(LARGER);
    for (int i = 0; i < 10; i++) {
      links.heardNanos.put(link, now);
      links.blockedSinceNanos.put(link, now);
      pass(PeerSettings.DEFAULT_SLOW_AFTER.minusNanos(1));
    }
    assertThat(links.closed).isEmpty();
  }

  @Test
  void goodbye_isNamedWhenTheLinkHasEnded() {
    LinkId link = inbound(LARGER);
    manager.goodbye(link, GoodbyeReason.SHUTDOWN, now);
    assertThat(links.closed).containsOnlyKeys(link);
    assertThat(manager.speaker(link)).isNull();
    closedBy(link, CloseReason.Cause.LOCAL);
    assertThat(observed).containsExactly("connected", "disconnected goodbye: shutdown");
  }

  @Test
  void getAddr_isAnsweredWithWhatWasReached_nowAndThen() {
    startWith(SEED, OTHER_SEED);
    LinkId link = establish(LARGER, SEED);
    for (int i = 0; i < 10; i++) {
      manager.addressesWanted(link, now);
    }
    assertThat(links.take(link)).containsExactly(new WireMessage.Addr(List.of(SEED.endpoint())));
    links.heardNanos.put(link, now + PeerManager.ADDRESSES_EVERY.toNanos());
    pass(PeerManager.ADDRESSES_EVERY);
    manager.addressesWanted(link, now);
    assertThat(links.take(link)).hasSize(1);
  }

  @Test
  void stopped_takesLeaveOfAll_dialsAndLetsInNobody() {
    startWith(SEED, OTHER_SEED);
    links.takeDials();
    LinkId first = establish(LARGER, SEED);
    manager.stop(now);
    assertThat(links.take(first)).containsExactly(goodbye(GoodbyeReason.SHUTDOWN));
    LinkId late = establish(SMALLER, OTHER_SEED);
    assertThat(links.take(late)).containsExactly(goodbye(GoodbyeReason.SHUTDOWN));
    assertThat(links.closed).containsOnlyKeys(first, late);
    closedBy(first, CloseReason.Cause.LOCAL);
    closedBy(late, CloseReason.Cause.LOCAL);
    pass(Duration.ofMinutes(10));
    assertThat(links.dials).isEmpty();
    assertThat(active()).isEmpty();
  }

  @Test
  void eventsOfUnknownLinks_areIgnored() {
    LinkId unknown = new LinkId(99);
    manager.ping(unknown, 1, now);
    manager.pong(unknown, 1, now);
    manager.goodbye(unknown, GoodbyeReason.SLOW, now);
    manager.addressesWanted(unknown, now);
    manager.closed(unknown, CloseReason.of(CloseReason.Cause.RESET), now);
    manager.dialFailed(SEED, REFUSED, now);
    assertThat(links.closed).isEmpty();
    assertThat(observed).isEmpty();
  }

  // What gossip asks of a peer (PROTOCOL §8.2)

  @Test
  void peer_isOutboundOnceWeHaveDialledIt_andTakesMoreOnTheLinkThatItIsSentTo() {
    LinkId old = inbound(SMALLER);
    Neighbour peer = manager.speaker(old);
    assertThat(peer).isNotNull();
    assertThat(peer.isOutbound()).isFalse();
    assertThat(peer.takesMore()).isTrue();

    LinkId dialled = establish(SMALLER, SEED);
    assertThat(manager.speaker(dialled)).isSameAs(peer);
    assertThat(peer.isOutbound()).isEqualTo(active().contains(dialled));
    links.full.add(active().getLast());
    assertThat(peer.takesMore()).isFalse();

    manager.stop(now);
    assertThat(peer.takesMore()).isFalse();
    assertThat(peer.isOutbound()).isFalse();
  }
}
