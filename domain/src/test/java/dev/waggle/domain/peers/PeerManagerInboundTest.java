package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets a place among the inbound links, and who loses it to others (PROTOCOL §9.1). */
class PeerManagerInboundTest extends PeerManagerFixture {
  private static final List<PeerIdentity> STRANGERS = identities(40, 12);

  /** Few enough for all of them to be protected for their groups. */
  private static final int FEW = 4;

  private static final int MANY = 24;

  private int strangers;

  private LinkId stranger(String host) {
    pass(Duration.ofSeconds(1));
    return inbound(STRANGERS.get(strangers++), host);
  }

  private List<LinkId> strangers(int count, String format) {
    List<LinkId> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LinkId link = stranger(format.formatted(i));
      assertThat(active()).contains(link);
      all.add(link);
    }
    return all;
  }

  private void assertRefused(LinkId link) {
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.TOO_MANY_PEERS));
    assertThat(links.closed).containsKey(link);
    assertThat(active()).doesNotContain(link);
    assertThat(manager.speaker(link)).isNull();
  }

  @Test
  void strangerWhoFindsAllPlacesProtected_isTurnedAway() {
    manager = manager(withPlaces(FEW));
    List<LinkId> there = strangers(FEW, "20.%d.0.1");
    observed.clear();
    LinkId stranger = stranger("21.0.0.1");
    assertRefused(stranger);
    assertThat(active()).isEqualTo(there);
    closedBy(stranger, CloseReason.Cause.LOCAL);
    assertThat(observed).as("the observer never met it").isEmpty();
    assertThat(manager.takeDeparted()).isEmpty();
  }

  @Test
  void permanentPeer_neverMakesRoom_alsoIfItHasDialled() {
    PeerAddress wanted = new PeerAddress(SEED.endpoint(), LARGER.peerId());
    JoinSettings join = new JoinSettings(List.of(), List.of(wanted), List.of(), false, true, null);
    manager = manager(new PeerSettings(join, 0, MANY, PING_AFTER, SILENCE, Duration.ofSeconds(20)));
    manager.start(LISTENING, now);
    strangers(MANY - 4, "20.%d.0.1");
    List<LinkId> crowd = strangers(3, "21.0.%d.1");
    pass(Duration.ofSeconds(1));
    LinkId permanent = inbound(LARGER, "21.0.9.1");
    stranger("23.0.0.1");
    assertThat(active()).hasSize(MANY).contains(permanent).doesNotContain(crowd.getLast());
  }

  /** Who could have them drawn anew by a restart would be of the right ones some time. */
  @Test
  void groupsThatAreProtected_followFromTheKeyThatIsKept() {
    List<Integer> evicted = new ArrayList<>();
    for (int key = 0; key < 8; key++) {
      evicted.add(evictedUnder(key));
    }
    assertThat(evicted.stream().distinct().count()).isGreaterThan(1);
    assertThat(evictedUnder(3)).isEqualTo(evicted.get(3));
  }

  private int evictedUnder(int key) {
    byte[] bytes = new byte[PeerMemory.KEY_BYTES];
    bytes[0] = (byte) key;
    manager = manager(withPlaces(2 * FEW), new PeerMemory(Bytes.wrap(bytes), List.of(), List.of()));
    strangers = 0;
    List<LinkId> there = strangers(2 * FEW, "20.%d.0.1");
    stranger("21.0.0.1");
    there.removeAll(active());
    assertThat(there).hasSize(1);
    return (int) (there.getFirst().value() % (2 * FEW + 1));
  }

  @Test
  void stranger_takesThePlaceOfTheYoungestOfTheLargestGroup() {
    manager = manager(withPlaces(MANY));
    strangers(MANY - 4, "20.%d.0.1");
    List<LinkId> crowd = strangers(3, "21.0.%d.1");
    strangers(1, "22.0.0.1");
    Neighbour youngest = manager.speaker(crowd.getLast());

    LinkId stranger = stranger("23.0.0.1");
    assertThat(taken).isSameAs(manager.speaker(stranger)).isNotNull();
    assertThat(active()).hasSize(MANY).contains(stranger).doesNotContain(crowd.getLast());
    assertThat(links.closed)
        .containsOnly(Map.entry(crowd.getLast(), CloseReason.local("too-many-peers")));
    assertThat(links.take(crowd.getLast())).endsWith(goodbye(GoodbyeReason.TOO_MANY_PEERS));
    assertThat(manager.takeDeparted()).containsExactly(youngest);
  }

  @Test
  void youngestOfTheLargestGroup_staysIfItIsTheNearest() {
    manager = manager(withPlaces(MANY));
    strangers(MANY - 3, "20.%d.0.1");
    List<LinkId> crowd = strangers(3, "21.0.%d.1");
    answerFirstPing(crowd.getLast());
    stranger("23.0.0.1");
    assertThat(active()).contains(crowd.getLast()).doesNotContain(crowd.get(1));
  }

  @ParameterizedTest
  @EnumSource
  void youngestOfTheLargestGroup_staysIfItBroughtSomethingFirst(Kind kind) {
    manager = manager(withPlaces(MANY));
    strangers(MANY - 3, "20.%d.0.1");
    List<LinkId> crowd = strangers(3, "21.0.%d.1");
    manager.speaker(crowd.getLast()).broughtFirst(kind, now);
    stranger("23.0.0.1");
    assertThat(active()).contains(crowd.getLast()).doesNotContain(crowd.get(1));
  }

  @Test
  void oldestOfAll_goesIfItHasMisbehavedLately() {
    manager = manager(withPlaces(MANY));
    List<LinkId> there = strangers(MANY, "20.%d.0.1");
    Neighbour oldest = manager.speaker(there.getFirst());
    oldest.blame(Offence.INVALID_MESSAGE, now);
    stranger("23.0.0.1");
    assertThat(active()).as("once is not enough").contains(there.getFirst());
    oldest.blame(Offence.INVALID_MESSAGE, now);
    oldest.blame(Offence.INVALID_MESSAGE, now);
    stranger("23.1.0.1");
    assertThat(active()).doesNotContain(there.getFirst());
  }

  @Test
  void linksOfOwnDialling_neitherCountNorGo() {
    manager = manager(withPlaces(1));
    LinkId own = establish(SMALLER, SEED);
    LinkId first = inbound(LARGER, "20.0.0.1");
    assertThat(active()).containsExactly(own, first);
    LinkId stranger = stranger("20.0.0.2");
    assertRefused(stranger);
    assertThat(active()).containsExactly(own, first);
  }

  @Test
  void linkThatWasTakenLeaveOf_neitherCountsNorGoes() {
    manager = manager(withPlaces(1));
    LinkId gone = inbound(LARGER, "20.0.0.1");
    manager.goodbye(gone, GoodbyeReason.SHUTDOWN, now);
    LinkId next = stranger("20.1.0.1");
    assertThat(active()).containsExactly(next);
  }

  @Test
  void tooManyOfOneAddress_areTurnedAway_thoughThereArePlaces() {
    List<LinkId> there = strangers(8, "20.0.0.1");
    assertRefused(stranger("20.0.0.1"));
    assertThat(active()).isEqualTo(there);
    LinkId other = stranger("20.0.0.2");
    assertThat(active()).contains(other);
  }

  @Test
  void tooManyOfOneAddress_evictNobody_thoughAllPlacesAreTaken() {
    manager = manager(withPlaces(MANY));
    List<LinkId> there = new ArrayList<>(strangers(MANY - 8, "20.%d.0.1"));
    there.addAll(strangers(8, "21.0.0.1"));
    assertRefused(stranger("21.0.0.1"));
    assertThat(active()).isEqualTo(there);
  }

  @Test
  void peerThatComesAgainFromACrowdedAddress_takesThePlaceOfItsOldestLink() {
    List<LinkId> there = strangers(8, "20.0.0.1");
    LinkId again = inbound(STRANGERS.getFirst(), "20.0.0.1");
    assertThat(active()).contains(again).doesNotContain(there.getFirst()).hasSize(8);
    assertThat(manager.takeDeparted()).isEmpty();
  }

  @Test
  void peerThatComesAgain_doesNotMoveToAnAddressThatIsCrowded() {
    LinkId elsewhere = stranger("30.0.0.1");
    List<LinkId> there = strangers(8, "20.0.0.1");
    LinkId moved = inbound(STRANGERS.getFirst(), "20.0.0.1");
    assertThat(links.take(moved)).containsExactly(goodbye(GoodbyeReason.TOO_MANY_PEERS));
    assertThat(active()).contains(elsewhere).containsAll(there).doesNotContain(moved);
  }

  @Test
  void thisMachine_isLimitedOnlyIfAskedFor() {
    strangers(12, "127.0.0.1");
    manager = manager(withPlaces(MANY), new InboundLimits(3, 16, 32, true));
    strangers(3, "127.0.0.1");
    assertRefused(stranger("127.0.0.1"));
  }

  @Test
  void status_tellsWhenAPeerWasOfUse() {
    LinkId link = inbound(LARGER);
    assertThat(manager.status(now).getFirst().lastBlockNanos()).isEmpty();
    assertThat(manager.status(now).getFirst().lastTransactionNanos()).isEmpty();
    Neighbour peer = manager.speaker(link);
    long block = now;
    peer.broughtFirst(Kind.BLOCK, block);
    pass(Duration.ofSeconds(1));
    peer.broughtFirst(Kind.EVIDENCE, now);
    assertThat(manager.status(now).getFirst().lastBlockNanos()).isEqualTo(OptionalLong.of(block));
    assertThat(manager.status(now).getFirst().lastTransactionNanos())
        .isEqualTo(OptionalLong.of(now));
  }
}
