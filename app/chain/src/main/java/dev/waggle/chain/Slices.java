package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireSlice;

/**
 * Parts of a payload, where they lie: nothing is copied, and a part keeps the whole in memory. So
 * what outlives the whole must be copied.
 */
final class Slices {
  /** The next {@code length} bytes of what is read from a {@link Bytes}. */
  static Bytes take(WireSlice in, int length) throws MalformedMessage {
    int start = in.advance(length);
    return Bytes.wrap(in.borrowArray(), start, length);
  }

  private Slices() {}
}
