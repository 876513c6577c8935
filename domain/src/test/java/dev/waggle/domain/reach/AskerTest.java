package dev.waggle.domain.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a node has others dial it, and what it believes of what they say (PROTOCOL §9.9). */
class AskerTest extends ReachFixture {
  private static final String SEEN = "20.1.1.1";
  private static final IpEndpoint CANDIDATE = at(SEEN + ":" + PORT);

  /** Links to so many peers of different groups, all of which see the node at one address. */
  private List<LinkId> seenBy(int count) {
    start();
    List<LinkId> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(outbound(i));
    }
    for (int i = 101; i <= 102; i++) { // Two that cannot be asked, but see the same.
      LinkId witness = link(i, OUT, "30." + i + ".1.1:9000", "10.0.0.5:40000", List.of());
      sees(witness, SEEN + ":40000");
    }
    all.forEach(link -> sees(link, SEEN + ":40000"));
    return all;
  }

  private record Asked(LinkId link, WireMessage.DialRequest request) {}

  private List<Asked> asked(List<LinkId> all) {
    List<Asked> asked = new ArrayList<>();
    for (LinkId link : all) {
      WireMessage.DialRequest request = asked(link);
      if (request != null) {
        asked.add(new Asked(link, request));
      }
    }
    return asked;
  }

  /** The next one who is asked, which is waited for. */
  private Asked next(List<LinkId> all) {
    for (int i = 0; i < 20_000; i++) {
      List<Asked> asked = asked(all);
      if (!asked.isEmpty()) {
        return asked.getFirst();
      }
      pass(Duration.ofSeconds(1));
    }
    throw new AssertionError("nobody was asked");
  }

  private void answers(Asked asked, DialOutcome outcome) {
    reaching.answered(asked.link, asked.request.nonce(), outcome, now);
  }

  private void dialsBack(Asked asked) {
    LinkId connection = Objects.requireNonNull(connects(asked.link));
    reaching.received(connection, new WireMessage.DialBack(asked.request.nonce()), now);
  }

  @Test
  void peerThatDialsBack_showsThatTheNodeIsReachable() {
    List<LinkId> all = seenBy(4);
    Asked asked = next(all);
    assertThat(asked.request.endpoint()).isEqualTo(CANDIDATE);
    assertThat(asked.request.payment()).isEqualTo(Bytes.EMPTY); // It is seen there.
    assertThat(observed).isEmpty();

    LinkId connection = Objects.requireNonNull(connects(asked.link));
    reaching.received(connection, new WireMessage.DialBack(asked.request.nonce()), now);

    assertThat(links.take(connection))
        .containsExactly(new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED));
    assertThat(links.closed).containsExactly(connection);
    assertThat(observed).containsExactly("reachable " + CANDIDATE);
    answers(asked, DialOutcome.REACHED);
    assertThat(reaching.reachable()).containsExactly(CANDIDATE);
    reaching.closed(connection);
    assertThat(asked(all)).isEmpty();
    pass(Duration.ofMinutes(14));
    assertThat(asked(all)).isEmpty();
    pass(Duration.ofMinutes(31));
    assertThat(asked(all)).hasSizeBetween(1, 4); // One after the other, as they do not answer.
  }

  /** As many candidates as peers who can be asked: each of these has to be asked for both. */
  @Test
  void peersWhoAllTakeEquallyLong_areAskedForEachCandidate() {
    List<LinkId> all = seenBy(2);
    for (int i = 103; i <= 104; i++) {
      LinkId ownPort = link(i, OUT, "30." + i + ".1.1:9000", "10.0.0.5:" + PORT, List.of());
      sees(ownPort, SEEN + ":12572");
    }
    Map<Asked, Long> answered = new LinkedHashMap<>();
    for (int second = 0; second < 200; second++) {
      asked(all).forEach(each -> answered.put(each, now + DialBacks.IN_VAIN_AFTER.toNanos()));
      for (Asked each : List.copyOf(answered.keySet())) {
        if (now - answered.get(each) >= 0) {
          answered.remove(each);
          answers(each, DialOutcome.NOT_REACHED);
        }
      }
      pass(Duration.ofSeconds(1));
    }
    assertThat(observed).containsExactly("private");
  }

  @Test
  void threeGroupsThatCannot_makeItPrivate_andTwoThatCan_reachable() {
    List<LinkId> all = seenBy(8);
    for (int i = 0; i < 3; i++) {
      assertThat(state()).isEqualTo(Reachability.UNKNOWN);
      answers(next(all), DialOutcome.NOT_REACHED);
    }
    assertThat(observed).containsExactly("private");
    dialsBack(next(all));
    assertThat(state()).isEqualTo(Reachability.PRIVATE);
    dialsBack(next(all));
    assertThat(observed).containsExactly("private", "reachable " + CANDIDATE);
  }

  @Test
  void groupsAreAskedInTurn_soOneThatLiesHasOneVoice() {
    List<LinkId> all = seenBy(8);
    Set<LinkId> turn = new LinkedHashSet<>();
    for (int i = 0; i < 8; i++) {
      Asked asked = next(all);
      turn.add(asked.link);
      answers(asked, DialOutcome.REFUSED);
    }
    assertThat(turn).hasSize(8);
  }

  @Test
  void askedOnce_thenAgainEveryTenSecondsOrSo_whileNobodyAnswers() {
    List<LinkId> all = seenBy(8);
    assertThat(asked(all)).hasSize(1);
    pass(Duration.ofMillis(4_999));
    assertThat(asked(all)).isEmpty();
    pass(Duration.ofSeconds(35));
    assertThat(asked(all)).hasSizeBetween(2, 8);
  }

  @Test
  void nobodyIsAskedTwiceAtOnce_andSilenceIsARefusal() {
    List<LinkId> all = seenBy(1);
    assertThat(asked(all)).hasSize(1);
    pass(Duration.ofSeconds(59));
    assertThat(asked(all)).isEmpty();
    pass(Asker.RESTS_FOR);
    assertThat(asked(all)).isEmpty();
    pass(Duration.ofSeconds(16));
    assertThat(asked(all)).hasSize(1);
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
  }

  @Test
  void refusal_hasAnotherAskedAtOnce_andWhoRefusedRests() {
    List<LinkId> all = seenBy(3);
    for (int i = 0; i < 3; i++) {
      List<Asked> asked = asked(all);
      assertThat(asked).hasSize(1);
      answers(asked.getFirst(), DialOutcome.REFUSED);
    }
    assertThat(asked(all)).isEmpty();
    pass(Asker.RESTS_FOR.minusMillis(1));
    assertThat(asked(all)).isEmpty();
    pass(Duration.ofSeconds(16));
    assertThat(asked(all)).isNotEmpty();
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
  }

  @Test
  void onlyPeersWithTheFeature_thatTheNodeHasDialled_elsewhere_areAsked() {
    start();
    List<LinkId> others =
        List.of(
            inbound(1, "30.1.1.1:9000"),
            link(2, OUT, "30.2.1.1:9000", "10.0.0.5:40000", List.of()),
            link(3, OUT, "192.168.0.3:9000", "10.0.0.5:40000", FEATURES),
            link(4, OUT, "30.4.1.1:9000", "10.0.0.5:" + PORT, FEATURES));
    others.forEach(link -> sees(link, SEEN + ":" + PORT));
    reaching.ownPort().punches(at("30.5.1.1:9000"), now);
    LinkId punched = outbound(5);
    sees(punched, SEEN + ":40000");
    pass(Duration.ofMinutes(10));
    assertThat(asked(others)).isEmpty();
    assertThat(asked(punched)).isNull();
    assertThat(reaching.canAsk()).isFalse();

    LinkId good = outbound(6);
    sees(good, SEEN + ":40000");
    assertThat(reaching.canAsk()).isTrue();
    assertThat(asked(good)).isNotNull();
  }

  @Test
  void addressAtWhichThePeerDoesNotSeeTheNode_isPaidFor() {
    own = new OwnAddress(at("25.1.1.1:9999"));
    reaching = reaching(ReachSettings.ANYWHERE);
    start();
    LinkId link = outbound(1);
    assertThat(asked(link)).isNull(); // It may save that by saying where it sees the node.
    pass(Asker.OBSERVES_WITHIN);
    WireMessage.DialRequest request = Objects.requireNonNull(asked(link));
    assertThat(request.endpoint()).isEqualTo(at("25.1.1.1:9999"));
    assertThat(request.payment().length()).isEqualTo(DialBacks.PRICE_BYTES);
  }

  @Test
  void whoSeesTheNodeThere_isAskedFirst() {
    own = new OwnAddress(at("25.1.1.1:9999"));
    reaching = reaching(ReachSettings.ANYWHERE);
    start();
    List<LinkId> all = List.of(outbound(1), outbound(2), outbound(3), outbound(4));
    sees(all.get(2), "25.1.1.1:40000");
    Asked asked = next(all);
    assertThat(asked.link).isEqualTo(all.get(2));
    assertThat(asked.request.payment()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void peersOfTheOtherIpVersion_areAskedOnlyWhereThereAreTooFew() {
    own = new OwnAddress(at("[2a00:1::1]:9000"));
    reaching = reaching(ReachSettings.ANYWHERE);
    start("::", false);
    List<LinkId> ipv4 = List.of(outbound(1), outbound(2), outbound(3));
    List<LinkId> ipv6 = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      ipv6.add(link(10 + i, OUT, "[2a0" + i + ":1::1]:9000", "[2a00:1::1]:40000", FEATURES));
    }
    for (int i = 0; i < 3; i++) {
      answers(next(ipv6), DialOutcome.NOT_REACHED);
    }
    assertThat(state()).isEqualTo(Reachability.PRIVATE);
    assertThat(asked(ipv4)).isEmpty();
    unlink(ipv6.getFirst());
    List<LinkId> all = new ArrayList<>(ipv4);
    all.addAll(ipv6.subList(1, 3));
    Set<LinkId> turn = new LinkedHashSet<>();
    for (int i = 0; i < 5; i++) {
      Asked asked = next(all);
      turn.add(asked.link);
      answers(asked, DialOutcome.NOT_REACHED);
    }
    assertThat(turn).containsAnyElementsOf(ipv4);
  }

  // ---- lies

  @Test
  void wordThatItWasReached_withoutADialBack_isNothing() {
    List<LinkId> all = seenBy(1);
    Asked asked = next(all);
    answers(asked, DialOutcome.REACHED);
    pass(Duration.ofHours(2));
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
    assertThat(observed).isEmpty();
  }

  @Test
  void wrongNonce_orAnotherFirstMessage_endsTheConnection_andProvesNothing() {
    List<LinkId> all = seenBy(2);
    Asked first = next(all);
    LinkId connection = Objects.requireNonNull(connects(first.link));
    reaching.received(connection, new WireMessage.DialBack(first.request.nonce() + 1), now);
    assertThat(links.closed).containsExactly(connection);
    // There is no second chance.
    reaching.received(connection, new WireMessage.DialBack(first.request.nonce()), now);
    assertThat(connects(first.link)).isNull();

    Asked second = next(all);
    LinkId other = Objects.requireNonNull(connects(second.link));
    reaching.received(other, new WireMessage.Ping(1), now);
    reaching.received(other, new WireMessage.DialBack(second.request.nonce()), now);
    assertThat(links.closed).containsExactly(connection, other);
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
  }

  @Test
  void dialBackOnALinkOfTheNode_orOfAnotherPeer_provesNothing() {
    List<LinkId> all = seenBy(2);
    Asked asked = next(all);
    LinkId other = all.get(asked.link.equals(all.get(0)) ? 1 : 0);
    reaching.received(asked.link, new WireMessage.DialBack(asked.request.nonce()), now);
    reaching.received(other, new WireMessage.DialBack(asked.request.nonce()), now);
    assertThat(connects(other)).isNull(); // It is a link like others.
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
    assertThat(links.closed).isEmpty();
  }

  @Test
  void replayedDialBack_provesNothingOnce_more() {
    List<LinkId> all = seenBy(1);
    Asked asked = next(all);
    dialsBack(asked);
    assertThat(state()).isEqualTo(Reachability.REACHABLE);
    assertThat(connects(asked.link)).isNull();
    answers(asked, DialOutcome.NOT_REACHED); // Too late: it has proved the contrary.
    answers(asked, DialOutcome.NOT_REACHED);
    assertThat(state()).isEqualTo(Reachability.REACHABLE);

    Asked again = next(all);
    LinkId connection = Objects.requireNonNull(connects(again.link));
    reaching.received(connection, new WireMessage.DialBack(asked.request.nonce()), now);
    answers(again, DialOutcome.NOT_REACHED);
    Asked third = next(all);
    answers(third, DialOutcome.NOT_REACHED);
    assertThat(state()).isEqualTo(Reachability.PRIVATE); // Nobody has shown anything since.
  }

  @Test
  void proofCountsMore_thanTheSamePeersWordToTheContrary() {
    List<LinkId> all = seenBy(1);
    Asked asked = next(all);
    LinkId connection = Objects.requireNonNull(connects(asked.link));
    answers(asked, DialOutcome.NOT_REACHED);
    reaching.received(connection, new WireMessage.DialBack(asked.request.nonce()), now);
    assertThat(state()).isEqualTo(Reachability.REACHABLE);
  }

  @Test
  void peerThatOpensManyConnections_hasOneOfThemTakenForItsAnswer() {
    List<LinkId> all = seenBy(1);
    Asked asked = next(all);
    LinkId first = Objects.requireNonNull(connects(asked.link));
    for (int i = 0; i < 100; i++) {
      assertThat(connects(asked.link)).isNull();
    }
    pass(Duration.ofMillis(4_999));
    assertThat(links.closed).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(links.closed).containsExactly(first); // It said nothing.
    reaching.received(first, new WireMessage.DialBack(asked.request.nonce()), now);
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
  }

  @Test
  void connectionAfterAMinute_isALinkLikeOthers() {
    List<LinkId> all = seenBy(1);
    Asked asked = next(all);
    now += Asker.AWAITED_FOR.toNanos() - 1;
    LinkId inTime = connects(asked.link);
    assertThat(inTime).isNotNull();

    pass(Asker.RESTS_FOR.plusSeconds(20));
    Asked again = next(all);
    now += Asker.AWAITED_FOR.toNanos(); // The alarm was not heard in time.
    assertThat(connects(again.link)).isNull();
  }

  @Test
  void requestWhoseLinkEnds_isNotWaitedFor_butAConnectionThatIsThereMayStillProveIt() {
    List<LinkId> all = seenBy(2);
    Asked first = next(all);
    unlink(first.link);
    assertThat(connects(first.link)).isNull();
    answers(first, DialOutcome.NOT_REACHED);

    Asked second = next(List.of(all.get(first.link.equals(all.get(0)) ? 1 : 0)));
    LinkId connection = Objects.requireNonNull(connects(second.link));
    unlink(second.link);
    reaching.received(connection, new WireMessage.DialBack(second.request.nonce()), now);
    assertThat(state()).isEqualTo(Reachability.REACHABLE);
  }

  @Test
  void answersThatNobodyHasAskedFor_areNothing() {
    List<LinkId> all = seenBy(4);
    for (LinkId link : all) {
      for (int i = 0; i < 100; i++) {
        reaching.answered(link, i, DialOutcome.NOT_REACHED, now);
      }
    }
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
  }

  @Test
  void answerWithAnotherNonce_isNone() {
    List<LinkId> all = seenBy(1);
    Asked asked = next(all);
    reaching.answered(asked.link, asked.request.nonce() + 1, DialOutcome.REFUSED, now);
    reaching.answered(asked.link, asked.request.nonce() + 1, DialOutcome.NOT_REACHED, now);
    assertThat(connects(asked.link)).isNotNull(); // It is still waited for.
  }

  @Test
  void twoLiars_cannotMakeTheNodePrivate() {
    List<LinkId> all = seenBy(8);
    Set<LinkId> liars = Set.of(all.get(0), all.get(1));
    for (int i = 0; i < 200; i++) {
      Asked asked = next(all);
      if (liars.contains(asked.link)) {
        answers(asked, DialOutcome.NOT_REACHED);
      } else {
        dialsBack(asked);
      }
      assertThat(state()).isNotEqualTo(Reachability.PRIVATE);
    }
  }

  @Test
  void whenAllButOneLie_theNodeIsHeldForPrivate_untilItHasOneMoreWhoDoesNot() {
    List<LinkId> all = new ArrayList<>(seenBy(8));
    Map<LinkId, Boolean> honest = new LinkedHashMap<>();
    honest.put(all.get(5), true);
    for (int i = 0; i < 40; i++) {
      honestOrNot(next(all), honest);
    }
    assertThat(state()).isEqualTo(Reachability.PRIVATE);
    LinkId another = outbound(9);
    sees(another, SEEN + ":40000");
    all.add(another);
    honest.put(another, true);
    for (int i = 0; i < 20 && state() != Reachability.REACHABLE; i++) {
      honestOrNot(next(all), honest);
    }
    assertThat(observed).endsWith("reachable " + CANDIDATE);
  }

  private void honestOrNot(Asked asked, Map<LinkId, Boolean> honest) {
    if (honest.containsKey(asked.link)) {
      dialsBack(asked);
    } else {
      answers(asked, DialOutcome.NOT_REACHED);
    }
  }

  @Test
  void manyLinksToOneGroup_haveOneVoice() {
    start();
    List<LinkId> all = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      all.add(link(i, OUT, "30.1.1." + i + ":9000", "10.0.0.5:40000", FEATURES));
    }
    LinkId elsewhere = outbound(2);
    LinkId further = outbound(3);
    sees(all.getFirst(), SEEN + ":40000");
    sees(elsewhere, SEEN + ":40000");
    sees(further, SEEN + ":40000");
    all.add(elsewhere);
    all.add(further);
    for (int i = 0; i < 40; i++) {
      Asked asked = next(all);
      if (asked.link.equals(elsewhere) || asked.link.equals(further)) {
        answers(asked, DialOutcome.REFUSED);
        continue;
      }
      answers(asked, DialOutcome.NOT_REACHED);
      if (state() == Reachability.PRIVATE) {
        break; // While the others rest, there is but one group that can be asked.
      }
    }
    assertThat(state()).isEqualTo(Reachability.PRIVATE);
  }

  @ParameterizedTest
  @EnumSource(DialOutcome.class)
  void answersForAnAddressThatIsNoneAnyMore_areNothing(DialOutcome outcome) {
    start();
    Mapping mapping =
        new Mapping(Mapping.Method.PCP, ip("10.0.0.1"), CANDIDATE, Duration.ofHours(1));
    reaching.mapped(mapping, now);
    LinkId link = outbound(1);
    sees(link, SEEN + ":40000");
    Asked asked = next(List.of(link));
    LinkId connection = Objects.requireNonNull(connects(asked.link));
    reaching.mappingLost(mapping, "gone", now);
    answers(asked, outcome);
    reaching.received(connection, new WireMessage.DialBack(asked.request.nonce()), now);
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
    reaching.mapped(mapping, now);
    assertThat(reaching.of(CANDIDATE)).isEqualTo(Reachability.UNKNOWN); // It has come back.
    assertThat(observed).noneMatch(event -> event.startsWith("reachable"));
  }

  @Test
  void addressThatPeersSeeNow_isACandidate_besidesTheOneThatMostHaveSeen() {
    List<LinkId> all = seenBy(8);
    sees(outbound(9), "20.2.2.2:40000");
    assertThat(candidates()).containsExactly(CANDIDATE);
    sees(outbound(10), "20.2.2.2:40000"); // Liars, or the router has another address.
    assertThat(candidates()).containsExactly(CANDIDATE, at("20.2.2.2:" + PORT));
    for (int i = 11; i <= 30; i++) {
      sees(outbound(i), "20.2.2.2:40000");
    }
    assertThat(candidates()).containsExactly(at("20.2.2.2:" + PORT));
    assertThat(all).hasSize(8);
  }

  private List<IpEndpoint> candidates() {
    return reaching.status(ReachStatus.Punches.NONE, now).addresses().stream()
        .map(ReachStatus.Candidate::endpoint)
        .toList();
  }

  @Test
  void queueThatIsFull_hasAnotherAsked() {
    start();
    LinkId busy = outbound(1);
    LinkId other = outbound(2);
    links.full.add(busy);
    sees(busy, SEEN + ":40000");
    sees(other, SEEN + ":40000");
    pass(Duration.ofSeconds(20));
    assertThat(asked(other)).isNotNull();
  }

  @Test
  void stoppedNode_closesWhatItAwaited_andTakesNothingMore() {
    List<LinkId> all = seenBy(2);
    Asked asked = next(all);
    LinkId connection = Objects.requireNonNull(connects(asked.link));
    reaching.stop();
    assertThat(links.closed).containsExactly(connection);
    Asked none = new Asked(all.getFirst(), asked.request);
    assertThat(connects(none.link)).isNull();
  }

  @Test
  void withoutTheFeature_nothingIsAsked_andTheAlarmIsSilent() {
    start();
    for (int i = 1; i <= 8; i++) {
      LinkId link = link(i, OUT, "30." + i + ".1.1:9000", "10.0.0.5:40000", List.of());
      sees(link, SEEN + ":40000");
      assertThat(links.take(link)).isEmpty();
    }
    long hour = Duration.ofHours(1).toNanos();
    assertThat(alarm.deadlineNanos(now)).isEqualTo(now + hour);
    assertThat(state()).isEqualTo(Reachability.UNKNOWN);
    assertThat(reaching.canAsk()).isFalse();
    assertThat(peers.values()).allMatch(peer -> peer.direction() == Direction.OUTBOUND);
  }
}
