package dev.waggle.simulator.run;

import dev.waggle.ports.wire.Feature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which features of the handshake nodes have (PROTOCOL §7.4): all that there are, but for those
 * that some leave out, as older nodes would.
 *
 * @param without ids of what is left out
 * @param withoutShare the share of nodes that leave it out, spread evenly over their numbers; 0 to
 *     1
 */
public record Features(List<Integer> without, double withoutShare) {
  /** Of every node all. */
  public static final Features ALL = new Features(List.of(), 0);

  /** The ids of those that there are, by the names that options give them. */
  public static final SortedMap<String, Integer> NAMES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  "compact-blocks",
                  Feature.COMPACT_BLOCKS,
                  "early-notices",
                  Feature.EARLY_NOTICES,
                  "headers-first",
                  Feature.HEADERS_FIRST,
                  "dial-back",
                  Feature.DIAL_BACK,
                  "hole-punching",
                  Feature.HOLE_PUNCHING)));

  /** Those of use only where nodes are behind routers. */
  static final List<Integer> ABOUT_ROUTERS = List.of(Feature.DIAL_BACK, Feature.HOLE_PUNCHING);

  /** Checks and copies. */
  public Features {
    if (!(withoutShare >= 0 && withoutShare <= 1)) {
      throw new IllegalArgumentException("no share: " + withoutShare);
    }
    without = Collections.unmodifiableList(new ArrayList<>(without));
  }

  /** The same of all nodes. */
  public static Features without(Integer... ids) {
    return new Features(List.of(ids), 1);
  }

  /** Those of a node, ascending. */
  public List<Integer> of(int node) {
    boolean leavesOut = Math.floor((node + 1) * withoutShare) > Math.floor(node * withoutShare);
    return NAMES.values().stream()
        .sorted()
        .filter(id -> !leavesOut || !without.contains(id))
        .toList();
  }
}
