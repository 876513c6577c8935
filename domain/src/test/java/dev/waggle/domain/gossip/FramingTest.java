package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Attempts to make an honest peer look bad (PROTOCOL §8.3). The victim is a node like ours; the
 * attacker is linked with both, and says to either what it likes.
 */
class FramingTest extends RouterFixture {
  private static final GossipMessage PARENT = message(1);
  private static final GossipMessage CHILD = message(2);

  private final FakeApplication theirs = new FakeApplication();
  private final Alarm theirAlarm = new Alarm();
  private GossipRouter victimRouter = victim(GossipSettings.DEFAULTS);

  /** The victim as we see it, and we as the victim sees us. */
  private final FakeNeighbour victim = connect();

  private final FakeNeighbour us = new FakeNeighbour(100);
  private final FakeNeighbour attacker = connect();
  private final FakeNeighbour attackerOfVictim = new FakeNeighbour(101);

  private GossipRouter victim(GossipSettings settings) {
    return new GossipRouter(
        settings,
        theirs,
        DuplicateFilter.NONE,
        _ -> {},
        CatchUpObserver.NONE,
        new Draws(new SeededRandom(2)),
        theirAlarm);
  }

  private void linkVictim() {
    victimRouter.linked(us, now);
    victimRouter.linked(attackerOfVictim, now);
    exchange();
  }

  /** Brings what the victim and we have for each other, until there is nothing more. */
  private void exchange() {
    boolean any = true;
    while (any) {
      List<WireMessage> toVictim = victim.take();
      List<WireMessage> toUs = us.take();
      any = !toVictim.isEmpty() || !toUs.isEmpty();
      toVictim.forEach(message -> hear(victimRouter, us, message));
      toUs.forEach(message -> hear(router, victim, message));
    }
  }

