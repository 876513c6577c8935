package dev.waggle.domain.gossip;

import static dev.waggle.domain.gossip.Deliveries.delivery;
import static dev.waggle.domain.gossip.Deliveries.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the filter is told is what the router would not make use of. */
class DuplicateFilterTest extends RouterFixture {
  private final Set<MessageId> filtered = new LinkedHashSet<>();

  @BeforeEach
  void watch() {
    router =
        new GossipRouter(
            GossipSettings.DEFAULTS,
            application,
            new DuplicateFilter() {
              @Override
              public void add(MessageId id) {
                filtered.add(id);
              }

              @Override
              public void remove(MessageId id) {
                filtered.remove(id);
              }
            },
            _ -> {},
            CatchUpObserver.NONE,
            new Draws(new SeededRandom(1)),
            alarm);
  }

  @Test
  void judgedMessages_areFiltered_untilTheyAreForgotten() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(2)), new Verdict.Ignore("old"));
    application.verdicts.put(id(message(3)), new Verdict.Reject("bad"));
    for (int i = 1; i <= 3; i++) {
      router.gossiped(peer, delivery(message(i), peer), now);
    }
    assertThat(filtered).containsExactly(id(message(1)), id(message(2)), id(message(3)));
    assertThat(filtered).allMatch(router::isKnown);

    pass(GossipSettings.DEFAULTS.seenMaxAge().plusSeconds(60));
    assertThat(filtered).isEmpty();
  }

  @Test
  void whatMayComeAgain_isNotFiltered() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(1)), new Verdict.Await(id(message(9))));
    application.verdicts.put(id(message(2)), new Verdict.NotYet("early", Duration.ofSeconds(5)));
    router.gossiped(peer, delivery(message(1), peer), now);
    router.gossiped(peer, delivery(message(2), peer), now);
    router.gossiped(peer, delivery(message(1), peer), now);
    application.full = true;
    router.gossiped(peer, delivery(message(3), peer), now);

    assertThat(filtered).isEmpty();
    assertThat(router.isKnown(id(message(1)))).as("it waits here").isTrue();
    assertThat(router.isKnown(id(message(3)))).isFalse();
  }

  @Test
  void whatSomebodyStillOwes_isNotFilteredBeforeItHasCome() {
    FakeNeighbour debtor = connect();
    FakeNeighbour other = connect();
    router.announced(debtor, List.of(id(message(1))), now);
    router.gossiped(other, delivery(message(1), other), now);
    assertThat(application.judged).hasSize(1);
    assertThat(filtered).as("or its promise would count as broken").isEmpty();

    router.gossiped(debtor, delivery(message(1), debtor), now);
    assertThat(filtered).containsExactly(id(message(1)));
    pass(Account.ANSWER_WITHIN.multipliedBy(2));
    assertThat(debtor.offences).isEmpty();
  }

  @Test
  void whatADepartedPeerOwed_isFilteredWhenItComesAgain() {
    FakeNeighbour debtor = connect();
    FakeNeighbour other = connect();
    router.announced(debtor, List.of(id(message(1))), now);
    router.gossiped(other, delivery(message(1), other), now);
    debtor.connected = false;
    router.departed(debtor, now);

    router.gossiped(other, delivery(message(1), other), now);
    assertThat(filtered).containsExactly(id(message(1)));
  }

  @Test
  void whatIsAskedForAgain_isNotFilteredAnyMore() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(1)), new Verdict.Ignore("not now"));
    router.gossiped(peer, delivery(message(1), peer), now);
    assertThat(filtered).containsExactly(id(message(1)));

    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(peer, delivery(message(2), peer), now);

    assertThat(peer.take()).contains(request(message(1)));
    assertThat(filtered).isEmpty();
    assertThat(router.isKnown(id(message(1)))).isFalse();
  }

  @Test
  void whatTheApplicationKnows_needNotBeExamined() {
    application.known.add(id(message(1)));

    assertThat(router.isKnown(id(message(1)))).isTrue();
    assertThat(router.isKnown(id(message(2)))).isFalse();
  }
}
