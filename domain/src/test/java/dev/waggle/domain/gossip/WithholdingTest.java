package dev.waggle.domain.gossip;

import static dev.waggle.domain.gossip.Deliveries.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that announce and do not deliver, against one that would (PROTOCOL §8.2). */
class WithholdingTest {
  private static final GossipMessage PARENT = block(1);
  private static final GossipMessage CHILD = block(2);
  private static final MessageId PARENT_ID = Deliveries.id(PARENT);
  private static final MessageId CHILD_ID = Deliveries.id(CHILD);

  private final FakeApplication application = new FakeApplication();
  private final Alarm alarm = new Alarm();
  private final List<FakeNeighbour> withholders = new ArrayList<>();
  private final GossipRouter router =
      new GossipRouter(
          GossipSettings.DEFAULTS,
          application,
          DuplicateFilter.NONE,
          _ -> {},
          CatchUpObserver.NONE,
          new Draws(new SeededRandom(1)),
          alarm);
  private long now = 1_000;

  private static GossipMessage block(int number) {
    return new GossipMessage.Block(Bytes.wrap(new byte[] {(byte) number, (byte) (number >> 8), 3}));
  }

  private FakeNeighbour connect(int number) {
    FakeNeighbour peer = new FakeNeighbour(number);
    router.linked(peer, now);
    return peer;
  }

  private FakeNeighbour withWithholders(int count) {
    for (int i = 0; i < count; i++) {
      withholders.add(connect(i));
    }
    withholders.forEach(peer -> router.announced(peer, List.of(PARENT_ID), now));
    return connect(count);
  }

  /** Lets a second pass, after which all withholders announce again what they do not deliver. */
  private void passASecond() {
    now += Duration.ofSeconds(1).toNanos();
    if (alarm.rings(now)) {
      router.timePassed(now);
    }
    for (FakeNeighbour peer : withholders) {
      router.announced(peer, List.of(PARENT_ID), now);
      peer.take();
    }
  }

  private int secondsUntilAsked(FakeNeighbour honest, int limit) {
    for (int second = 0; second < limit; second++) {
      if (honest.take().contains(new WireMessage.Request(List.of(PARENT_ID)))) {
        return second;
      }
      passASecond();
    }
    return limit;
  }

  private static List<MessageId> invented(int peer, int round) {
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < WireMessage.MAX_IDS; i++) {
      ids.add(new MessageId(i, peer, round, 7));
    }
    return ids;
  }

  @Test
  void eightWithhold_whoSendsTheChildIsAskedForItsParentAtOnce() {
    FakeNeighbour honest = withWithholders(8);
    application.verdicts.put(CHILD_ID, new Verdict.Await(PARENT_ID));
    passASecond();

    router.gossiped(honest, delivery(CHILD, honest), now);

    assertThat(secondsUntilAsked(honest, 600)).isZero();
    router.gossiped(honest, delivery(PARENT, honest), now);
    assertThat(application.delivered).containsExactly(PARENT_ID, CHILD_ID);
  }

  @Test
  void eightWithhold_whoAnnouncesLastIsAskedAfterAFewTurns() {
    FakeNeighbour honest = withWithholders(8);
    router.announced(honest, List.of(PARENT_ID), now);

    assertThat(secondsUntilAsked(honest, 600)).isBetween(1, 12);
  }

  @Test
  void allPlacesOfInboundPeersWithhold_whoAnnouncesLastIsAskedWithin66Seconds() {
    FakeNeighbour honest = withWithholders(124);
    router.announced(honest, List.of(PARENT_ID), now);

    assertThat(secondsUntilAsked(honest, 600)).isBetween(1, 66);
  }

  @Test
  void peersThatAnnounceAllTheyMay_doNotTakeThePlacesOfAnother() {
    FakeNeighbour honest = connect(200);
    for (int peer = 0; peer < 5; peer++) {
      router.announced(connect(peer), invented(peer, 0), now);
    }

    router.announced(honest, List.of(PARENT_ID), now);

    assertThat(secondsUntilAsked(honest, 600)).isZero();
  }

  @Test
  void thousandsOfOrphansOfOnePeer_doNotTakeThePlacesOfAnother() {
    FakeNeighbour honest = connect(200);
    FakeNeighbour inventor = connect(1);
    for (int i = 10; i < 10 + 5000; i++) {
      MessageId orphan = Deliveries.id(block(i));
      application.verdicts.put(orphan, new Verdict.Await(new MessageId(i, 0, 0, 0)));
      router.gossiped(inventor, delivery(block(i), inventor), now);
    }
    application.verdicts.put(CHILD_ID, new Verdict.Await(PARENT_ID));

    router.gossiped(honest, delivery(CHILD, honest), now);

    assertThat(secondsUntilAsked(honest, 600)).isZero();
  }
}
