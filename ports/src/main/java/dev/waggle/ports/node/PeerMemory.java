package dev.waggle.ports.node;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a node knows of others and shall know after a restart.
 *
 * @param key 16 secret random bytes, by which it places addresses in its book; empty before the
 *     first start
 * @param addresses the address book
 * @param anchors whom it had dialled and was linked with for longest, to be dialled first
 * @param guards the addresses that it has proven first, the most senior first; at most {@link
 *     #MAX_GUARDS}
 * @param bans whom it will have nothing, or less, to do with; at most {@link #MAX_BANS}
 */
public record PeerMemory(
    Bytes key,
    List<KnownAddress> addresses,
    List<PeerAddress> anchors,
    List<PeerAddress> guards,
    List<Ban> bans) {
  public static final int KEY_BYTES = 16;

  public static final int MAX_GUARDS = 128;

  /** Those of an operator, and those that a node makes by itself. */
  public static final int MAX_BANS = 16_384;

  /** What a node knows that was never started. */
  public static final PeerMemory NOTHING = new PeerMemory(Bytes.EMPTY, List.of(), List.of());

  /** Without guards and bans. */
  public PeerMemory(Bytes key, List<KnownAddress> addresses, List<PeerAddress> anchors) {
    this(key, addresses, anchors, List.of(), List.of());
  }

  /** The same, {@code time} later. */
  public PeerMemory after(Duration time) {
    return new PeerMemory(
        key,
        addresses.stream().map(address -> address.after(time)).toList(),
        anchors,
        guards,
        bans.stream().map(ban -> ban.after(time)).toList());
  }

  /** Without the key, which is secret. */
  @Override
  public String toString() {
    return "PeerMemory("
        + addresses.size()
        + " addresses, anchors "
        + anchors
        + ", "
        + guards.size()
        + " guards, "
        + bans.size()
        + " bans)";
  }
}
