package dev.waggle.cli.attack;

import dev.waggle.ports.wire.WireMessage;
import java.util.function.Supplier;

/**
 * Sends one message after the other as fast as the node takes them, and ignores what comes back.
 *
 * @param readBytesPerSecond 0 for a flood that never reads
 */
record Flood(int readBytesPerSecond, Supplier<WireMessage> messages) implements Behaviour {
  @Override
  public boolean sendMore(RawLink link) {
    link.send(messages.get());
    return true;
  }
}
