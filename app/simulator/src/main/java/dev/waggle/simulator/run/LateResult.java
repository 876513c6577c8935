package dev.waggle.simulator.run;

import org.jspecify.annotations.Nullable;

/**
 * How a node fared that came late, and had nothing of a chain that was there.
 *
 * @param blocks of its own chain in the end
 * @param wanted blocks of the chain that was there
 * @param wholeNanos from its start until it had them all; null if it never had
 * @param receivedBytes over its line until then, handshakes and records and all; or until the end
 * @param neededBytes of the blocks that were there, each once and encoded
 * @param neededNanos that these take on its line; 0 if that has no limit
 * @param heldUp blocks that it has asked of another peer, since the first one did not send them
 * @param givenUp chains of headers that have come to nothing
 */
public record LateResult(
    int node,
    long blocks,
    int wanted,
    @Nullable Long wholeNanos,
    long receivedBytes,
    long neededBytes,
    long neededNanos,
    long heldUp,
    long givenUp) {

  /** Whether it has the whole chain. */
  public boolean isWhole() {
    return wholeNanos != null;
  }

  /** How many times as long as its line needs for the bytes; not a number if nobody knows. */
  public double timeOverNeeded() {
    return wholeNanos == null || neededNanos == 0 ? Double.NaN : (double) wholeNanos / neededNanos;
  }

  /** How many bytes came for each that was needed; not a number if it has not got them all. */
  public double bytesOverNeeded() {
    return wholeNanos == null ? Double.NaN : (double) receivedBytes / neededBytes;
  }
}