  private void hear(GossipRouter hearer, FakeNeighbour speaker, WireMessage message) {
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) ->
          hearer.gossiped(speaker, Deliveries.delivery(carried, speaker), now);
      case WireMessage.Announce(List<MessageId> ids) -> hearer.announced(speaker, ids, now);
      case WireMessage.Request(List<MessageId> ids) -> hearer.requested(speaker, ids, now);
      default -> throw new AssertionError("no gossip: " + message);
    }
  }

  private void passTogether(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      pass(Duration.ofSeconds(1));
      if (theirAlarm.rings(now)) {
        victimRouter.timePassed(now);
      }
      exchange();
    }
  }

  private void attackerTellsVictim(GossipMessage message) {
    hear(victimRouter, attackerOfVictim, new WireMessage.Gossip(message));
  }

  private void attackerTellsUs(WireMessage message) {
    hear(router, attacker, message);
  }

  /** Verdicts that depend on when and where a message is judged. */
  enum Local {
    IGNORED,
    TOO_EARLY,
    TOO_EARLY_FOR_LONG,
    AWAITING_WHAT_NOBODY_HAS,
    AWAITING_ITSELF;

    Verdict of(GossipMessage message) {
      return switch (this) {
        case IGNORED -> new Verdict.Ignore("another branch");
        case TOO_EARLY -> new Verdict.NotYet("our clock is slow", Duration.ofSeconds(5));
        case TOO_EARLY_FOR_LONG -> new Verdict.NotYet("very slow", Duration.ofHours(5));
        case AWAITING_WHAT_NOBODY_HAS -> new Verdict.Await(new MessageId(9, 9, 9, 9));
        case AWAITING_ITSELF -> new Verdict.Await(Deliveries.id(message));
      };
    }
  }

  /** An honest peer has forwarded what its application took, and ours sees it differently. */
  @ParameterizedTest
  @EnumSource
  void verdictsThatDependOnTheNode_blameNobodyForAnInvalidMessage(Local local) {
    linkVictim();
    application.verdicts.put(Deliveries.id(CHILD), local.of(CHILD));
    attackerTellsVictim(CHILD);
    exchange();
    assertThat(application.judged).contains(Deliveries.id(CHILD));
    passTogether(Duration.ofMinutes(2));
    assertThat(victim.offences).doesNotContain(Offence.INVALID_MESSAGE);
    assertThat(victim.offences).as("what that awaits, it owes once").hasSizeLessThan(2);
  }

  @Test
  void whatTheVictimRejects_itDoesNotPassOn() {
    linkVictim();
    theirs.verdicts.put(Deliveries.id(PARENT), new Verdict.Reject("bad"));
    application.verdicts.put(Deliveries.id(PARENT), new Verdict.Reject("bad"));
    attackerTellsVictim(PARENT);
    attackerTellsUs(new WireMessage.Gossip(PARENT));
    passTogether(Duration.ofMinutes(1));
    assertThat(attacker.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(attackerOfVictim.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(victim.offences).isEmpty();
    assertThat(us.offences).isEmpty();
  }

  /** The victim has announced something else; the attacker answers first, with what is bad. */
  @Test
  void whoAnnounced_isNotBlamedForWhatAnotherSends() {
    application.verdicts.put(Deliveries.id(PARENT), new Verdict.Reject("bad"));
    router.announced(victim, List.of(Deliveries.id(PARENT)), now);
    attackerTellsUs(new WireMessage.Gossip(PARENT));
    assertThat(attacker.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(victim.offences).isEmpty();
  }

  /** The attacker's parent is bad; the victim has sent what waits for it. */
  @Test
  void whoSentWhatAwaitsAnInvalidMessage_isNotBlamedForThat() {
    application.verdicts.put(Deliveries.id(CHILD), new Verdict.Await(Deliveries.id(PARENT)));
    application.verdicts.put(Deliveries.id(PARENT), new Verdict.Reject("bad"));
    router.gossiped(victim, Deliveries.delivery(CHILD, victim), now);
    attackerTellsUs(new WireMessage.Gossip(PARENT));
    assertThat(attacker.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(victim.offences).isEmpty();
  }

  /** The payload that is judged is the one that came first, whoever repeats it. */
  @Test
  void whoRepeatsWhatAnotherHasSent_isNotBlamedForIt() {
    application.verdicts.put(
        Deliveries.id(CHILD), new Verdict.NotYet("early", Duration.ofSeconds(5)));
    attackerTellsUs(new WireMessage.Gossip(CHILD));
    router.gossiped(victim, Deliveries.delivery(CHILD, victim), now);
    application.verdicts.put(Deliveries.id(CHILD), new Verdict.Reject("bad after all"));
    pass(Duration.ofSeconds(6));
    assertThat(attacker.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(victim.offences).isEmpty();
    router.gossiped(victim, Deliveries.delivery(CHILD, victim), now);
    assertThat(victim.offences).as("judged already").isEmpty();
  }

  /** That somebody has a message is said by himself only. */
  @Test
  void announcements_bindNobodyButWhoMakesThem() {
    linkVictim();
    attackerTellsUs(new WireMessage.Announce(List.of(Deliveries.id(PARENT))));
    attackerTellsUs(new WireMessage.Gossip(CHILD));
    passTogether(Duration.ofMinutes(5));
    assertThat(attacker.offences).containsOnly(Offence.BROKEN_PROMISE);
    assertThat(victim.offences).isEmpty();
  }

  /** The attacker is first with everything, so that nothing of what the victim has is needed. */
  @Test
  void whoeverIsFirst_theVictimKeepsItsPromiseAllTheSame() {
    linkVictim();
    attackerTellsVictim(large(7));
    us.take().forEach(message -> hear(router, victim, announceInstead(message)));
    List<WireMessage> requests = victim.take();
    assertThat(requests).as("it is asked").isNotEmpty();
    attackerTellsUs(new WireMessage.Gossip(large(7)));
    requests.forEach(message -> hear(victimRouter, us, message));
    exchange();
    passTogether(Duration.ofMinutes(2));
    assertThat(victim.offences).isEmpty();
  }

  private static WireMessage announceInstead(WireMessage message) {
    return message instanceof WireMessage.Gossip(GossipMessage carried)
        ? announce(carried)
        : message;
  }

  /** Its store is made to overflow between the announcement and the request. */
  @Test
  void victimWhoseStoreIsFlooded_losesLittle_andNothingIfItsApplicationKeepsMessages() {
    for (boolean keeps : List.of(true, false)) {
      victimRouter =
          victim(GossipSettings.DEFAULTS.withMemory(1000, Duration.ofMinutes(10), 10_000, 10_000));
      linkVictim();
      victim.offences.clear();
      for (int round = 0; round < 10; round++) {
        int number = 1000 * (keeps ? 1 : 2) + 10 * round;
        attackerTellsVictim(large(number));
        us.take().forEach(message -> hear(router, victim, announceInstead(message)));
        for (int i = 1; i <= 3; i++) {
          attackerTellsVictim(large(number + i));
        }
        us.take(); // We know these.
        if (keeps) {
          theirs.stored.put(Deliveries.id(large(number)), large(number));
        }
        passTogether(Duration.ofSeconds(10));
      }
      passTogether(Duration.ofSeconds(40));
      if (keeps) {
        assertThat(victim.offences).isEmpty();
      } else {
        assertThat(victim.offences).as("once in 30 s").hasSizeBetween(2, 5);
        assertThat(victim.offences).containsOnly(Offence.BROKEN_PROMISE);
      }
    }
  }

  /** Over a link that took its place, which may have lost what was asked for on the other one. */
  @Test
  void whatWasAskedForOnALinkThatIsGone_isNotOwed() {
    router.announced(victim, List.of(Deliveries.id(PARENT)), now);
    router.linked(victim, now);
    pass(Duration.ofMinutes(2));
    assertThat(victim.offences).isEmpty();
  }
}
