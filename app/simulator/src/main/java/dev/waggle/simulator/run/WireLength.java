package dev.waggle.simulator.run;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;

/** How long messages are when they are encoded, whoever sends them, without records. */
final class WireLength {
  private static final WireCodec CODEC = new BincodeCodec();

  /** With what announces its length (PROTOCOL §7.1). */
  static int of(WireMessage message) {
    int length = CODEC.encodedLength(message);
    return length + Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(length), 7);
  }

  private WireLength() {}
}
