package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom a {@link PeerManager} dials, and when (PROTOCOL §9.1). */
class PeerManagerDialTest extends PeerManagerFixture {
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
    manager.start(LISTENING, now);
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
    manager.start(LISTENING, now);
    assertThat(links.dials).isEmpty();
  }

  @Test
  void placeThatIsFree_isDialledForAtOnce() {
    List<PeerAddress> seeds = List.of(SEED, OTHER_SEED);
    manager = manager(new PeerSettings(seeds, 1, 9, PING_AFTER, SILENCE, Duration.ofSeconds(20)));
    manager.start(LISTENING, now);
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
    manager.start(LISTENING, now);
    PeerAddress first = links.takeDials().getFirst();
    inbound(SMALLER);
    establish(SMALLER, first);
    assertThat(links.takeDials()).hasSize(1).doesNotContain(first);
  }
}
