package dev.waggle.cli.attack;

import dev.waggle.ports.wire.WireMessage;

/** Sends a message but for its end, and then either nothing, or a byte of the end now and then. */
final class UnfinishedMessage implements Behaviour {
  /** Less than a record: so the node has nothing of what it would take the message for. */
  private static final int MISSING_BYTES = 32 * 1024;

  private final WireMessage message;
  private final boolean trickles;
  private long missing = MISSING_BYTES;

  UnfinishedMessage(WireMessage message, boolean trickles) {
    this.message = message;
    this.trickles = trickles;
  }

  @Override
  public boolean sendMore(RawLink link) {
    link.send(message);
    link.withhold(missing);
    return false;
  }

  @Override
  public void ticked(RawLink link) {
    if (trickles) {
      link.withhold(--missing);
    }
  }
}
