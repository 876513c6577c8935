package dev.waggle.domain.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places that one stage of the handshake has, and who loses its place when all are taken
 * (PROTOCOL §4.7). Owned by one thread at a time.
 */
final class Places {
  /*
   * Places are shared out among networks, not among connections, for connections are free. A place
   * counts for the prefixes that its address lies in, from a coarse one (an IPv4 /16) to the finest
   * (a /24). The most crowded coarse prefix gives a place up, in it the most crowded of the next
   * size, and so on: to compare two places is to compare their three counts, the coarsest first.
   * So eight /24s of one /16 are one crowd, and in that /16 the other /24s still have a share.
   *
   * Of the most crowded prefix the oldest goes: it has had most time, and made least of it. Where
   * the newcomer itself would belong to the most crowded, the oldest goes only if it has stayed for
   * MIN_STAY; otherwise the newcomer is turned away. So many honest strangers at once, as after the
   * restart of a seed, do not push each other out half-way; and places on which nothing happens
   * keep nobody out, from however many networks they are held.
   */

  /**
   * How long a place is kept from others as crowded as its holder. An honest stranger needs a round
   * trip, of 300 ms at most, and some arithmetic; the shorter the stay, the more of them come
   * through when a flood from more networks than there are places lets everybody in by chance only.
   */
  static final long MIN_STAY_NANOS = Duration.ofMillis(500).toNanos();

  /** A prefix, and how many places it holds. */
  static final class Crowd {
    private final AddressPrefix prefix;
    private int places;

    private Crowd(AddressPrefix prefix) {
      this.prefix = prefix;
    }
  }

  private final int max;
  private final Map<AddressPrefix, Crowd> crowds = new LinkedHashMap<>();
  private final Set<Permit> holders = new LinkedHashSet<>(); // The oldest is the first.

  Places(int max) {
    this.max = max;
  }

  int taken() {
    return holders.size();
  }

  /** Prefixes that hold places, of every length. */
  int crowds() {
    return crowds.size();
  }

  /**
   * Gives {@code newcomer} a place, taking it from somebody else if there is none.
   *
   * @return who has no place any more: null if everybody has, {@code newcomer} if it was given none
   */
  @Nullable Permit enter(Permit newcomer, long nowNanos) {
    newcomer.moveTo(this, join(newcomer.prefix()), nowNanos);
    Permit loser = holders.size() < max ? null : loser(newcomer, nowNanos);
    holders.add(newcomer);
    if (loser != null) {
      leave(loser);
    }
    return loser;
  }

  private Permit loser(Permit newcomer, long nowNanos) {
    Permit mostCrowded = newcomer;
    for (Permit holder : holders) {
      int difference = compare(holder, mostCrowded);
      if (difference > 0 || (difference == 0 && mostCrowded == newcomer)) {
        mostCrowded = holder;
      }
    }
    boolean isFair = compare(mostCrowded, newcomer) > 0 || hasStayed(mostCrowded, nowNanos);
    return isFair ? mostCrowded : newcomer;
  }

  /** Positive if {@code one} lies in a more crowded prefix than {@code other}. */
  private static int compare(Permit one, Permit other) {
    for (int level = 0; level < AddressPrefix.LEVELS; level++) {
      int difference = one.crowds().get(level).places - other.crowds().get(level).places;
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static boolean hasStayed(Permit holder, long nowNanos) {
    return nowNanos - holder.sinceNanos() >= MIN_STAY_NANOS;
  }

  /** The oldest holder in {@code prefix}, a finest one, if it has stayed for long enough. */
  @Nullable Permit idle(AddressPrefix prefix, long nowNanos) {
    for (Permit holder : holders) {
      if (holder.prefix().equals(prefix)) {
        return hasStayed(holder, nowNanos) ? holder : null;
      }
    }
    return null;
  }

  /** Takes the place of {@code holder} back. */
  void leave(Permit holder) {
    holders.remove(holder);
    for (Crowd crowd : holder.crowds()) {
      crowd.places--;
      if (crowd.places == 0) {
        crowds.remove(crowd.prefix);
      }
    }
  }

  private List<Crowd> join(AddressPrefix prefix) {
    List<Crowd> joined = new ArrayList<>(AddressPrefix.LEVELS);
    for (int level = 0; level < AddressPrefix.LEVELS; level++) {
      Crowd crowd = crowds.computeIfAbsent(prefix.at(level), Crowd::new);
      crowd.places++;
      joined.add(crowd);
    }
    return joined;
  }
}
