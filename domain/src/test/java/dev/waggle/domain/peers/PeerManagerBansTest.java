package dev.waggle.domain.peers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a {@link PeerManager} shuts out, and whom it only likes less (PROTOCOL §8.3). */
class PeerManagerBansTest extends PeerManagerFixture {
  private static final String SHARED = "20.0.0.1"; // By all who are behind one translator.
  private static final List<PeerIdentity> STRANGERS = identities(40, 13);

  private static Ban ban(String subject, Duration time) {
    return new Ban(Ban.Subject.parse(subject), Ban.Kind.OPERATOR, time.toSeconds(), "why not");
  }

  private void misbehave(LinkId link) {
    Neighbour peer = requireNonNull(manager.speaker(link));
    for (int i = 0; i < 4; i++) {
      peer.blame(Offence.INVALID_MESSAGE, now);
    }
    closedBy(link, CloseReason.Cause.LOCAL);
  }

  private void assertTurnedAway(LinkId link) {
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.MISBEHAVIOUR));
    assertThat(links.closed).containsKey(link);
    assertThat(active()).doesNotContain(link);
  }

  /** In these places, each in a group of its own. */
  private List<LinkId> strangers(int count) {
    List<LinkId> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pass(Duration.ofSeconds(1));
      all.add(inbound(STRANGERS.get(i), "21." + i + ".0.1"));
    }
    return all;
  }

  private static KnownAddress known(String endpoint) {
    IpEndpoint at = requireNonNull(IpEndpoint.of(PeerAddress.parse(endpoint).endpoint()));
    return new KnownAddress(at, at.address(), 1, null, 60, KnownAddress.NEVER, 60, 0, true);
  }

  private static PeerMemory remembering(List<Ban> bans, KnownAddress... known) {
    return new PeerMemory(
        Bytes.wrap(new byte[PeerMemory.KEY_BYTES]), List.of(known), List.of(), List.of(), bans);
  }

  @Test
  void addressOfAPeerThatMisbehaved_isDiscouraged_andNobodyBehindItIsShutOut() {
    misbehave(inbound(LARGER, SHARED));
    assertThat(manager.bans(now))
        .containsExactly(
            new Ban(
                new Ban.Peer(LARGER.peerId()), Ban.Kind.MISBEHAVIOUR, 600, "4 x invalid message"),
            new Ban(
                Ban.Subject.parse(SHARED),
                Ban.Kind.DISCOURAGED,
                Duration.ofHours(24).toSeconds(),
                "4 x invalid message"));
    assertTurnedAway(inbound(LARGER, SHARED));
    LinkId neighbour = inbound(SMALLER, SHARED);
    assertThat(active()).containsExactly(neighbour);
    pass(Duration.ofHours(24));
    assertThat(manager.bans(now)).isEmpty();
  }

  @Test
  void whoComesFromADiscouragedAddress_takesAFreePlace_butNobodysPlace() {
    manager = manager(withPlaces(24));
    misbehave(inbound(LARGER, SHARED));
    List<LinkId> there = strangers(23);
    LinkId neighbour = inbound(SMALLER, SHARED);
    assertThat(active()).contains(neighbour).hasSize(24);

    LinkId next = inbound(STRANGERS.get(30), SHARED);
    assertThat(links.take(next)).containsExactly(goodbye(GoodbyeReason.TOO_MANY_PEERS));
    assertThat(active()).contains(neighbour).containsAll(there);
  }

  @Test
  void whoComesFromADiscouragedAddress_goesBeforeAllOthers() {
    manager = manager(withPlaces(24));
    misbehave(inbound(LARGER, SHARED));
    LinkId oldest = inbound(SMALLER, SHARED);
    answerFirstPing(oldest);
    requireNonNull(manager.speaker(oldest)).broughtFirst(Kind.BLOCK, now);
    List<LinkId> there = strangers(23);

    LinkId next = inbound(STRANGERS.get(30), "22.0.0.1");
    assertThat(active()).contains(next).containsAll(there).doesNotContain(oldest);
  }

  /** A whole test network may be there, or a forwarder through which everybody comes. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.7", "::1", "fd00::1"})
  void behindAnAddressThatIsNotPublic_onlyThePeerIdCounts(String host) {
    misbehave(inbound(LARGER, host));
    assertThat(manager.bans(now)).extracting(Ban::kind).containsExactly(Ban.Kind.MISBEHAVIOUR);
    assertTurnedAway(inbound(LARGER, host));
  }

  /** A message that has waited may be judged when its sender has left. */
  @Test
  void peerThatLeavesBeforeItIsFoundOut_isDiscouragedAllTheSame() {
    LinkId link = inbound(LARGER, SHARED);
    Neighbour peer = requireNonNull(manager.speaker(link));
    closedBy(link, CloseReason.Cause.REMOTE);
    for (int i = 0; i < 4; i++) {
      peer.blame(Offence.INVALID_MESSAGE, now);
    }
    assertThat(manager.bans(now))
        .extracting(Ban::kind)
        .containsExactly(Ban.Kind.MISBEHAVIOUR, Ban.Kind.DISCOURAGED);
  }

  @Test
  void permanentPeer_isBannedWhenItMisbehaves_butItsAddressIsNotDiscouraged() {
    PeerAddress address = PeerAddress.parse(SHARED + ":9000");
    manager =
        manager(
            PeerSettings.defaults(
                new JoinSettings(List.of(), List.of(address), List.of(), false, false, null)));
    manager.start(LISTENING, now);
    assertThat(links.takeDials()).containsExactly(address);
    LinkId link = establish(LARGER, address);
    misbehave(link);
    assertThat(manager.bans(now)).extracting(Ban::kind).containsExactly(Ban.Kind.MISBEHAVIOUR);
    LinkId inbound = inbound(SMALLER, SHARED);
    misbehave(inbound);
    assertThat(manager.bans(now))
        .as("whoever is there: the operator vouches for the address")
        .extracting(Ban::kind)
        .containsExactly(Ban.Kind.MISBEHAVIOUR, Ban.Kind.MISBEHAVIOUR);
  }

  @Test
  void usefulness_isCountedOnce_andSeen() {
    LinkId link = inbound(LARGER, SHARED);
    for (int i = 0; i < 1000; i++) {
      requireNonNull(manager.speaker(link)).broughtFirst(Kind.TRANSACTION, now);
    }
    assertThat(manager.status(now).getFirst().score()).isEqualTo(1);
    requireNonNull(manager.speaker(link)).blame(Offence.UNSOLICITED_PONG, now);
    assertThat(manager.status(now).getFirst().score()).isEqualTo(-19);
  }

  @ParameterizedTest
  @CsvSource({"20.0.0.1, true", "20.0.0.0/24, true", "::ffff:20.0.0.1, true", "20.0.0.2, false"})
  void whenTheOperatorBans_theLinksEnd_andNoneComeUntilItIsOver(String subject, boolean ends) {
    LinkId link = inbound(LARGER, SHARED);
    LinkId other = inbound(SMALLER, "30.0.0.1");
    links.take(link);
    assertThat(manager.ban(ban(subject, Duration.ofHours(1)), now)).isTrue();
    if (!ends) {
      assertThat(active()).containsExactly(link, other);
      return;
    }
    assertTurnedAway(link);
    assertThat(active()).containsExactly(other);
    assertThat(manager.takeDeparted()).hasSize(1);
    closedBy(link, CloseReason.Cause.LOCAL);
    assertTurnedAway(inbound(STRANGERS.getFirst(), SHARED));
    now += Duration.ofHours(1).toNanos();
    LinkId later = inbound(LARGER, SHARED);
    assertThat(active()).contains(later);
  }

  @Test
  void whenTheOperatorBansAPeer_itIsShutOutWhereverItIs() {
    LinkId link = inbound(LARGER, SHARED);
    links.take(link);
    manager.ban(ban(LARGER.peerId().hex(), Duration.ofHours(1)), now);
    assertTurnedAway(link);
    closedBy(link, CloseReason.Cause.LOCAL);
    assertTurnedAway(inbound(LARGER, "30.0.0.1"));
    LinkId other = inbound(SMALLER, SHARED);
    assertThat(active()).containsExactly(other);
    assertThat(manager.unban(new Ban.Peer(LARGER.peerId()), now)).isTrue();
    LinkId forgiven = inbound(LARGER, SHARED);
    assertThat(active()).contains(forgiven);
  }

  @Test
  void linkThatIsBeingEnded_isNotEndedTwice() {
    LinkId link = inbound(LARGER, SHARED);
    manager.ban(ban(SHARED, Duration.ofHours(1)), now);
    manager.ban(ban("20.0.0.0/8", Duration.ofHours(1)), now);
    assertThat(links.closed).containsOnlyKeys(link);
  }

  /** Of the three addresses that it knows. */
  @Test
  void theBook_dialsNeitherBannedNorDiscouragedAddresses() {
    Ban discouraged =
        new Ban(Ban.Subject.parse("41.0.0.1"), Ban.Kind.DISCOURAGED, 3600, "4 x that");
    manager =
        manager(
            PeerSettings.defaults(JoinSettings.through(List.of(), false)),
            remembering(
                List.of(discouraged, ban("42.0.0.0/8", Duration.ofHours(2))),
                known("41.0.0.1:9000"),
                known("42.0.0.1:9000"),
                known("43.0.0.1:9000")));
    manager.start(LISTENING, now);
    for (int i = 0; i < 60; i++) {
      pass(Duration.ofSeconds(30));
    }
    assertThat(links.takeDials()).extracting(PeerAddress::endpoint).hasSize(1);
    for (int i = 0; i < 120; i++) {
      pass(Duration.ofSeconds(30));
    }
    assertThat(links.takeDials())
        .extracting(address -> address.endpoint().host())
        .containsExactly("41.0.0.1");
    for (int i = 0; i < 120; i++) {
      pass(Duration.ofSeconds(30));
    }
    assertThat(links.takeDials())
        .extracting(address -> address.endpoint().host())
        .containsExactly("42.0.0.1");
  }

  @Test
  void seedThatIsBanned_isDialledWhenThatIsOver_orTakenBack() {
    manager = manager(PeerSettings.defaults(List.of(SEED, OTHER_SEED)));
    manager.start(LISTENING, now);
    links.takeDials();
    manager.dialFailed(SEED, REFUSED, now);
    manager.ban(ban("10.0.0.1", Duration.ofHours(1)), now);
    observed.clear();
    pass(Duration.ofMinutes(59));
    assertThat(links.takeDials()).isEmpty();
    assertThat(observed).as("not worth a line").isEmpty();
    manager.unban(Ban.Subject.parse("10.0.0.1"), now);
    pass(Duration.ZERO);
    assertThat(links.takeDials()).containsExactly(SEED);
  }

  /** The operator wants both: he hears of it, once each time. */
  @Test
  void permanentPeerThatIsBanned_isNotDialledUntilThatIsOver() {
    manager =
        manager(
            PeerSettings.defaults(
                new JoinSettings(List.of(), List.of(SEED), List.of(), false, false, null)),
            remembering(List.of(ban("10.0.0.1", Duration.ofHours(1)))));
    manager.start(LISTENING, now);
    pass(Duration.ofMinutes(30));
    assertThat(links.takeDials()).isEmpty();
    assertThat(observed).containsExactly("failed it is banned 3600000");
    pass(Duration.ofMinutes(30));
    assertThat(links.takeDials()).containsExactly(SEED);
    manager.dialFailed(SEED, REFUSED, now);
    observed.clear();
    manager.ban(ban("10.0.0.1", Duration.ofHours(1)), now);
    pass(Duration.ofMinutes(1));
    assertThat(observed).hasSize(1);
  }

  @Test
  void dnsSeeds_nameNobodyWhoIsBannedOrDiscouraged() {
    manager =
        manager(
            PeerSettings.defaults(JoinSettings.through(List.of(), false)),
            remembering(
                List.of(
                    new Ban(Ban.Subject.parse("41.0.0.1"), Ban.Kind.DISCOURAGED, 3600, "x"),
                    ban("42.0.0.1", Duration.ofHours(1)))));
    manager.start(LISTENING, now);
    String pin = LARGER.peerId().hex() + "@";
    manager.seedsFound(
        "seed.example",
        List.of(
            PeerAddress.parse(pin + "41.0.0.1:9000"),
            PeerAddress.parse(pin + "42.0.0.1:9000"),
            PeerAddress.parse("42.0.0.1:9000"),
            PeerAddress.parse(SMALLER.peerId().hex() + "@43.0.0.1:9000")),
        now);
    pass(Duration.ofSeconds(5));
    assertThat(links.takeDials())
        .extracting(address -> address.endpoint().host())
        .containsExactly("43.0.0.1");
  }

  @Test
  void whatTheOperatorChanges_isKeptAtOnce_butAThousandBansNotAThousandTimes() {
    manager.start(LISTENING, now);
    manager.ban(ban("20.0.0.1", Duration.ofHours(1)), now);
    pass(Duration.ZERO);
    assertThat(requireNonNull(directory.kept).bans()).hasSize(1);

    directory.kept = null;
    for (int i = 0; i < 1000; i++) {
      manager.ban(ban("30.0." + i / 256 + "." + i % 256, Duration.ofHours(1)), now);
      pass(Duration.ZERO);
    }
    assertThat(directory.kept).isNull();
    pass(Keeping.SOON_AFTER);
    assertThat(requireNonNull(directory.kept).bans()).hasSize(1001);

    directory.kept = null;
    pass(Duration.ofSeconds(1));
    manager.unban(Ban.Subject.parse("20.0.0.1"), now);
    pass(Duration.ZERO);
    assertThat(requireNonNull(directory.kept).bans()).hasSize(1000);
  }

  @Test
  void bansWhileTheNodeStops_areKeptToo() {
    manager.start(LISTENING, now);
    manager.stop(now);
    manager.ban(ban("20.0.0.1", Duration.ofHours(1)), now);
    assertThat(requireNonNull(directory.kept).bans()).hasSize(1);
  }

  @Test
  void afterARestart_whoWasShutOutIs() {
    misbehave(inbound(LARGER, SHARED));
    manager.ban(ban("30.0.0.0/8", Duration.ofHours(1)), now);
    manager.stop(now);
    PeerMemory kept = requireNonNull(directory.kept).after(Duration.ofSeconds(100));

    manager = manager(PeerSettings.defaults(List.of()), kept);
    manager.start(LISTENING, now);
    assertThat(manager.bans(now))
        .extracting(Ban::secondsLeft)
        .containsExactly(3500L, 500L, 86_300L);
    assertTurnedAway(inbound(LARGER, "31.0.0.1"));
    assertTurnedAway(inbound(SMALLER, "30.0.0.1"));
    assertThat(manager.bannedAddresses()).isSameAs(manager.bannedAddresses());
  }
}
