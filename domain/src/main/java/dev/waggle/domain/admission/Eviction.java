package dev.waggle.domain.admission;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.node.LinkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which inbound link ends where a stranger comes and every place is taken (PROTOCOL §9.1). */
public final class Eviction {
  /*
   * After Bitcoin Core's SelectNodeToEvict. To push the honest out, an attacker would have to be
   * better than they are in every way at once: in groups that it cannot know, nearer, faster with
   * transactions, faster with blocks, and there before them. Each of these protects a few; half of
   * the rest is protected by its age, which nobody can make up for. What is left is taken from the
   * most crowded group, and there the youngest goes: so who comes in masses replaces itself.
   *
   * Other than there, a group that is protected protects its oldest link only, not up to four of its
   * links, and who has never been of use is protected by no use.
   */

  /** Groups of which the oldest link is protected. */
  static final int GROUPS = 4;

  /** Links protected for the least round trip. */
  static final int NEAREST = 8;

  /** Links protected for the latest transactions or evidence. */
  static final int TRANSACTION_GIVERS = 4;

  /** Links protected for the latest blocks. */
  static final int BLOCK_GIVERS = 4;

  /**
   * A link that may have to go. Times are nanoseconds of the node's clock, compared by difference.
   *
   * @param keyedGroup a hash of {@code group} that nobody else can foresee
   * @param leastPingNanos the least round trip of all, if one was measured
   * @param lastTransactionNanos when its peer was last the first to bring a transaction, or
   *     evidence, that was accepted, if it ever was
   * @param lastBlockNanos the same for a block
   * @param sinceNanos when the link was established
   * @param discouraged whether its peer has behaved so that it goes before everybody else
   */
  public record Candidate(
      LinkId link,
      NetworkGroup group,
      long keyedGroup,
      OptionalLong leastPingNanos,
      OptionalLong lastTransactionNanos,
      OptionalLong lastBlockNanos,
      long sinceNanos,
      boolean discouraged) {}

  /** Ties are broken by this, so that the same links always give the same answer. */
  private static final Comparator<Candidate> OLDEST_FIRST =
      Comparator.comparing(Candidate::sinceNanos, Eviction::byDifference)
          .thenComparing(Candidate::link);

  private static final Comparator<Long> LEAST_FIRST = Eviction::byDifference;

  private static final Comparator<Long> LATEST_FIRST = LEAST_FIRST.reversed();

  private Eviction() {}

  /**
   * Chooses the link that makes room, of all inbound links but the newcomer's.
   *
   * @return null if all of them are protected
   */
  public static @Nullable LinkId choose(Collection<Candidate> links) {
    List<Candidate> left = new ArrayList<>(links);
    left.sort(OLDEST_FIRST); // And stays so: below, of equals the oldest come first.
    List<Candidate> discouraged = left.stream().filter(Candidate::discouraged).toList();
    if (!discouraged.isEmpty()) {
      return youngestOfTheLargestGroup(discouraged);
    }
    protectGroups(left);
    protect(left, NEAREST, Candidate::leastPingNanos, LEAST_FIRST);
    protect(left, TRANSACTION_GIVERS, Candidate::lastTransactionNanos, LATEST_FIRST);
    protect(left, BLOCK_GIVERS, Candidate::lastBlockNanos, LATEST_FIRST);
    left.subList(0, left.size() / 2).clear();
    return left.isEmpty() ? null : youngestOfTheLargestGroup(left);
  }

  /** Protects the oldest link of each of those groups that the key puts first. */
  private static void protectGroups(List<Candidate> left) {
    List<Candidate> byKey = new ArrayList<>(left);
    byKey.sort(Comparator.comparingLong(Candidate::keyedGroup));
    Set<NetworkGroup> groups = new LinkedHashSet<>();
    for (Candidate link : byKey) {
      if (groups.size() < GROUPS && groups.add(link.group())) {
        left.remove(link);
      }
    }
  }

  /** Protects the first few of those that have a merit. */
  private static void protect(
      List<Candidate> left,
      int count,
      Function<Candidate, OptionalLong> merit,
      Comparator<Long> bestFirst) {
    List<Candidate> able = new ArrayList<>(left);
    able.removeIf(link -> merit.apply(link).isEmpty());
    able.sort(Comparator.comparing(link -> merit.apply(link).getAsLong(), bestFirst));
    left.removeAll(able.subList(0, Math.min(count, able.size())));
  }

  private static LinkId youngestOfTheLargestGroup(List<Candidate> oldestFirst) {
    Map<NetworkGroup, Integer> sizes = new LinkedHashMap<>();
    for (Candidate link : oldestFirst) {
      sizes.merge(link.group(), 1, Integer::sum);
    }
    int largest = Collections.max(sizes.values());
    return oldestFirst.reversed().stream()
        .filter(link -> sizes.getOrDefault(link.group(), 0) == largest)
        .findFirst()
        .orElseThrow()
        .link();
  }

  private static int byDifference(long one, long other) {
    return Long.signum(one - other);
  }
}
