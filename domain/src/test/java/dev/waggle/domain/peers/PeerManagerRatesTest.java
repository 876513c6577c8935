package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.rates.Told;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.operator.Excess;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that say too much of something (PROTOCOL §9.7). */
class PeerManagerRatesTest extends PeerManagerFixture {
  private static final String PUBLIC = "31.1.1.1";

  private int pinged(LinkId link, int times) {
    int answered = 0;
    for (int nonce = 0; nonce < times; nonce++) {
      manager.ping(link, nonce, now);
      answered += links.take(link).contains(new WireMessage.Pong(nonce)) ? 1 : 0;
    }
    return answered;
  }

  private Excess excess() {
    return manager.excess();
  }

  @Test
  void pings_areAnswered_asManyAsAPeerMaySend_overWhicheverOfItsLinks() {
    LinkId first = answered(LARGER);
    int atOnce = rates.pings().atOnce();
    assertThat(pinged(first, atOnce - 1)).isEqualTo(atOnce - 1);
    LinkId second = answered(LARGER);
    assertThat(pinged(second, 5)).isEqualTo(1);
    assertThat(pinged(first, 5)).isZero();
    assertThat(excess().pings()).isEqualTo(9);
    pass(Duration.ofSeconds(1));
    assertThat(pinged(first, 2_000)).isEqualTo(1024);
    assertThat(pinged(inbound(SMALLER), 5)).as("another peer").isEqualTo(5);
  }

  @Test
  void whoComesAgain_hasNoMoreThanBefore_norHasAnotherOfTheSameMachine() {
    LinkId link = inbound(LARGER, PUBLIC);
    pinged(link, rates.pings().atOnce());
    closedBy(link, CloseReason.Cause.RESET);
    LinkId again = inbound(LARGER, PUBLIC);
    assertThat(pinged(again, 5)).isZero();
    closedBy(again, CloseReason.Cause.RESET);
    assertThat(pinged(inbound(SMALLER, PUBLIC), 5)).isZero();
    assertThat(pinged(inbound(IDENTITIES.get(1), "31.1.1.2"), 5)).isEqualTo(5);
  }

  /** A test network of many nodes runs on one machine. */
  @Test
  void nodesOnThisMachine_doNotPayForEachOther() {
    LinkId link = inbound(LARGER, "127.0.0.1");
    pinged(link, rates.pings().atOnce());
    closedBy(link, CloseReason.Cause.RESET);
    assertThat(pinged(inbound(SMALLER, "127.0.0.1"), 5)).isEqualTo(5);
    assertThat(pinged(inbound(LARGER, "127.0.0.1"), 5)).isZero();
  }

  @Test
  void questionsAndObservations_beyondWhatLinksAreFor_areNotLookedAt() {
    LinkId link = answered(LARGER);
    for (int i = 0; i < 20; i++) {
      manager.addressesWanted(link, now);
      manager.observed(link, new IpEndpoint(IpAddress.ofIpv4(0x1f010101), 9000), now);
    }
    assertThat(excess().getAddrs()).isEqualTo(20 - rates.getAddrs().atOnce());
    assertThat(excess().observations()).isEqualTo(20 - rates.observations().atOnce());
  }

  @Test
  void whoGoesOnFlooding_isBannedInMinutes_andOneWhoStopsIsForgiven() {
    LinkId link = answered(LARGER);
    pass(Duration.ZERO);
    int flood = 9 * rates.pings().atOnce();
    pinged(link, flood);
    assertThat(points(link)).isEqualTo(5);
    pinged(link, 10 * flood);
    assertThat(points(link)).as("once in 10 s").isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      links.heardNanos.put(link, now);
      pass(Duration.ofSeconds(10));
    }
    assertThat(points(link)).isZero();

    int floods = 0;
    while (links.closed.isEmpty()) {
      floods++;
      links.heardNanos.put(link, now);
      pinged(link, 2 * flood);
      pass(Duration.ofSeconds(10));
    }
    assertThat(floods).isBetween(20, 30);
    assertThat(links.closed.get(link).toString()).contains("flooding");
  }

  private int points(LinkId link) {
    for (PeerStatus peer : manager.status(now)) {
      if (peer.link().equals(link)) {
        return -peer.score();
      }
    }
    return 100;
  }

  /** Whatever others tell of it, forward of it or send in its place. */
  @Test
  void nobodyPaysForAnother() {
    List<PeerIdentity> many = identities(20, 5);
    LinkId honest = inbound(LARGER, PUBLIC);
    List<Neighbour> others = new ArrayList<>();
    for (int i = 0; i < many.size(); i++) {
      LinkId link = inbound(many.get(i), "32." + i + ".1.1");
      others.add(taken);
      pinged(link, rates.pings().atOnce() + 10);
    }
    for (Neighbour other : others) {
      for (Told what : Told.values()) {
        int most = rates.of(what).atOnce() * 20;
        assertThat(other.allow(what, most, now)).isLessThan(most);
      }
    }
    assertThat(points(honest)).isZero();
    for (Told what : Told.values()) {
      Neighbour peer = manager.speaker(honest);
      int atOnce = rates.of(what).atOnce();
      assertThat(peer.allow(what, atOnce, now)).as("%s", what).isEqualTo(atOnce);
    }
    assertThat(points(honest)).isZero();
  }

  @Test
  void whatWasOfUse_leavesTheAllowanceAsItWas() {
    inbound(LARGER);
    Neighbour peer = taken;
    for (int i = 0; i < 3 * rates.announcedIds().atOnce(); i++) {
      assertThat(peer.allow(Told.ANNOUNCED_ID, 1, now)).isEqualTo(1);
      assertThat(peer.allow(Told.BLOCK, 1, now)).isEqualTo(1);
      peer.broughtFirst(GossipMessage.Kind.BLOCK, now);
      assertThat(peer.allow(Told.REQUESTED_ID, 1, now)).isEqualTo(1);
      peer.served(1);
    }
    assertThat(excess().total()).isZero();
  }

  /** They are dropped by what PROTOCOL §9.5 says; here it becomes known that it is a flood. */
  @Test
  void addressesWithoutEnd_areAFlood() {
    manager = manager(PeerSettings.defaults(JoinSettings.through(List.of(), false)));
    LinkId link = inbound(LARGER, PUBLIC);
    AddressRecord one = new AddressRecord(new IpEndpoint(IpAddress.ofIpv4(0x21010101), 9000), 0, 1);
    List<AddressRecord> many = new ArrayList<>();
    for (int i = 0; i < WireMessage.MAX_ADDRESSES; i++) {
      many.add(one);
    }
    for (int i = 0; i < 8; i++) {
      manager.addressesTold(link, many, now);
    }
    assertThat(excess().addresses()).isEqualTo(8_000 - 10);
    assertThat(points(link)).isZero();
    manager.addressesTold(link, many, now);
    assertThat(points(link)).isEqualTo(5);
  }
}
