package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.NetworkGroup;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each network group has said one thing. Immutable; a few groups at most. */
record Votes(Map<NetworkGroup, Integer> counts) {
  /** Nobody has said it. */
  static final Votes NONE = new Votes(Collections.emptyMap());

  /** Where fewer groups can be asked than are needed, each has to say it so often. */
  private static final int TIMES_OF_FEW = 2;

  Votes and(NetworkGroup group) {
    Map<NetworkGroup, Integer> more = new LinkedHashMap<>(counts);
    more.merge(group, 1, Integer::sum);
    return new Votes(Collections.unmodifiableMap(more));
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /**
   * Whether that is enough to be believed.
   *
   * @param needed groups
   * @param askable the groups that can be asked at all, each once
   */
  boolean suffice(int needed, Collection<NetworkGroup> askable) {
    boolean allSayIt =
        !askable.isEmpty()
            && askable.stream().allMatch(group -> counts.getOrDefault(group, 0) >= TIMES_OF_FEW);
    return counts.size() >= needed || allSayIt;
  }
}
