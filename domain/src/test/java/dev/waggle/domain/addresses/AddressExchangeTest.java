package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.ip;
import static dev.waggle.domain.addresses.Books.peer;
import static dev.waggle.domain.addresses.Books.young;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nodes say to each other about addresses (PROTOCOL §9.5). */
class AddressExchangeTest {
  private static final String LOCAL = "20.1.1.1";

  /** Remembers what was said on each link. */
  private static final class Said implements Links {
    private final Map<LinkId, List<WireMessage>> all = new LinkedHashMap<>();

    @Override
    public void dial(PeerAddress address, DialWay way) {
      throw new AssertionError("an exchange dials nobody");
    }

    @Override
    public boolean send(LinkId link, WireMessage message) {
      return all.computeIfAbsent(link, _ -> new ArrayList<>()).add(message);
    }

    @Override
    public boolean takesMore(LinkId link) {
      return true;
    }

    @Override
    public void close(LinkId link, CloseReason why) {
      throw new AssertionError("an exchange closes nothing");
    }

    @Override
    public long lastHeardNanos(LinkId link) {
      return 0;
    }

    @Override
    public long blockedSinceNanos(LinkId link) {
      return NOT_BLOCKED;
    }
  }

  private final Said said = new Said();
  private final Alarm alarm = new Alarm();
  private final Set<IpAddress> shunned = new LinkedHashSet<>();
  private AddressBook book = Books.book(1);
  private AddressExchange exchange = exchange(true, null);
  private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos(); // Soon runs over.
  private int links;

  private AddressExchange exchange(boolean discovers, @Nullable IpEndpoint external) {
    book = Books.book(1);
    return new AddressExchange(
        book,
        discovers,
        new OwnAddress(external),
        DialledBack.NEVER,
        (address, _) -> shunned.contains(address),
        said,
        new SipHash(5, 6),
        new Draws(new SeededRandom(3)),
        alarm);
  }

  private LinkId linked(Direction direction, String remote, String local) {
    return linked(direction, remote, local, direction == Direction.INBOUND);
  }

  private LinkId linked(Direction direction, String remote, String local, boolean byStranger) {
    LinkId id = new LinkId(++links);
    PeerInfo info =
        new PeerInfo(
            peer(links),
            new Endpoint(remote, 9000),
            new Endpoint(local, 9000),
            direction,
            "toy",
            "bincode",
            List.of());
    exchange.linked(id, info, direction == Direction.OUTBOUND, byStranger, now);
    return id;
  }

  private LinkId inbound() {
    return linked(Direction.INBOUND, "31." + (links + 1) + ".1.1", LOCAL);
  }

  /** One that takes part: it tells, if only of nobody. */
  private LinkId talkative() {
    LinkId link = inbound();
    exchange.told(link, List.of(), now); // That is no offence.
    return link;
  }

  private LinkId outbound() {
    return linked(Direction.OUTBOUND, "32." + (links + 1) + ".1.1", LOCAL);
  }

  private List<WireMessage> take(LinkId link) {
    List<WireMessage> taken = said.all.remove(link);
    return taken == null ? List.of() : taken;
  }

  private List<IpEndpoint> toldOf(LinkId link) {
    List<IpEndpoint> told = new ArrayList<>();
    for (WireMessage message : take(link)) {
      if (message instanceof WireMessage.Addr(var records)) {
        records.forEach(record -> told.add(record.endpoint()));
      }
    }
    return told;
  }

  private void pass(Duration time) {
    now += time.toNanos();
    if (alarm.rings(now)) {
      exchange.timePassed(now);
    }
  }

