package dev.waggle.domain.rates;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.operator.Excess;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What peers that have left had still to tell, so that coming back does not fill their buckets
 * (PROTOCOL §9.7); and a count of all that was too much. Owned by one thread.
 */
public final class Allowances {
  /**
   * PeerIds, and as many addresses: 1 MiB. Whoever is forgotten for others has cost them a
   * handshake each, or an address.
   */
  static final int MAX_REMEMBERED = 1024;

  private final RateSettings settings;
  private final Map<PeerId, Allowance> byPeer = new LinkedHashMap<>(); // Who left last is last.
  private final Map<IpAddress, Allowance> byMachine = new LinkedHashMap<>();
  private final EnumMap<Told, Count> exceeded = new EnumMap<>(Told.class);

  private static final class Count {
    private long value;
  }

  /** Nobody has left yet. */
  public Allowances(RateSettings settings) {
    this.settings = settings;
    for (Told what : Told.values()) {
      exceeded.put(what, new Count());
    }
  }

  /**
   * What a peer may tell that has no link yet: what it had left; and if it is another one, no more
   * than the last one had that has left from the same machine, for identities cost nothing.
   *
   * @param machine that it comes from; null if that says nothing
   */
  public Allowance of(PeerId peer, @Nullable IpAddress machine, long nowNanos) {
    Allowance known = byPeer.get(peer);
    Allowance allowance = known == null ? new Allowance(settings, nowNanos) : known;
    Allowance before = machine == null ? null : byMachine.get(machine);
    if (before != null && before != allowance) {
      allowance.limitTo(before, nowNanos);
    }
    return allowance;
  }

  /** A peer has left. What one of its machine had left before counts on, whoever leaves last. */
  public void left(PeerId peer, @Nullable IpAddress machine, Allowance allowance, long nowNanos) {
    remember(byPeer, peer, allowance);
    if (machine != null) {
      Allowance before = byMachine.get(machine);
      if (before != null && before != allowance) {
        allowance.limitTo(before, nowNanos);
      }
      remember(byMachine, machine, allowance);
    }
  }

  private static <K> void remember(Map<K, Allowance> left, K who, Allowance allowance) {
    left.remove(who);
    if (left.size() == MAX_REMEMBERED) {
      left.remove(left.keySet().iterator().next());
    }
    left.put(who, allowance);
  }

  /** Counts what was told beyond an allowance, and dropped. */
  public void exceeded(Told what, int count) {
    count(what).value += count;
  }

  private Count count(Told what) {
    return Objects.requireNonNull(exceeded.get(what));
  }

  /** What all peers together have told beyond their allowances since the start. */
  public Excess excess() {
    return new Excess(
        count(Told.TRANSACTION).value,
        count(Told.BLOCK).value,
        count(Told.EVIDENCE).value,
        count(Told.ANNOUNCED_ID).value,
        count(Told.REQUESTED_ID).value,
        count(Told.REQUESTED_HEADER).value,
        count(Told.PING).value,
        count(Told.GET_ADDR).value,
        count(Told.OBSERVED).value,
        count(Told.ADDRESS).value);
  }
}
