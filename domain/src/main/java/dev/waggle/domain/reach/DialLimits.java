package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.rates.Rate;
import dev.waggle.domain.rates.Tokens;
import dev.waggle.ports.IpAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often this node dials because others have asked it to (PROTOCOL §9.9). */
final class DialLimits {
  /** For the machine that asks. */
  static final Rate OF_MACHINE = Rate.every(Duration.ofSeconds(30), 4);

  /**
   * For the network group that is dialled, whoever asks; those who pay have one of their own, or
   * they could keep its owners from asking.
   */
  static final Rate OF_GROUP = Rate.every(Duration.ofSeconds(10), 4);

  static final Rate OF_ALL = Rate.every(Duration.ofSeconds(2), 16);

  /** Who pays for the address of another leaves so many to those who ask for their own. */
  static final int RESERVED = 8;

  /**
   * Machines, and twice as many groups, 300 KiB: whoever is forgotten for others would have a full
   * bucket by then, for all together have asked no faster than {@link #OF_ALL}.
   */
  static final int MAX_REMEMBERED = 1024;

  private final Map<IpAddress, Tokens> machines = new LinkedHashMap<>(); // Who asked last is last.
  private final Map<NetworkGroup, Tokens> ownGroups = new LinkedHashMap<>();
  private final Map<NetworkGroup, Tokens> paidGroups = new LinkedHashMap<>();
  private final Tokens all = new Tokens(OF_ALL);

  /**
   * Whether to dial; if so, it is counted.
   *
   * @param machine who asks; null if that says nothing
   * @param group of the address
   * @param isPaid whether it is the address of another
   */
  boolean take(@Nullable IpAddress machine, NetworkGroup group, boolean isPaid, long nowNanos) {
    Tokens ofMachine = machine == null ? null : find(machines, machine, OF_MACHINE);
    Map<NetworkGroup, Tokens> groups = isPaid ? paidGroups : ownGroups;
    Tokens ofGroup = find(groups, group, OF_GROUP);
    if ((ofMachine != null && !ofMachine.has(1, nowNanos))
        || !ofGroup.has(1, nowNanos)
        || !all.has(isPaid ? RESERVED + 1 : 1, nowNanos)) {
      return false;
    }
    var _ = all.take(nowNanos) && ofGroup.take(nowNanos);
    remember(groups, group, ofGroup);
    if (machine != null && ofMachine != null) {
      var _ = ofMachine.take(nowNanos);
      remember(machines, machine, ofMachine);
    }
    return true;
  }

  private static <K> Tokens find(Map<K, Tokens> table, K key, Rate rate) {
    Tokens known = table.get(key);
    return known == null ? new Tokens(rate) : known;
  }

  /** Only who was granted something is remembered: refusals cost nobody's place. */
  private static <K> void remember(Map<K, Tokens> table, K key, Tokens tokens) {
    table.remove(key);
    if (table.size() == MAX_REMEMBERED) {
      table.remove(table.keySet().iterator().next());
    }
    table.put(key, tokens);
  }
}
