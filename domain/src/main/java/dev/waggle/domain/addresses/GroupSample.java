package dev.waggle.domain.addresses;

import dev.waggle.domain.chance.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some of a book's entries, drawn so that who has many addresses in few network groups is not told
 * of more often for it: one of each group in random order, then a second one of each that has more
 * (PROTOCOL §9.5).
 */
final class GroupSample {
  /** Of one group, at most. */
  static final int MAX_PER_GROUP = 2;

  private GroupSample() {}

  /** At most {@code wanted} of {@code entries}, in random order. */
  static List<BookEntry> draw(List<BookEntry> entries, int wanted, Draws draws) {
    List<BookEntry> order = new ArrayList<>(entries);
    draws.shuffle(order);
    List<List<BookEntry>> rounds = new ArrayList<>();
    for (int i = 0; i < MAX_PER_GROUP; i++) {
      rounds.add(new ArrayList<>());
    }
    Map<NetworkGroup, Integer> taken = new LinkedHashMap<>();
    for (BookEntry entry : order) {
      int before = taken.merge(entry.group(), 1, Integer::sum) - 1;
      if (before < MAX_PER_GROUP) {
        rounds.get(before).add(entry);
      }
    }
    List<BookEntry> drawn = new ArrayList<>();
    for (List<BookEntry> round : rounds) {
      draws.shuffle(round); // Who has many came up sooner.
      drawn.addAll(round.subList(0, Math.min(round.size(), wanted - drawn.size())));
    }
    draws.shuffle(drawn);
    return drawn;
  }
}
