package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.admission.Eviction.Candidate;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.node.LinkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attackers who come again and again to a node whose places are all taken (PROTOCOL §9.1). */
class EvictionSiegeTest {
  private static final int PLACES = 117;
  private static final int SEEDS = 3;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** What can be protected for something else than age: by group, ping, transactions, blocks. */
  private static final int MERITS = 4 + 8 + 4 + 4;

  /** Where honest nodes are; none of them is where attackers are. */
  private static final int HONEST_GROUPS = 1 << 13;

  /** Inbound links, and the rule by which one more is let in. */
  private static final class Table {
    private final List<Candidate> links = new ArrayList<>();
    private final Random random;
    private final SipHash key;
    private long number;

    Table(long seed) {
      random = new Random(seed);
      key = new SipHash(random.nextLong(), random.nextLong());
    }

    /** Somebody who is as near, and as useful, as others are, or not at all. */
    Candidate honest(int group) {
      OptionalLong ping = OptionalLong.of((10 + random.nextInt(200)) * SECOND / 1000);
      OptionalLong transaction = sometimes();
      return link(group, ping, transaction, sometimes());
    }

    private OptionalLong sometimes() {
      return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(-random.nextInt(1000));
    }

    /** Somebody who is better than everybody before in all that can be had. */
    Candidate unbeatable(int group) {
      OptionalLong ping = OptionalLong.of(SECOND / 1000 - number);
      OptionalLong now = OptionalLong.of(number);
      return link(group, ping, now, now);
    }

    Candidate useless(int group) {
      return link(group, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    private Candidate link(
        int groupNumber, OptionalLong ping, OptionalLong transaction, OptionalLong block) {
      NetworkGroup group = NetworkGroup.of(IpAddress.ofIpv4((11 << 24) + (groupNumber << 16)));
      return new Candidate(
          new LinkId(number),
          group,
          group.hash(key),
          ping,
          transaction,
          block,
          number++ * SECOND,
          false);
    }

    /** Returns who has to go for it, if somebody has. */
    void comes(Candidate newcomer) {
      if (links.size() == PLACES) {
        LinkId evicted = Eviction.choose(links);
        assertThat(evicted).as("there are more links than protections").isNotNull();
        links.removeIf(link -> link.link().equals(evicted));
      }
      links.add(newcomer);
    }

    List<LinkId> ids() {
      return links.stream().map(Candidate::link).toList();
    }
  }

  private static int honestGroup(int number) {
    return 100 + number % HONEST_GROUPS;
  }

  /** Puts honest links in, then attackers, and counts those of the honest that stand in the end. */
  private static long survivors(
      long seed, int honest, IntUnaryOperator honestGroup, int attackerGroups) {
    Table table = new Table(seed);
    for (int i = 0; i < honest; i++) {
      table.comes(table.honest(honestGroup.applyAsInt(i)));
    }
    List<LinkId> first = table.ids();
    for (int i = 0; i < 1_000; i++) {
      table.comes(table.unbeatable(-1 - i % attackerGroups));
    }
    return table.ids().stream().filter(first::contains).count();
  }

  /**
   * Attackers who are nearer and more useful than everybody get the places that are protected for
   * that, one of each of the four groups that the key has chosen, and one more.
   */
  @ParameterizedTest
  @CsvSource({
    "20, 1",
    "20, 1000",
    "60, 1",
    "60, 16",
    "60, 1000",
    "96, 1000",
    "117, 1",
    "117, 16",
    "117, 1000"
  })
  void honestOfManyGroups_whoWereThereFirst_keepAllPlacesButThoseOfMerit(
      int honest, int attackerGroups) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(survivors(seed, honest, EvictionSiegeTest::honestGroup, attackerGroups))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(Math.min(honest, PLACES - MERITS - 1));
    }
  }

  /** The honest are all in one group, so they count as the crowd: their age alone protects them. */
  @ParameterizedTest
  @CsvSource({"20, 16", "48, 16", "60, 1000", "117, 1000"})
  void honestOfOneGroup_whoWereThereFirst_keepHalfOfWhatIsNotOfMerit(
      int honest, int attackerGroups) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(survivors(seed, honest, _ -> 100, attackerGroups))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(Math.min(honest, (PLACES - MERITS) / 2));
    }
  }

  /** Whatever one network does: at most one of its links is protected for its group. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void newcomersOfOneNetwork_neverPushOutWhoIsProtectedFromThem(boolean unbeatable) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Table table = new Table(seed);
      for (int i = 0; i < PLACES; i++) {
        table.comes(table.honest(honestGroup(i)));
      }
      List<LinkId> honest = table.ids();
      for (int i = 0; i < 10_000; i++) {
        table.comes(unbeatable ? table.unbeatable(-1) : table.useless(-1));
      }
      // One for the group, or the one place that each newcomer takes from the one before.
      int taken = unbeatable ? 1 + 8 + 4 + 4 + 1 : 2;
      assertThat(table.ids().stream().filter(honest::contains).count())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(PLACES - taken);
      assertThat(table.ids())
          .as("seed %d, the half that is older", seed)
          .containsAll(honest.subList(0, (PLACES - MERITS) / 2));
    }
  }

  /** A host that was there first, and has filled the table, gives way to others. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void identitiesOfOneHost_evictEachOtherOnly_andGiveWayToTheHonest(boolean unbeatable) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Table table = new Table(seed);
      for (int i = 0; i < PLACES; i++) {
        table.comes(unbeatable ? table.unbeatable(-1) : table.useless(-1));
      }
      List<LinkId> honest = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Candidate newcomer = table.honest(honestGroup(i));
        table.comes(newcomer);
        honest.add(newcomer.link());
        for (int j = 0; j < 30; j++) {
          table.comes(unbeatable ? table.unbeatable(-1) : table.useless(-1));
        }
        assertThat(table.ids()).as("seed %d", seed).containsAll(honest);
      }
    }
  }
}
