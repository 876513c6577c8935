package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.operator.ConnectResult;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links that the operator asks for, and ends, while a node runs. */
class PeerManagerControlTest extends PeerManagerFixture {
  private static final PeerAddress WANTED = PeerAddress.parse("10.0.0.7:9000");
  private static final Duration LONG = Duration.ofHours(1);

  @BeforeEach
  void start() {
    startWith();
  }

  @Test
  void connect_dialsAtOnce_andAgainWhenThatHasFailed() {
    assertThat(manager.connect(WANTED, now)).isNull();
    assertThat(links.takeDials()).containsExactly(WANTED);
    manager.dialFailed(WANTED, REFUSED, now);
    pass(LONG);
    assertThat(links.takeDials()).containsExactly(WANTED);
  }

  @Test
  void connect_whileItWaitsAfterAFailure_dialsAtOnce() {
    manager.connect(WANTED, now);
    manager.dialFailed(WANTED, REFUSED, now);
    links.takeDials();
    assertThat(manager.connect(WANTED, now)).isNull();
    assertThat(links.takeDials()).containsExactly(WANTED);
  }

  @Test
  void connect_toWhomThereIsALink_findsIt() {
    manager.connect(WANTED, now);
    LinkId link = establish(LARGER, WANTED);
    PeerAddress pinned = new PeerAddress(WANTED.endpoint(), LARGER.peerId());
    assertThat(manager.connect(pinned, now))
        .isInstanceOfSatisfying(
            ConnectResult.Linked.class,
            linked -> assertThat(linked.peer().id()).isEqualTo(LARGER.peerId()));
    assertThat(active()).containsExactly(link);
  }

  @Test
  void connect_toASeed_keepsTheLink() {
    startWith(SEED);
    LinkId link = establish(LARGER, SEED);
    manager.connect(SEED, now);
    closedBy(link, CloseReason.Cause.RESET);
    links.takeDials();
    pass(LONG);
    assertThat(links.takeDials()).contains(SEED);
  }

  @Test
  void connect_toWhoIsBanned_orOfANodeThatStops_isRefused() {
    Ban.Subject there = Ban.Subject.parse("10.0.0.7");
    manager.ban(new Ban(there, Ban.Kind.OPERATOR, 60, "a test"), now);
    assertThat(manager.connect(WANTED, now)).isEqualTo(new ConnectResult.Failed("it is banned"));
    manager.stop(now);
    assertThat(manager.connect(SEED, now))
        .isEqualTo(new ConnectResult.Failed("the node is closing"));
    assertThat(links.takeDials()).isEmpty();
  }

  @Test
  void connect_hasABound() {
    for (int i = 0; i < Dialler.MAX_TARGETS; i++) {
      assertThat(manager.connect(PeerAddress.parse("10.1.0.1:" + (1000 + i)), now)).isNull();
    }
    assertThat(manager.connect(WANTED, now))
        .isEqualTo(new ConnectResult.Failed("too many peers are wanted already"));
  }

  @Test
  void disconnect_saysGoodbye_andDialsNoMore() {
    manager.connect(WANTED, now);
    LinkId link = establish(LARGER, WANTED);
    links.takeDials();
    assertThat(manager.disconnect(LARGER.peerId(), now)).isEqualTo(1);
    assertThat(links.take(link)).contains(goodbye(GoodbyeReason.NOT_NEEDED));
    assertThat(links.closed).containsKey(link);
    closedBy(link, CloseReason.Cause.LOCAL);
    pass(LONG);
    assertThat(links.takeDials()).isEmpty();
    assertThat(manager.disconnect(LARGER.peerId(), now)).isZero();
  }

  @Test
  void disconnect_byAddress_endsWhatWasDialledThere_andWhoIsThere() {
    LinkId inbound = inbound(SMALLER);
    assertThat(manager.disconnect(new Endpoint(HOST, 1), now)).isEqualTo(1);
    assertThat(links.closed).containsKey(inbound);

    manager.connect(WANTED, now);
    manager.dialFailed(WANTED, REFUSED, now);
    links.takeDials();
    assertThat(manager.disconnect(WANTED.endpoint(), now)).isZero();
    pass(LONG);
    assertThat(links.takeDials()).isEmpty();
  }

  @Test
  void disconnect_whileADialIsUnderWay_endsTheLinkThatItLeadsTo() {
    manager.connect(WANTED, now);
    manager.disconnect(WANTED.endpoint(), now);
    LinkId link = establish(LARGER, WANTED);
    assertThat(links.closed).containsKey(link);
    assertThat(active()).isEmpty();
    closedBy(link, CloseReason.Cause.LOCAL);
    links.takeDials();
    pass(LONG);
    assertThat(links.takeDials()).isEmpty();
  }

  @Test
  void disconnect_whileADialIsUnderWayThatFails_leavesNothing() {
    manager.connect(WANTED, now);
    manager.disconnect(WANTED.endpoint(), now);
    manager.dialFailed(WANTED, REFUSED, now);
    links.takeDials();
    pass(LONG);
    assertThat(links.takeDials()).isEmpty();
    assertThat(observed).isEmpty();
  }

  @Test
  void connect_afterThatIsWantedAgain() {
    manager.connect(WANTED, now);
    manager.disconnect(WANTED.endpoint(), now);
    manager.connect(WANTED, now);
    LinkId link = establish(LARGER, WANTED);
    assertThat(active()).containsExactly(link);
  }
}
