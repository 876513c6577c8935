package dev.waggle.simulator.run;

import dev.waggle.simulator.network.NatKind;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are behind routers that translate addresses: each is with the same likelihood, but
 * for those through which all join.
 *
 * @param share of the nodes, 0 to 1
 * @param kinds how many of these routers are of each kind, as parts of what they sum up to
 */
public record BehindRouters(double share, SortedMap<NatKind, Integer> kinds) {
  /**
   * An assumption, in hundredths. Nobody has counted the kinds in front of nodes of a network such
   * as this one. Most routers at home keep one mapping for all destinations and filter by address
   * and port; some carriers' and mobile networks' map each destination anew. Of attempts at hole
   * punching in the IPFS network about 70 % led to a connection (Trautwein et al., "Decentralized
   * Hole Punching", 2022, and the measurements that followed it); of two routers drawn by this
   * table 74 % can meet at best (RFC 5128).
   */
  public static final SortedMap<NatKind, Integer> USUAL =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  NatKind.FULL_CONE, 10,
                  NatKind.RESTRICTED, 15,
                  NatKind.PORT_RESTRICTED, 55,
                  NatKind.SYMMETRIC, 20)));

  /** None. */
  public static final BehindRouters NOBODY = new BehindRouters(0, USUAL);

  /** Checks and copies. */
  public BehindRouters {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("no share: " + share);
    }
    kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
    if (sum(kinds) <= 0 || kinds.values().stream().anyMatch(part -> part < 0)) {
      throw new IllegalArgumentException("no parts: " + kinds);
    }
  }

  private static int sum(SortedMap<NatKind, Integer> kinds) {
    return kinds.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether there are any such routers. */
  public boolean areThere() {
    return share > 0;
  }

  /** What is before a node, or null for nothing. */
  @Nullable NatKind draw(SplittableRandom random) {
    if (random.nextDouble() >= share) {
      return null;
    }
    int drawn = random.nextInt(sum(kinds));
    for (Map.Entry<NatKind, Integer> kind : kinds.entrySet()) {
      drawn -= kind.getValue();
      if (drawn < 0) {
        return kind.getKey();
      }
    }
    throw new IllegalStateException("more than all were drawn");
  }
}
