package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiallerTest {
  private static final int TARGET = 3;
  private static final PeerId PEER = peer(1);
  private static final DialFailure REFUSED =
      new DialFailure.NotConnected(CloseReason.of(CloseReason.Cause.REFUSED));

  private final RecordingLinks links = new RecordingLinks();
  private final Alarm alarm = new Alarm();
  private final Conduct conduct = new Conduct();
  private final Set<PeerId> connected = new LinkedHashSet<>();
  private final Set<Endpoint> elsewhere = new LinkedHashSet<>();
  private final List<Long> announcedWaits = new ArrayList<>();
  private final PeerObserver observer =
      new PeerObserver() {
        @Override
        public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
          announcedWaits.add(retryInNanos);
        }
      };
  private final Dialler dialler = dialler(4);
  private int outbound;
  private long now = Long.MAX_VALUE - Duration.ofMillis(100).toNanos(); // Soon runs over.

  private Dialler dialler(long seed) {
    return new Dialler(links, observer, new Draws(new SeededRandom(seed)), alarm);
  }

  private static PeerId peer(int number) {
    byte[] id = new byte[PeerId.LENGTH];
    id[0] = (byte) number;
    return new PeerId(Bytes.wrap(id));
  }

  private static List<PeerAddress> addresses(int count, @Nullable PeerId pinned) {
    return IntStream.range(0, count)
        .mapToObj(i -> new PeerAddress(new Endpoint("10.0.0." + i, 9000), pinned))
        .toList();
  }

  /** What is dialled now. */
  private List<PeerAddress> dialDue() {
    dialler.dialDue(TARGET - outbound, connected::contains, elsewhere::contains, conduct, now);
    return links.takeDials();
  }

  /** What is dialled when the alarm rings next, which is where the time stands then. */
  private List<PeerAddress> dialWhenWoken() {
    now = alarm.deadlineNanos(now);
    assertThat(alarm.rings(now)).as("somebody waits").isTrue();
    return dialDue();
  }

  @Test
  void dialsUnderWay_countAsLinks() {
    dialler.start(JoinSettings.only(addresses(10, null)), now);
    outbound = 1;
    List<PeerAddress> dials = dialDue();
    assertThat(dials).hasSize(TARGET - 1);
    assertThat(dialDue()).isEmpty();

    dialler.established(dials.getFirst(), new LinkId(1), PEER);
    outbound = 2;
    assertThat(dialDue()).isEmpty();
    dialler.failed(dials.getLast(), REFUSED, now);
    assertThat(dialDue()).hasSize(1);
  }

  @Test
  void addressesThatFailSlowly_keepNoOtherFromItsTurn() {
    List<PeerAddress> addresses = addresses(6, null);
    dialler.start(JoinSettings.only(addresses), now);
    outbound = TARGET - 1; // One dial at a time.
    Set<PeerAddress> dialled = new LinkedHashSet<>();
    for (int turn = 0; turn < 100; turn++) {
      now += Duration.ofSeconds(1).toNanos();
      for (PeerAddress address : dialDue()) {
        dialled.add(address);
        now += Duration.ofSeconds(10).toNanos();
        dialler.failed(address, REFUSED, now);
      }
    }

    assertThat(dialled).containsExactlyInAnyOrderElementsOf(addresses);
  }

  @Test
  void seeds_areTakenInAnotherOrderByEachNode() {
    List<PeerAddress> seeds = addresses(10, null);
    Set<List<PeerAddress>> orders = new LinkedHashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      Dialler one = dialler(seed);
      one.start(JoinSettings.only(seeds), now);
      one.dialDue(TARGET, connected::contains, elsewhere::contains, conduct, now);
      orders.add(links.takeDials());
    }
    assertThat(orders).hasSizeGreaterThan(15);
    assertThat(orders.stream().flatMap(List::stream)).contains(seeds.toArray(PeerAddress[]::new));
  }

  @Test
  void addressesOfOnePeer_areDialledOneAtATime() {
    List<PeerAddress> both = addresses(2, PEER);
    dialler.start(JoinSettings.only(both), now);
    List<PeerAddress> first = dialDue();
    assertThat(first).hasSize(1);
    assertThat(dialDue()).as("while that dial is under way").isEmpty();

    dialler.failed(first.getFirst(), REFUSED, now);
    List<PeerAddress> second = dialDue();
    assertThat(second).doesNotContainAnyElementsOf(first).hasSize(1).isSubsetOf(both);
    now += Backoff.CAP.toNanos();
    assertThat(dialDue()).as("the first one is due, but not while the second is tried").isEmpty();
  }

  @Test
  void addressesOfTwoPeers_areDialledAtOnce() {
    List<PeerAddress> seeds =
        List.of(addresses(1, PEER).getFirst(), addresses(2, peer(2)).getLast());
    dialler.start(JoinSettings.only(seeds), now);
    assertThat(dialDue()).containsExactlyInAnyOrderElementsOf(seeds);
  }

  @Test
  void failure_isRetriedWhenItWasAnnounced() {
    dialler.start(JoinSettings.only(addresses(1, null)), now);
    PeerAddress address = dialDue().getFirst();
    long failed = now;
    dialler.failed(address, REFUSED, now);
    assertThat(dialDue()).isEmpty();
    assertThat(dialWhenWoken()).containsExactly(address);
    assertThat(now - failed).isEqualTo(announcedWaits.getFirst());
  }

  @Test
  void failureOfWhatIsNotDialled_isIgnored() {
    dialler.start(JoinSettings.only(addresses(2, null)), now);
    List<PeerAddress> dials = dialDue();
    dialler.failed(new PeerAddress(new Endpoint("10.0.0.77", 1), null), REFUSED, now);
    dialler.failed(dials.getFirst(), REFUSED, now);
    dialler.failed(dials.getFirst(), REFUSED, now);
    assertThat(announcedWaits).hasSize(1);
  }

  @Test
  void addressOfThisNodeItself_isNeverDialledAgain_whateverIsHeardOfItLater() {
    dialler.start(JoinSettings.only(addresses(TARGET, null)), now);
    PeerAddress own = dialDue().getFirst();
    DialFailure self =
        new DialFailure.HandshakeFailed(new HandshakeFailure(HandshakeFailure.Kind.SELF, ""));
    dialler.failed(own, self, now);
    dialler.failed(own, REFUSED, now);
    assertThat(announcedWaits).containsExactly(Long.MAX_VALUE);
    now += Duration.ofDays(1).toNanos();
    assertThat(dialDue()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void failedHandshake_isRetried_soonOnlyIfThatMayHelp(HandshakeFailure.Kind kind) {
    dialler.start(JoinSettings.only(addresses(1, null)), now);
    dialler.failed(
        dialDue().getFirst(), new DialFailure.HandshakeFailed(new HandshakeFailure(kind, "")), now);
    long wait = announcedWaits.getFirst();
    switch (kind) {
      case SELF -> assertThat(wait).isEqualTo(Long.MAX_VALUE);
      case VERSION_MISMATCH, NETWORK_MISMATCH, SUITE_MISMATCH, CODEC_MISMATCH, WRONG_PEER ->
          assertThat(wait).isBetween(Backoff.LONG.toNanos() / 2, Backoff.LONG.toNanos());
      case MALFORMED, UNEXPECTED, FORGED, TIMED_OUT ->
          assertThat(wait).isBetween(Backoff.INITIAL.toNanos() / 2, Backoff.INITIAL.toNanos());
    }
  }

  @Test
  void bannedPeer_isDialledWhenTheBanEnds() {
    dialler.start(JoinSettings.only(addresses(1, PEER)), now);
    long banned = now;
    while (!conduct.offend(PEER, Offence.INVALID_MESSAGE, now)) {}
    assertThat(dialDue()).isEmpty();
    assertThat(dialWhenWoken()).hasSize(1);
    assertThat(now - banned).isEqualTo(Conduct.BAN.toNanos());
  }

  @Test
  void lostLink_isRedialledLater_eachTimeThatItLivedShortly() {
    dialler.start(JoinSettings.only(addresses(1, null)), now);
    long longEnough = Backoff.STABLE_AFTER.toNanos();
    assertThat(waitAfterLink(longEnough, null)).isBetween(250L, 500L);
    assertThat(waitAfterLink(longEnough - 1, null)).as("a second failure").isBetween(500L, 1000L);
    assertThat(waitAfterLink(0, null)).as("a third").isBetween(1000L, 2000L);
    assertThat(waitAfterLink(longEnough, null)).as("the row has ended").isBetween(250L, 500L);
  }

  @Test
  void peerThatDoesNotWantUs_isLeftAloneForLong() {
    dialler.start(JoinSettings.only(addresses(1, null)), now);
    long most = Backoff.LONG.toMillis();
    assertThat(waitAfterLink(0, GoodbyeReason.MISBEHAVIOUR)).isBetween(most / 2, most);
    assertThat(waitAfterLink(0, GoodbyeReason.SHUTDOWN)).isLessThanOrEqualTo(1000);
  }

  /** Thousands may want a place at one seed: it has better things to do than to say no to them. */
  @Test
  void peerThatIsFull_isAskedForAPlaceLessAndLessOften() {
    dialler.start(JoinSettings.only(addresses(1, null)), now);
    for (long mostSeconds : new long[] {5, 10, 20, 40, 80, 160, 300, 300}) {
      assertThat(waitAfterLink(0, GoodbyeReason.TOO_MANY_PEERS))
          .isBetween(mostSeconds * 500, mostSeconds * 1000);
    }
    assertThat(waitAfterLink(0, null)).as("a failure of another kind").isBetween(250L, 500L);
    assertThat(waitAfterLink(0, GoodbyeReason.TOO_MANY_PEERS))
        .as("who is sometimes full, sometimes slow is full nevertheless")
        .isBetween(150_000L, 300_000L);
    long longEnough = Backoff.STABLE_AFTER.toNanos();
    assertThat(waitAfterLink(longEnough, GoodbyeReason.TOO_MANY_PEERS))
        .as("a place that was had and lost")
        .isBetween(2500L, 5000L);
  }

  /** An operator's only permanent peer restarts, and others were faster. */
  @Test
  void peerThatWasDownForLong_andIsFullWhenItIsBack_isAskedAgainSoon() {
    dialler.start(
        new JoinSettings(List.of(), addresses(1, PEER), List.of(), true, true, null), now);
    for (int i = 0; i < 100; i++) {
      dialler.failed(dialWhenWokenOrNow().getFirst(), REFUSED, now);
    }
    now += Backoff.CAP.toNanos();
    assertThat(waitAfterLink(0, GoodbyeReason.TOO_MANY_PEERS)).isBetween(2500L, 5000L);
    assertThat(waitAfterLink(0, GoodbyeReason.SHUTDOWN)).isLessThanOrEqualTo(30_000);
  }

  private List<PeerAddress> dialWhenWokenOrNow() {
    List<PeerAddress> dials = dialDue();
    return dials.isEmpty() ? dialWhenWoken() : dials;
  }

  /** How many milliseconds pass between the loss of a link and the next dial. */
  private long waitAfterLink(long livedNanos, @Nullable GoodbyeReason goodbye) {
    List<PeerAddress> dials = dialDue();
    LinkId link = new LinkId(announcedWaits.size());
    dialler.established(dials.getFirst(), link, PEER);
    dialler.linkLost(new LinkId(99), livedNanos, goodbye, now);
    assertThat(dialDue()).as("that was another link").isEmpty();
    long lost = now;
    dialler.linkLost(link, livedNanos, goodbye, now);
    assertThat(dialDue()).isEmpty();
    now = alarm.deadlineNanos(now);
    assertThat(alarm.rings(now)).isTrue();
    return Duration.ofNanos(now - lost).toMillis();
  }

  @Test
  void addressOfAPeerThatWasLinkedInAnotherWay_waitsWhenThatLinkIsLost() {
    dialler.start(JoinSettings.only(addresses(1, PEER)), now);
    connected.add(PEER);
    assertThat(dialDue()).isEmpty();
    connected.clear();
    long lost = now;
    dialler.peerLost(PEER, now);
    assertThat(dialDue()).isEmpty();
    assertThat(dialWhenWoken()).hasSize(1);
    assertThat(Duration.ofNanos(now - lost).toMillis()).isBetween(250L, 500L);
  }

  @Test
  void addressThatWaitsForLong_waitsNoLessWhenItsPeerIsLost() {
    dialler.start(JoinSettings.only(addresses(1, PEER)), now);
    dialler.established(dialDue().getFirst(), new LinkId(1), PEER);
    long lost = now;
    dialler.linkLost(new LinkId(1), 0, GoodbyeReason.MISBEHAVIOUR, now);
    dialler.peerLost(PEER, now);
    assertThat(dialDue()).isEmpty();
    assertThat(dialWhenWoken()).hasSize(1);
    assertThat(now - lost).isGreaterThanOrEqualTo(Backoff.LONG.toNanos() / 2);
  }

  @Test
  void lostPeer_isNoReasonToWaitForAnother() {
    List<PeerAddress> seeds = addresses(1, PEER);
    dialler.start(JoinSettings.only(seeds), now);
    dialler.peerLost(peer(2), now);
    assertThat(dialDue()).isEqualTo(seeds);
  }

  @Test
  void permanentPeers_areDialledBesideSeeds_andNotCounted() {
    List<PeerAddress> all = addresses(TARGET + 2, null);
    List<PeerAddress> permanent = all.subList(TARGET, TARGET + 2);
    dialler.start(
        new JoinSettings(all.subList(0, TARGET), permanent, List.of(), true, false, null), now);
    outbound = TARGET; // No seed is wanted.
    List<PeerAddress> dials = dialDue();
    assertThat(dials).containsExactlyInAnyOrderElementsOf(permanent);
    assertThat(dialler.established(dials.getFirst(), new LinkId(1), PEER))
        .isEqualTo(Purpose.PERMANENT);
    outbound = TARGET - 1;
    assertThat(dialDue()).hasSize(1).isSubsetOf(all.subList(0, TARGET));
  }

  /** Such as the addresses that a hostile DNS zone makes up: dials there take long to fail. */
  @Test
  void permanentPeers_waitForNoSeed_evenOneThatPinsTheSamePeer() {
    PeerAddress permanent = new PeerAddress(new Endpoint("10.1.0.1", 9000), PEER);
    JoinSettings join =
        new JoinSettings(List.of(), List.of(permanent), List.of(), true, true, null);
    dialler.start(join, now);
    dialler.failed(dialDue().getFirst(), REFUSED, now);
    for (int i = 0; i < Dialler.MAX_TARGETS; i++) {
      PeerId pinned = i % 2 == 0 ? PEER : peer(1 + i % 100);
      dialler.addSeed(new PeerAddress(new Endpoint("10.0.0.1", 1 + i), pinned), now - 1);
    }
    outbound = -20; // More seeds are wanted than may be dialled at once.
    assertThat(dialDue())
        .hasSize(Dialler.MAX_CONCURRENT)
        .anyMatch(dial -> PEER.equals(dial.pinned()));
    now += Backoff.INITIAL.toNanos();
    assertThat(dialDue()).containsExactly(permanent);
  }

  @Test
  void seed_waitsWhileItsPeerIsDialledAsAPermanentOne() {
    PeerAddress permanent = new PeerAddress(new Endpoint("10.1.0.1", 9000), PEER);
    JoinSettings join =
        new JoinSettings(addresses(1, PEER), List.of(permanent), List.of(), true, true, null);
    dialler.start(join, now);
    assertThat(dialDue()).containsExactly(permanent);
    assertThat(dialDue()).isEmpty();
  }

  @Test
  void permanentPeers_areDialledEightAtATime() {
    JoinSettings join =
        new JoinSettings(List.of(), addresses(20, null), List.of(), true, true, null);
    dialler.start(join, now);
    List<PeerAddress> dials = dialDue();
    assertThat(dials).hasSize(Dialler.MAX_CONCURRENT);
    dialler.failed(dials.getFirst(), REFUSED, now);
    assertThat(dialDue()).hasSize(1);
  }

  @Test
  void addressThatIsDialledForAnotherReason_isLeftAlone() {
    List<PeerAddress> seeds = addresses(1, null);
    dialler.start(JoinSettings.only(seeds), now);
    elsewhere.add(seeds.getFirst().endpoint());
    assertThat(dialDue()).isEmpty();
    assertThat(dialler.isBusy(seeds.getFirst().endpoint())).isFalse();
    elsewhere.clear();
    assertThat(dialDue()).isEqualTo(seeds);
    assertThat(dialler.isBusy(seeds.getFirst().endpoint())).isTrue();
  }

  @Test
  void seedsFoundByName_areDialledWithTheirPins_upToABound() {
    for (int i = 0; i < 2 * Dialler.MAX_TARGETS; i++) {
      dialler.addSeed(new PeerAddress(new Endpoint("10.0.0.1", 1 + i), peer(1 + i % 100)), now);
    }
    Set<PeerAddress> dialled = new LinkedHashSet<>();
    for (List<PeerAddress> dials = dialDue(); !dials.isEmpty(); dials = dialDue()) {
      dialled.addAll(dials);
      dials.forEach(each -> dialler.failed(each, REFUSED, now));
    }
    assertThat(dialled).hasSize(Dialler.MAX_TARGETS).allMatch(each -> each.pinned() != null);
  }
}
