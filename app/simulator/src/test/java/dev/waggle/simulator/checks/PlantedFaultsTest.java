package dev.waggle.simulator.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves that the net catches: each mistake is found, and for a reason that has to do with it. */
class PlantedFaultsTest {
  private static final Logger log = LoggerFactory.getLogger(PlantedFaultsTest.class);

  private static final int MAX_SEEDS = 200;

  private static final Map<Planted, Set<Invariant>> FOUND_BY =
      Map.ofEntries(
          Map.entry(Planted.FORGOTTEN_SEEN_CACHE_CHECK, Set.of(Invariant.JUDGED_ONCE)),
          Map.entry(Planted.UNBOUNDED_TABLE, Set.of(Invariant.BOUNDED)),
          Map.entry(Planted.UNBOUNDED_QUEUE, Set.of(Invariant.BOUNDED)),
          Map.entry(Planted.LOST_BACKOFF, Set.of(Invariant.BACKS_OFF, Invariant.FINDS_PEERS)),
          Map.entry(Planted.WRONG_TIE_BREAK_OF_LINKS, Set.of(Invariant.ONE_LINK)),
          Map.entry(Planted.WRONG_TIE_BREAK_OF_CHAINS, Set.of(Invariant.MORE_WORK)),
          Map.entry(Planted.MISSING_BAN, Set.of(Invariant.BANS)),
          Map.entry(Planted.REQUEST_NEVER_ASKED_AGAIN, Set.of(Invariant.IN_TIME, Invariant.AGREES)),
          Map.entry(Planted.LINK_LEAKED_ON_REFUSED_HANDSHAKE, Set.of(Invariant.ACCOUNTED)),
          Map.entry(Planted.PERMIT_LEAKED, Set.of(Invariant.ACCOUNTED)),
          Map.entry(Planted.LOST_WAKE_UP, Set.of(Invariant.IN_TIME, Invariant.AGREES)),
          Map.entry(Planted.DEAF_HEARTBEAT, Set.of(Invariant.NOTICES_SILENCE)),
          Map.entry(Planted.TRANSACTIONS_USED_TWICE, Set.of(Invariant.VALID)));

  @ParameterizedTest
  @EnumSource(Planted.class)
  void plantedFault_isFoundForItsReason(Planted planted) {
    LongConsumer net = new MutantLoader(planted.mutation()).net();
    String found = "";
    int seeds = 0;
    while (found.isEmpty() && seeds < MAX_SEEDS) {
      seeds++;
      found = findingOf(net, seeds);
    }

    String said = found;
    log.info("{} found after {} seeds: {}", planted, seeds, found);
    assertThat(FOUND_BY.get(planted))
        .as("what finds it, after %d seeds: %s", seeds, found)
        .anyMatch(invariant -> said.startsWith(invariant + ":"));
  }

  /** What the net says; classes of another loader cannot be caught by their own names here. */
  private static String findingOf(LongConsumer net, long seed) {
    try {
      net.accept(seed);
      return "";
    } catch (AssertionError e) {
      Throwable cause = e.getCause();
      return cause == null ? e.toString() : String.valueOf(cause.getMessage());
    }
  }
}
