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
 */
public record PeerMemory(Bytes key, List<KnownAddress> addresses, List<PeerAddress> anchors) {
  public static final int KEY_BYTES = 16;

  /** What a node knows that was never started. */
  public static final PeerMemory NOTHING = new PeerMemory(Bytes.EMPTY, List.of(), List.of());

  /** The same, {@code time} later. */
  public PeerMemory after(Duration time) {
    return new PeerMemory(
        key, addresses.stream().map(address -> address.after(time)).toList(), anchors);
  }

  /** Without the key, which is secret. */
  @Override
  public String toString() {
    return "PeerMemory(" + addresses.size() + " addresses, anchors " + anchors + ")";
  }
}
