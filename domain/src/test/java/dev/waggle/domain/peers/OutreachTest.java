package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.reach.OwnPort;
import dev.waggle.domain.reach.ReachSettings;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a node dials by its address book, and when (PROTOCOL §9.1). */
class OutreachTest {
  private static final long HALF_A_DAY = Duration.ofHours(12).toSeconds();
  private static final int TARGET = 8;

  private final RecordingLinks links = new RecordingLinks();
  private final Alarm alarm = new Alarm();
  private final Draws draws = new Draws(new SeededRandom(7));
  private final AddressBook book = new AddressBook(new SipHash(1, 2), false, draws);
  private final Set<PeerId> unwelcome = new LinkedHashSet<>();
  private final Set<Endpoint> elsewhere = new LinkedHashSet<>();
  private final Map<PeerAddress, LinkId> linked = new LinkedHashMap<>();
  private final List<Long> announcedWaits = new ArrayList<>();
  private final PeerObserver observer =
      new PeerObserver() {
        @Override
        public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
          announcedWaits.add(retryInNanos);
        }
      };
  private Outreach outreach =
      new Outreach(book, TARGET, OwnPort.never(), links, observer, draws, alarm);
  private long now = Long.MAX_VALUE - Duration.ofMinutes(20).toNanos(); // Soon runs over.
  private int peers;
  private long lastLink;

  private static IpEndpoint at(String literal) {
    return Objects.requireNonNull(IpEndpoint.of(Endpoint.parse(literal)));
  }

  private static PeerId peer(int number) {
    byte[] id = new byte[PeerId.LENGTH];
    id[0] = (byte) (number >> 8);
    id[1] = (byte) number;
    return new PeerId(Bytes.wrap(id));
  }

  /** Tells of addresses in so many groups. */
  private void tellOf(int from, int count) {
    for (int i = from; i < from + count; i++) {
      IpAddress source = IpAddress.ofIpv4((30 << 24) | (i << 16));
      IpEndpoint endpoint = new IpEndpoint(IpAddress.ofIpv4((40 << 24) | (i << 16) | 1), 9000);
      book.told(new AddressRecord(endpoint, 0, 1), source, now);
    }
  }

  private void start(PeerAddress... anchors) {
    outreach.start(List.of(anchors), List.of(), now);
  }

  private List<PeerAddress> dialled() {
    outreach.dialDue(peer -> !unwelcome.contains(peer), elsewhere::contains, now);
    return links.takeDials();
  }

  private Purpose answers(PeerAddress address) {
    PeerId who = address.pinned() != null ? address.pinned() : peer(++peers);
    LinkId link = new LinkId(++lastLink);
    linked.put(address, link);
    return Objects.requireNonNull(outreach.established(address, link, who, now));
  }

  private void refuses(PeerAddress address) {
    outreach.failed(address, PeerManagerFixture.REFUSED, now);
  }

  private void lost(PeerAddress address, Duration lived) {
    LinkId link = Objects.requireNonNull(linked.get(address));
    outreach.linkLost(link, lived.toNanos(), null, now);
  }

  private void reachTarget() {
    for (int i = 0; i < 100 && outreach.kept() < TARGET; i++) {
      dialled().forEach(this::answers);
      now += Duration.ofMillis(500).toNanos();
    }
    assertThat(outreach.kept()).isEqualTo(TARGET);
    links.takeDials();
  }

  private KnownAddress known(IpEndpoint endpoint) {
    return book.all(now).stream()
        .filter(each -> each.endpoint().equals(endpoint))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoOfTheLinksThatAreKept_leaveFromTheListeningPort() {
    OwnAddress own = new OwnAddress(null);
    own.listensAt(at("0.0.0.0:9000"), false);
    OwnPort ownPort = new OwnPort(own, ReachSettings.ANYWHERE);
    outreach = new Outreach(book, TARGET, ownPort, links, observer, draws, alarm);
    tellOf(0, 60);
    start();
    reachTarget();
    assertThat(fromOwnPort()).hasSize(2);
    assertThat(linked.keySet()).containsAll(fromOwnPort());

    PeerAddress lost = fromOwnPort().getFirst();
    links.ways.clear();
    lost(lost, Duration.ofMinutes(1));
    reachTarget();
    assertThat(fromOwnPort()).hasSize(1);
    links.ways.clear();
    for (int i = 0; i < 100; i++) { // Feelers, and those that wander.
      now += Duration.ofSeconds(15).toNanos();
      dialled().forEach(this::refuses);
    }
    assertThat(links.ways).hasSizeGreaterThan(20);
    assertThat(fromOwnPort()).isEmpty();
  }

  @Test
  void linksThatDoNotStay_leaveFromAnyPort() {
    OwnAddress own = new OwnAddress(null);
    OwnPort ownPort = new OwnPort(own, ReachSettings.ANYWHERE);
    outreach = new Outreach(book, TARGET, ownPort, links, observer, draws, alarm);
    tellOf(0, 60);
    start();
    reachTarget();
    own.listensAt(at("0.0.0.0:9000"), false); // So none of the links has left from there.
    links.ways.clear();
    for (int i = 0; i < 100; i++) {
      now += Duration.ofSeconds(15).toNanos();
      dialled().forEach(this::refuses);
    }
    assertThat(links.ways).hasSizeGreaterThan(20);
    assertThat(fromOwnPort()).isEmpty();
  }

  private List<PeerAddress> fromOwnPort() {
    return links.ways.keySet().stream()
        .filter(address -> links.ways.get(address) == DialWay.OWN_PORT)
        .toList();
  }

  @Test
  void asManyAreDialledAsTheTarget_andNoTwoOfOneGroup() {
    tellOf(0, 6);
    for (int i = 0; i < 60; i++) {
      book.told(
          new AddressRecord(at("50.1.1." + i + ":9000"), 0, 1), at("50.1.1.1:1").address(), now);
    }
    start();
    List<PeerAddress> dials = dialled();
    assertThat(dials).hasSizeBetween(5, 7);
    assertThat(dials.stream().map(dial -> NetworkGroup.of(at(dial.endpoint().toString()))))
        .doesNotHaveDuplicates();
    tellOf(6, 60);
    for (int i = 0; i < 40; i++) {
      dials.addAll(dialled());
      now += Duration.ofSeconds(1).toNanos();
    }
    assertThat(dials).hasSize(TARGET);
  }

  @Test
  void withoutATarget_nobodyIsDialled() {
    outreach = new Outreach(book, 0, OwnPort.never(), links, observer, draws, alarm);
    tellOf(0, 60);
    start();
    for (int i = 0; i < 100; i++) {
      assertThat(dialled()).isEmpty();
      now += Duration.ofMinutes(1).toNanos();
    }
  }

  @Test
  void anchors_comeFirst_unlessTheyAreUnwelcome() {
    tellOf(0, 60);
    PeerAddress anchor = PeerAddress.parse("60.1.1.1:9000");
    PeerAddress pinned = new PeerAddress(Endpoint.parse("60.2.1.1:9000"), peer(900));
    PeerAddress banned = new PeerAddress(Endpoint.parse("60.3.1.1:9000"), peer(901));
    unwelcome.add(peer(901));
    start(
        banned,
        PeerAddress.parse("10.1.1.1:9000"),
        PeerAddress.parse("name.example:9000"),
        anchor,
        PeerAddress.parse("60.1.1.2:9000"),
        pinned);
    List<PeerAddress> dials = dialled();
    assertThat(dials).hasSize(TARGET).startsWith(anchor, pinned).doesNotContain(banned);
    assertThat(dials.subList(2, TARGET)).allMatch(each -> each.endpoint().host().startsWith("40."));
  }

  @Test
  void whoIsDialledElsewhere_orConnected_isNotDialled() {
    tellOf(0, 2);
    elsewhere.add(Endpoint.parse("40.0.0.1:9000"));
    book.reached(at("40.1.0.1:9000"), peer(1), now);
    now += Duration.ofMinutes(11).toNanos();
    unwelcome.add(peer(1));
    start();
    assertThat(dialled()).isEmpty();
    assertThat(outreach.needsSeeds(now)).isTrue();
    unwelcome.clear();
    now += Duration.ofMinutes(1).toNanos();
    assertThat(dialled())
        .containsExactly(new PeerAddress(Endpoint.parse("40.1.0.1:9000"), peer(1)));
  }

  @Test
  void addressesThatRefuse_areDialledSixteenAtOnce_andTwoASecondThen() {
    tellOf(0, 200);
    start();
    int atOnce = 0;
    for (List<PeerAddress> dials = dialled(); !dials.isEmpty(); dials = dialled()) {
      assertThat(dials.size()).isLessThanOrEqualTo(Outreach.MAX_CONCURRENT);
      atOnce += dials.size();
      dials.forEach(this::refuses);
    }
    assertThat(atOnce).isEqualTo(16);
    int later = 0;
    for (int i = 0; i < 100; i++) {
      now += Duration.ofMillis(100).toNanos();
      List<PeerAddress> dials = dialled();
      later += dials.size();
      dials.forEach(this::refuses);
    }
    assertThat(later).isEqualTo(20);
  }

  @Test
  void unknownAddress_isLeftAlone_twiceAsLongEachTime() {
    tellOf(0, 1);
    start();
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      List<PeerAddress> dials = dialled();
      long since = now;
      while (dials.isEmpty()) {
        now += Duration.ofSeconds(5).toNanos();
        dials = dialled();
      }
      waits.add(Duration.ofNanos(now - since));
      refuses(dials.getFirst());
      assertThat(announcedWaits.getLast())
          .isEqualTo(Duration.ofSeconds(Math.min(10L << i, HALF_A_DAY)).toNanos());
    }
    for (int i = 1; i < 15; i++) {
      long least = Math.min(10L << (i - 1), HALF_A_DAY);
      assertThat(waits.get(i).toSeconds()).isBetween(least, least + 60);
    }
  }

  @Test
  void whoAnswersAndHangsUp_isLeftAlone_longerEachTime() {
    tellOf(0, 1);
    start();
    int dials = 0;
    long until = now + Duration.ofHours(1).toNanos();
    while (now - until < 0) {
      for (PeerAddress dial : dialled()) {
        dials++;
        answers(dial);
        now += Duration.ofSeconds(1).toNanos();
        lost(dial, Duration.ofSeconds(1));
      }
      now += Duration.ofMillis(500).toNanos();
    }
    assertThat(dials).isBetween(5, 16);
  }

  @Test
  void lostLink_isDialledAgainSoon_ifItStood() {
    tellOf(0, 1);
    start();
    PeerAddress dial = dialled().getFirst();
    answers(dial);
    now += Duration.ofMinutes(11).toNanos();
    lost(dial, Duration.ofMinutes(11));
    assertThat(dialled()).isEmpty();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(dialled()).hasSize(1);
  }

  /** A book full of addresses that lead nowhere must not keep a node from its seeds. */
  @Test
  void seedsAreNeeded_afterElevenSecondsWithoutEnoughLinks_whateverIsDialled() {
    tellOf(0, 200);
    start();
    for (int second = 0; second < 11; second++) {
      List<PeerAddress> dials = dialled();
      assertThat(outreach.needsSeeds(now)).isFalse();
      now += Duration.ofSeconds(1).toNanos();
      if (second % 3 == 2) {
        dials.forEach(this::refuses);
      }
    }
    dialled();
    assertThat(outreach.count(Purpose.KEPT)).isEqualTo(TARGET);
    assertThat(outreach.needsSeeds(now)).isTrue();
  }

  @Test
  void seedsAreNeeded_whileNothingSuits_alsoBetweenTheLooks() {
    for (int i = 0; i < 60; i++) {
      book.told(
          new AddressRecord(at("50.1.1." + i + ":9000"), 0, 1), at("50.1.1.1:1").address(), now);
    }
    start();
    assertThat(dialled()).hasSize(1);
    for (int i = 0; i < 50; i++) {
      assertThat(outreach.needsSeeds(now)).isTrue();
      assertThat(dialled()).isEmpty();
    }
  }

  /** Everybody answers for so long; what the node has no need of ends. */
  private Map<Purpose, Integer> pass(Duration time) {
    Map<Purpose, Integer> counts = new LinkedHashMap<>();
    long until = now + time.toNanos();
    while (now - until < 0) {
      for (PeerAddress dial : dialled()) {
        Purpose purpose = answers(dial);
        counts.merge(purpose, 1, Integer::sum);
        if (purpose == Purpose.FEELER) {
          lost(dial, Duration.ZERO);
        }
      }
      endDismissed();
      assertThat(outreach.kept()).isEqualTo(TARGET);
      assertThat(outreach.count(Purpose.WANDERING)).isLessThanOrEqualTo(1);
      now += Duration.ofSeconds(5).toNanos();
    }
    return counts;
  }

  private void endDismissed() {
    for (LinkId link : outreach.takeDismissed()) {
      outreach.linkLost(link, Duration.ofMinutes(5).toNanos(), null, now);
    }
  }

  @Test
  void feelersAndTheLinkThatWanders_haveTheirPace_feelersAFasterOneWhileThereAreFewGuards() {
    tellOf(0, 250);
    start();
    reachTarget();
    assertThat(outreach.needsSeeds(now)).isFalse();
    Map<Purpose, Integer> first = pass(Duration.ofMinutes(6));
    assertThat(first.get(Purpose.FEELER)).isBetween(12, 36);
    pass(Duration.ofMinutes(10));
    assertThat(outreach.guards().size()).isGreaterThanOrEqualTo(Outreach.FEW_GUARDS);
    Map<Purpose, Integer> counts = pass(Duration.ofHours(4));
    assertThat(counts.get(Purpose.FEELER)).isBetween(80, 160);
    assertThat(counts.get(Purpose.WANDERING)).isBetween(25, 65);
    assertThat(book.triedCount()).isGreaterThan(100);
  }

  // ---- guards

  private static PeerAddress guard(int number) {
    return new PeerAddress(at("60." + number + ".1.1:9000").endpoint(), peer(500 + number));
  }

  private void startWithGuards(int count) {
    List<PeerAddress> guards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      guards.add(guard(i));
    }
    outreach.start(List.of(), guards, now);
  }

  /** All dials are answered but those of guards that are down. */
  private void answerAllBut(PeerAddress... down) {
    for (int i = 0; i < 20; i++) {
      for (PeerAddress dial : dialled()) {
        if (List.of(down).contains(dial)) {
          refuses(dial);
        } else if (answers(dial) == Purpose.FEELER) {
          lost(dial, Duration.ZERO);
        }
      }
      endDismissed();
      now += Duration.ofSeconds(1).toNanos();
    }
  }

  private List<PeerAddress> kept() {
    return outreach.keptLongestFirst(now);
  }

  @Test
  void guards_areChosenInTheirOrder_andOthersOnlyIfNoneIsSuitable() {
    tellOf(0, 60);
    startWithGuards(6);
    List<PeerAddress> dials = dialled();
    assertThat(dials).hasSize(TARGET);
    for (int i = 0; i < 6; i++) {
      assertThat(dials.get(i)).isEqualTo(guard(i));
    }
    assertThat(dials.get(6).endpoint().host()).startsWith("40.");
    assertThat(outreach.guards()).hasSize(6);
    dials.forEach(this::answers);
    assertThat(outreach.guards()).hasSize(8);
  }

  @Test
  void guardThatComesBack_takesThePlaceOfTheLast_onceItHasStoodForThirtySeconds() {
    startWithGuards(9);
    answerAllBut(guard(3));
    assertThat(kept()).hasSize(TARGET).contains(guard(8)).doesNotContain(guard(3));
    now += Duration.ofMinutes(10).toNanos();
    List<PeerAddress> dials = dialled();
    assertThat(dials).contains(guard(3));
    assertThat(answers(guard(3))).isEqualTo(Purpose.RETURNING);
    long since = now;
    while (now - since < Duration.ofSeconds(30).toNanos()) {
      dialled();
      assertThat(outreach.takeDismissed()).isEmpty();
      assertThat(kept()).hasSize(TARGET).doesNotContain(guard(3));
      now += Duration.ofMillis(500).toNanos();
    }
    dialled();
    assertThat(outreach.takeDismissed()).containsExactly(linked.get(guard(8)));
    assertThat(kept()).hasSize(TARGET).contains(guard(3)).doesNotContain(guard(8));
  }

  @Test
  void guardThatHasNoPlace_costsNoLink_andIsLeftAloneForAnHour() {
    startWithGuards(9);
    answerAllBut(guard(3));
    now += Duration.ofMinutes(10).toNanos();
    assertThat(dialled()).contains(guard(3));
    answers(guard(3));
    LinkId link = Objects.requireNonNull(linked.get(guard(3)));
    now += Duration.ofMillis(100).toNanos();
    outreach.linkLost(link, Duration.ofMillis(100).toNanos(), GoodbyeReason.TOO_MANY_PEERS, now);
    assertThat(kept()).hasSize(TARGET).contains(guard(8));
    long since = now;
    while (!dialled().contains(guard(3))) {
      assertThat(outreach.takeDismissed()).isEmpty();
      now += Duration.ofSeconds(10).toNanos();
    }
    assertThat(Duration.ofNanos(now - since))
        .isBetween(Duration.ofHours(1), Duration.ofMinutes(62));
  }

  @Test
  void oneGuardAtATime_comesBack_theFirstOneFirst() {
    startWithGuards(11);
    answerAllBut(guard(1), guard(4), guard(6));
    assertThat(kept()).hasSize(TARGET);
    now += Duration.ofMinutes(10).toNanos();
    List<PeerAddress> dials = dialled();
    assertThat(dials).contains(guard(1)).doesNotContain(guard(4), guard(6));
    answers(guard(1));
    assertThat(dialled()).doesNotContain(guard(4), guard(6));
    now += Duration.ofSeconds(30).toNanos();
    assertThat(dialled()).contains(guard(4));
  }

  @Test
  void placeThatGetsFree_isThatOfAGuardThatIsReturning_atOnce() {
    startWithGuards(9);
    answerAllBut(guard(3));
    now += Duration.ofMinutes(10).toNanos();
    dialled();
    answers(guard(3));
    lost(guard(5), Duration.ofHours(1));
    dialled();
    assertThat(outreach.takeDismissed()).isEmpty();
    assertThat(kept()).hasSize(TARGET).contains(guard(3), guard(8)).doesNotContain(guard(5));
  }

  @Test
  void whoIsOfTheGroupOfAGuardThatComesBack_makesRoomForIt() {
    book.reached(at("60.3.9.9:9000"), peer(700), now);
    now += Duration.ofMinutes(11).toNanos();
    startWithGuards(8);
    answerAllBut(guard(3));
    PeerAddress neighbour = new PeerAddress(at("60.3.9.9:9000").endpoint(), peer(700));
    assertThat(kept()).hasSize(TARGET).contains(neighbour);
    now += Duration.ofMinutes(10).toNanos();
    assertThat(dialled()).contains(guard(3));
    answers(guard(3));
    now += Duration.ofSeconds(30).toNanos();
    dialled();
    assertThat(outreach.takeDismissed()).containsExactly(linked.get(neighbour));
    assertThat(kept()).hasSize(TARGET).contains(guard(3)).doesNotContain(neighbour);
  }

  /** Whoever answers, stands for half a minute and goes again costs the others little. */
  @Test
  void guardThatFlaps_isLeftAloneLongerEachTime() {
    startWithGuards(9);
    answerAllBut();
    Set<LinkId> ended = new LinkedHashSet<>();
    int flaps = 0;
    long until = now + Duration.ofHours(10).toNanos();
    while (now - until < 0) {
      for (PeerAddress dial : dialled()) {
        if (answers(dial) == Purpose.FEELER) {
          lost(dial, Duration.ZERO);
        }
      }
      List<LinkId> dismissed = outreach.takeDismissed();
      ended.addAll(dismissed);
      dismissed.forEach(
          link -> outreach.linkLost(link, Duration.ofMinutes(5).toNanos(), null, now));
      if (kept().contains(guard(0))) {
        flaps++;
        lost(guard(0), Duration.ofSeconds(31));
      }
      now += Duration.ofSeconds(5).toNanos();
    }
    assertThat(flaps).isBetween(30, 75);
    assertThat(ended.size()).isLessThanOrEqualTo(flaps);
  }

  @Test
  void whatTheNodeDoesNotTrust_ranksLast() {
    startWithGuards(9);
    answerAllBut();
    assertThat(kept()).contains(guard(0)).doesNotContain(guard(8));
    outreach.distrust(peer(500));
    now += Duration.ofMinutes(10).toNanos();
    assertThat(dialled()).contains(guard(8));
    answers(guard(8));
    now += Duration.ofSeconds(30).toNanos();
    dialled();
    assertThat(outreach.takeDismissed()).containsExactly(linked.get(guard(0)));
  }

  @Test
  void whereSomebodyElseAnswers_isNoGuardAnyMore() {
    startWithGuards(2);
    dialled();
    outreach.failed(
        guard(0),
        new DialFailure.HandshakeFailed(new HandshakeFailure(HandshakeFailure.Kind.WRONG_PEER, "")),
        now);
    assertThat(outreach.guards()).containsExactly(guard(1));
  }

  /** Else a network of ten could not use the only peer that is left. */
  @Test
  void linkThatWanders_isKept_ifThereIsAFreePlaceAndNobodyElse() {
    tellOf(0, 9);
    startWithGuards(0);
    for (int i = 0; i < 4000 && outreach.count(Purpose.WANDERING) == 0; i++) {
      for (PeerAddress dial : dialled()) {
        if (answers(dial) == Purpose.FEELER) {
          lost(dial, Duration.ZERO);
        }
      }
      now += Duration.ofSeconds(5).toNanos();
    }
    assertThat(outreach.count(Purpose.WANDERING)).isEqualTo(1);
    PeerAddress gone = new PeerAddress(kept().get(2).endpoint(), null);
    book.isOwn(at(gone.endpoint().toString()));
    lost(gone, Duration.ofHours(1));
    dialled();
    assertThat(outreach.count(Purpose.WANDERING)).isZero();
    assertThat(outreach.kept()).isEqualTo(TARGET);
  }

  @Test
  void whereTheNodeItselfAnswers_orSomebodyElse_theBookHearsOfIt() {
    tellOf(0, 1);
    book.reached(at("41.1.1.1:9000"), peer(5), now);
    now += Duration.ofMinutes(11).toNanos();
    start();
    List<PeerAddress> dials = dialled();
    assertThat(dials).hasSize(2);
    for (PeerAddress dial : dials) {
      HandshakeFailure.Kind kind =
          dial.pinned() == null ? HandshakeFailure.Kind.SELF : HandshakeFailure.Kind.WRONG_PEER;
      outreach.failed(dial, new DialFailure.HandshakeFailed(new HandshakeFailure(kind, "")), now);
    }
    assertThat(book.size()).isEqualTo(1);
    assertThat(known(at("41.1.1.1:9000")).proven()).isNull();
    assertThat(book.takes(at("40.0.0.1:9000"))).isFalse();
    assertThat(announcedWaits).contains(Long.MAX_VALUE);
  }

  /** Another address that belongs in the same place of tried. */
  private IpEndpoint rivalOf(IpEndpoint holder) {
    AddressBook same = new AddressBook(new SipHash(1, 2), false, draws);
    same.reached(holder, peer(1), now);
    for (int i = 1; ; i++) {
      IpEndpoint other = new IpEndpoint(holder.address(), 9000 + i);
      same.reached(other, peer(2), now);
      if (same.triedCount() == 1) {
        return other;
      }
      same.isOwn(other);
    }
  }

  @Test
  void whosePlaceAnotherWants_isTestedByAFeeler() {
    IpEndpoint holder = at("41.1.1.1:9000");
    book.reached(holder, peer(999), now);
    elsewhere.add(holder.endpoint());
    tellOf(0, 60);
    start();
    reachTarget();
    now += Duration.ofHours(5).toNanos();
    elsewhere.clear();
    book.reached(rivalOf(holder), peer(998), now);
    PeerAddress tested = new PeerAddress(holder.endpoint(), peer(999));
    assertThat(dialled()).contains(tested);
    assertThat(answers(tested)).isEqualTo(Purpose.FEELER);
    dialled();
    assertThat(known(holder).tried()).isTrue();
    assertThat(book.toTest(now + Duration.ofMinutes(2).toNanos())).isNull();
  }

  @Test
  void whosePlaceAnotherWants_keepsItWithoutATest_whileItIsLinked() {
    IpEndpoint holder = at("41.1.1.1:9000");
    book.reached(holder, peer(999), now);
    tellOf(0, 60);
    PeerAddress anchor = new PeerAddress(holder.endpoint(), peer(999));
    start(anchor);
    reachTarget();
    assertThat(linked).containsKey(anchor);
    now += Duration.ofHours(5).toNanos();
    IpEndpoint rival = rivalOf(holder);
    book.reached(rival, peer(998), now);
    for (int i = 0; i < 60; i++) {
      assertThat(dialled()).doesNotContain(anchor);
      now += Duration.ofMinutes(1).toNanos();
    }
    assertThat(known(holder).tried()).isTrue();
    assertThat(known(rival).tried()).isFalse();
  }
}