  private static List<AddressRecord> records(int from, int count, int ageSeconds) {
    List<AddressRecord> records = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      IpEndpoint endpoint = new IpEndpoint(IpAddress.ofIpv4((50 << 24) + i * 65537), 9000);
      records.add(new AddressRecord(endpoint, ageSeconds, 1));
    }
    return records;
  }

  @Test
  void whoWasDialled_isAsked_whoHasDialled_isNot() {
    assertThat(take(outbound())).containsExactly(new WireMessage.GetAddr());
    assertThat(take(inbound())).isEmpty();
  }

  @Test
  void whoHasDialled_isAnsweredOnce_withTheSameForAll_andWithWhereItIsSeen() {
    for (int i = 0; i < 200; i++) {
      book.told(young(at("40." + i + ".1.1")), ip("41." + i + ".1.1"), now);
    }
    LinkId first = inbound();
    LinkId second = inbound();
    exchange.wanted(first, now);
    exchange.wanted(first, now);
    exchange.wanted(second, now);
    List<WireMessage> answer = take(first);
    assertThat(answer).hasSize(2);
    assertThat(answer.getLast()).isEqualTo(new WireMessage.Observed(at("31.1.1.1")));
    assertThat(answer.getFirst()).isInstanceOf(WireMessage.Addr.class);
    assertThat(take(second).getFirst()).isEqualTo(answer.getFirst());

    LinkId dialled = outbound();
    take(dialled);
    exchange.wanted(dialled, now);
    assertThat(take(dialled)).as("whom a node has chosen is not told what it knows").isEmpty();
  }

  /** Neighbours have told of themselves a moment ago; of others a node knows by hearsay only. */
  @Test
  void whoAsks_cannotTellByTheAges_whomTheNodeIsLinkedWith() {
    List<IpEndpoint> linked = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      LinkId link = i % 2 == 0 ? outbound() : inbound();
      IpEndpoint itself = at((i % 2 == 0 ? "32." : "31.") + links + ".1.1");
      exchange.told(link, List.of(young(itself)), now);
      book.reached(itself, peer(links), now);
      linked.add(itself);
      // Somebody whom the same peer has heard of in the same moment.
      exchange.told(link, records(i, 1, 0), now);
    }
    LinkId curious = inbound();
    exchange.wanted(curious, now + Duration.ofMinutes(10).toNanos());
    assertThat(take(curious).getFirst())
        .isInstanceOfSatisfying(
            WireMessage.Addr.class,
            answer ->
                assertThat(answer.addresses())
                    .anyMatch(record -> linked.contains(record.endpoint()))
                    .anyMatch(record -> !linked.contains(record.endpoint()))
                    .allMatch(record -> record.ageSeconds() == 7200 + 600));
  }

  @Test
  void unasked_aPeerMayTellAFewAddresses_andOneMoreInTenSeconds() {
    LinkId link = inbound();
    int first = AddressTokens.AT_FIRST;
    exchange.told(link, records(0, first + 2, 3600), now);
    assertThat(book.size()).isEqualTo(first);
    assertThat(exchange.dropped()).isEqualTo(2);
    now += AddressTokens.EVERY.toNanos() - 1;
    exchange.told(link, records(100, 1, 3600), now);
    assertThat(book.size()).isEqualTo(first);
    now += 1;
    exchange.told(link, records(200, 1, 3600), now);
    assertThat(book.size()).isEqualTo(first + 1);
    assertThat(exchange.dropped()).isEqualTo(3);
    now += Duration.ofDays(1).toNanos();
    for (int i = 0; i < 3; i++) {
      exchange.told(link, records(1000 * i, 1000, 3600), now);
    }
    assertThat(exchange.dropped()).as("1000 tokens at most").isEqualTo(2003);
  }

  @Test
  void whoComesAgain_hasNoNewTokens_norHasAnotherFromThere() {
    LinkId unused = linked(Direction.INBOUND, "31.1.1.1", LOCAL);
    LinkId link = linked(Direction.INBOUND, "31.1.1.1", LOCAL);
    exchange.told(link, records(0, AddressTokens.AT_FIRST, 3600), now);
    exchange.unlinked(link, now);
    exchange.unlinked(unused, now);
    assertThat(tokensOf("31.1.1.1")).isZero();
    assertThat(tokensOf("31.1.1.2")).isEqualTo(AddressTokens.AT_FIRST);
    now += AddressTokens.EVERY.toNanos();
    assertThat(tokensOf("31.1.1.1")).isEqualTo(1);
  }

  @Test
  void whoComesByATunnel_hasTheTokensOfItsIpv4Address() {
    assertThat(tokensOf("2002:1f01:101:1::1")).isEqualTo(AddressTokens.AT_FIRST);
    assertThat(tokensOf("2002:1f01:101:2::1")).isZero();
    assertThat(tokensOf("64:ff9b::31.1.1.2")).isEqualTo(AddressTokens.AT_FIRST);
    assertThat(tokensOf("64:ff9b::31.1.1.3")).isEqualTo(AddressTokens.AT_FIRST);
  }

  @Test
  void nodesOfOneMachine_onANetworkOfOnesOwn_haveTokensEach() {
    assertThat(tokensOf("127.0.0.1")).isEqualTo(AddressTokens.AT_FIRST);
    assertThat(tokensOf("127.0.0.1")).isEqualTo(AddressTokens.AT_FIRST);
  }

  /** How many addresses whoever comes from there may tell, and then has told. */
  private int tokensOf(String remote) {
    LinkId link = linked(Direction.INBOUND, remote, LOCAL);
    long before = exchange.dropped();
    exchange.told(link, records(0, 100, 3600), now);
    exchange.unlinked(link, now);
    return (int) (100 - (exchange.dropped() - before));
  }

  @Test
  void whereManyComeAndGo_whoLeftFirstIsForgottenFirst() {
    assertThat(tokensOf("31.1.1.1")).isEqualTo(AddressTokens.AT_FIRST);
    for (int i = 0; i < AddressExchange.MAX_LEFT; i++) {
      assertThat(tokensOf("31.2." + i / 256 + "." + i % 256)).isEqualTo(AddressTokens.AT_FIRST);
    }
    assertThat(tokensOf("31.2.3.255")).isZero();
    assertThat(tokensOf("31.1.1.1")).isEqualTo(AddressTokens.AT_FIRST);
  }

  @Test
  void asked_aPeerMayTellAThousand() {
    LinkId link = outbound();
    exchange.told(link, records(0, 1000, 3600), now);
    assertThat(exchange.dropped()).isZero();
    exchange.told(link, records(0, 1, 3600), now);
    assertThat(exchange.dropped()).isEqualTo(1);
  }

  @Test
  void whichAddressesAreDropped_isLeftToChance() {
    Map<IpEndpoint, Boolean> taken = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      exchange = exchange(true, null);
      exchange.told(inbound(), records(0, 50, 3600), now);
      // The draws of this exchange are those of the one before.
      exchange.told(inbound(), records(0, 1 + i % 10, 3600), now);
      book.all(now).forEach(known -> taken.put(known.endpoint(), true));
    }
    assertThat(taken.size()).isGreaterThan(2);
  }

  @Test
  void freshAddress_isToldOnToTwo_theSameForADay_andNotTwice() {
    List<LinkId> others = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      others.add(talkative());
    }
    LinkId from = inbound();
    exchange.told(from, records(0, 1, 599), now);
    assertThat(toldOf(others.getFirst())).isEmpty();
    pass(AddressExchange.GATHERED_FOR);
    List<LinkId> toldFirst = new ArrayList<>(said.all.keySet());
    assertThat(toldFirst).hasSize(2).doesNotContain(from);
    assertThat(take(toldFirst.getFirst()))
        .as("older by the time that it was gathered")
        .containsExactly(new WireMessage.Addr(records(0, 1, 604)));
    said.all.clear();

    LinkId other = others.stream().filter(link -> !toldFirst.contains(link)).findFirst().get();
    exchange.told(other, records(0, 1, 0), now);
    pass(AddressExchange.GATHERED_FOR);
    assertThat(said.all).as("the same two, who know it").isEmpty();
  }

  /** An observer of one or the other link sees the same few for a day, and at last others. */
  @ParameterizedTest
  @CsvSource({"PT2H, 2, 4", "P1D, 5, 20"})
  void whoIsToldOfAnAddress_changesOnceADay(Duration pause, int least, int most) {
    for (int i = 0; i < 20; i++) {
      talkative();
    }
    LinkId from = outbound();
    said.all.clear();
    Map<LinkId, List<WireMessage>> told = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      exchange.told(from, records(0, 1, 0), now);
      pass(AddressExchange.GATHERED_FOR);
      told.putAll(said.all);
      said.all.clear();
      now += pause.toNanos();
    }
    assertThat(told).hasSizeBetween(least, most).doesNotContainKey(from);
  }

  @Test
  void whoTells_isNoneOfTheTwo() {
    LinkId from = outbound();
    talkative();
    talkative();
    take(from);
    for (int i = 0; i < 10; i++) {
      exchange.told(from, records(i, 1, 0), now);
      pass(AddressExchange.GATHERED_FOR);
      assertThat(said.all).hasSize(2).doesNotContainKey(from);
      said.all.clear();
    }
  }

  @Test
  void whatIsOld_orComesAmongMany_orIsPrivate_isNotToldOn() {
    LinkId other = talkative();
    LinkId from = outbound();
    take(from);
    exchange.told(from, records(0, 1, 600), now);
    exchange.told(from, records(100, 11, 0), now);
    exchange.told(from, List.of(young(at("10.1.1.1")), young(at("127.0.0.1"))), now);
    pass(AddressExchange.GATHERED_FOR);
    assertThat(said.all).isEmpty();
    exchange.told(from, records(200, 10, 0), now);
    pass(AddressExchange.GATHERED_FOR);
    assertThat(toldOf(other)).hasSize(10);
  }

  @Test
  void whoIsShunned_isNeitherToldOnNorInAnAnswer() {
    LinkId other = talkative();
    LinkId from = outbound();
    take(from);
    List<AddressRecord> records = records(0, 10, 0);
    records.forEach(record -> book.reached(record.endpoint(), peer(9), now));
    records.subList(0, 9).forEach(record -> shunned.add(record.endpoint().address()));
    IpEndpoint welcome = records.get(9).endpoint();

    exchange.told(from, records, now);
    pass(AddressExchange.GATHERED_FOR);
    assertThat(toldOf(other)).containsExactly(welcome);

    for (int i = 0; i < 100; i++) { // However the two of their group are drawn.
      exchange.wanted(linked(Direction.INBOUND, "33.1.1." + i, "30.0.0." + i), now);
    }
    Set<IpEndpoint> told = new LinkedHashSet<>();
    new ArrayList<>(said.all.keySet()).forEach(link -> told.addAll(toldOf(link)));
    assertThat(told).containsExactly(welcome);
  }

  @Test
  void addressesThatWaitForAPeer_areBounded() {
    LinkId other = talkative();
    LinkId from = outbound();
    for (int i = 0; i < 20; i++) {
      exchange.told(from, records(10 * i, 10, 0), now);
    }
    pass(AddressExchange.GATHERED_FOR);
    int told = toldOf(other).size();
    assertThat(told).as("what the peer takes at once").isEqualTo(AddressTokens.AT_FIRST);
    for (int i = 0; i < 100; i++) {
      pass(AddressTokens.EVERY);
      told += toldOf(other).size();
    }
    assertThat(told).isEqualTo(64);
  }

  /** One that was told only where to dial takes no addresses, and what it is told is lost. */
  @Test
  void whoHasDialled_isToldOn_onceItHasAskedOrTold() {
    LinkId silent = inbound();
    LinkId curious = inbound();
    LinkId talkative = talkative();
    LinkId dialled = outbound();
    exchange.wanted(curious, now);
    said.all.clear();
    exchange.told(inbound(), records(0, 10, 0), now);
    pass(AddressExchange.GATHERED_FOR);
    assertThat(said.all).containsOnlyKeys(curious, talkative, dialled).doesNotContainKey(silent);
  }

  @Test
  void whoIsGone_isToldNothing() {
    LinkId other = talkative();
    LinkId from = inbound();
    exchange.told(from, records(0, 1, 0), now);
    exchange.unlinked(other, now);
    pass(AddressExchange.GATHERED_FOR);
    assertThat(said.all).isEmpty();
  }

  @Test
  void nodeTellsOfItself_onceItKnowsItsAddress_andWhoeverComesLater() {
    exchange.listensAt(at("0.0.0.0"));
    LinkId before = inbound();
    LinkId dialled = outbound();
    take(dialled);
    assertThat(take(before)).isEmpty();
    exchange.observed(dialled, new IpEndpoint(ip(LOCAL), 40_000), now);
    assertThat(toldOf(before)).containsExactly(at(LOCAL));
    assertThat(toldOf(dialled)).containsExactly(at(LOCAL));
    assertThat(toldOf(inbound())).containsExactly(at(LOCAL));
    assertThat(book.takes(at(LOCAL))).as("an address of its own").isFalse();
    said.all.clear();
    now += Duration.ofDays(40).toNanos();
    exchange.timePassed(now);
    assertThat(toldOf(before)).as("again, about once a day").containsExactly(at(LOCAL));
    exchange.timePassed(now);
    assertThat(toldOf(before)).isEmpty();
  }

  @Test
  void nodeThatListensAtOneAddress_tellsOfThatAtOnce() {
    exchange.listensAt(at(LOCAL));
    assertThat(toldOf(inbound())).containsExactly(at(LOCAL));
    assertThat(book.takes(at(LOCAL))).as("an address of its own").isFalse();
  }

  @Test
  void nodeThatListensWhereTheNetworkDoesNotReach_tellsOfWhatOthersSeeOnly() {
    exchange.listensAt(at("10.0.0.5"));
    LinkId listener = inbound();
    assertThat(take(listener)).isEmpty();
    for (int i = 1; i < 4; i++) {
      LinkId link = linked(Direction.OUTBOUND, "32." + i + ".1.1", "10.0.0.5");
      exchange.observed(link, at("25.1.1.1"), now);
    }
    assertThat(toldOf(listener)).containsExactly(at("25.1.1.1"));
  }

  @Test
  void whatTheOtherSideSees_countsOnlyIfThisNodeHasDialled() {
    exchange.listensAt(at("0.0.0.0"));
    LinkId link = inbound();
    exchange.observed(link, at(LOCAL), now);
    assertThat(take(link)).isEmpty();
  }

  @Test
  void observations_countOnceOnALink() {
    exchange.listensAt(at("0.0.0.0"));
    LinkId listener = inbound();
    LinkId link = outbound();
    exchange.observed(link, at("10.0.0.7"), now);
    exchange.observed(link, at(LOCAL), now);
    assertThat(take(listener)).as("its first word was another one").isEmpty();
  }

  @Test
  void behindARouter_whatAPrivateAddressIsSeenAs_hidesNothing() {
    exchange.listensAt(at("0.0.0.0"));
    LinkId listener = inbound();
    exchange.observed(linked(Direction.OUTBOUND, "32.1.1.1", "10.0.0.5"), at("10.0.0.5"), now);
    for (int i = 2; i < 5; i++) {
      LinkId link = linked(Direction.OUTBOUND, "32." + i + ".1.1", "10.0.0.5");
      exchange.observed(link, at("25.1.1.1"), now);
    }
    assertThat(toldOf(listener)).containsExactly(at("25.1.1.1"));
  }

  @Test
  void whoComesFromTheSameSite_isNoStranger() {
    exchange.listensAt(at("0.0.0.0"));
    LinkId listener = linked(Direction.INBOUND, "10.0.0.6", "10.0.0.5");
    for (int i = 1; i < 4; i++) {
      LinkId link = linked(Direction.OUTBOUND, "32." + i + ".1.1", "10.0.0.5");
      exchange.observed(link, at("25.1.1.1"), now);
    }
    assertThat(take(listener)).isEmpty();
  }

  @Test
  void whoHasComeInBecauseThisNodeHasDialledHim_isNoStranger() {
    exchange.listensAt(at("0.0.0.0"));
    LinkId listener = linked(Direction.INBOUND, "31.1.1.1", "10.0.0.5", false);
    for (int i = 1; i < 4; i++) {
      LinkId link = linked(Direction.OUTBOUND, "32." + i + ".1.1", "10.0.0.5");
      exchange.observed(link, at("25.1.1.1"), now);
    }
    assertThat(take(listener)).isEmpty();
  }

  @Test
  void whoAgreesInALie_hidesNobody() {
    exchange.listensAt(at("0.0.0.0"));
    LinkId listener = inbound();
    book.told(young(at("25.1.1.1")), ip("26.1.1.1"), now);
    for (int i = 0; i < 3; i++) {
      exchange.observed(outbound(), at("25.1.1.1"), now);
    }
    assertThat(toldOf(listener)).containsExactly(at("25.1.1.1"));
    assertThat(book.find(at("25.1.1.1"))).isNotNull();
    assertThat(book.takes(at("25.1.1.1"))).isTrue();
  }

  /** A machine has one of IPv4 and one of IPv6, and peers see now this one, now that. */
  @Test
  void addressThatWasToldOf_isNotToldAgain_becauseAnotherOneWasSeenMeanwhile() {
    exchange.listensAt(at("::"));
    LinkId listener = inbound();
    int told = 0;
    for (int i = 1; i < 20; i++) {
      String local = i % 2 == 0 ? "2a00:1::1" : LOCAL;
      LinkId link = linked(Direction.OUTBOUND, "32." + i + ".1.1", local);
      exchange.observed(link, at(local), now);
      told += toldOf(listener).size();
    }
    assertThat(told).isEqualTo(2);
  }

  @Test
  void nodeThatDoesNotDiscover_asksNobody_takesNothing_andTellsNothingOfItself() {
    exchange = exchange(false, at("25.1.1.1"));
    exchange.listensAt(at("0.0.0.0"));
    LinkId link = outbound();
    LinkId other = inbound();
    exchange.told(link, records(0, 1, 0), now);
    pass(AddressExchange.GATHERED_FOR);
    exchange.timePassed(now);
    assertThat(said.all).isEmpty();
    assertThat(book.size()).isZero();
    exchange.wanted(other, now);
    assertThat(take(other)).hasSize(2);
  }

  @Test
  void privateAddress_thatTheOperatorSays_isNotToldOnAPublicNetwork() {
    exchange = exchange(true, at("10.0.0.5"));
    assertThat(take(inbound())).isEmpty();
    exchange = exchange(true, at("25.1.1.1"));
    assertThat(toldOf(inbound())).containsExactly(at("25.1.1.1"));
  }
}
