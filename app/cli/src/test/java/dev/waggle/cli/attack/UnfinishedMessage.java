package dev.waggle.cli.attack;

import dev.waggle.ports.wire.WireMessage;

/**
 * Sends the beginning of a message, and then either nothing, or a byte of the rest now and then.
 */
final class UnfinishedMessage implements Behaviour {
  /** Less than a record: so the node has nothing of what it would take the message for. */
  static final long END_BYTES = 32 * 1024;

  private final WireMessage message;
  private final boolean trickles;
  private long missing;

  UnfinishedMessage(WireMessage message, long missingBytes, boolean trickles) {
    this.message = message;
    this.missing = missingBytes;
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
