package dev.waggle.bench.workload;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;

/** Gossip that carries {@link Payloads}, made beforehand; they take turns. */
public final class Messages {
  private final WireMessage[] messages;

  public Messages(Payloads payloads) {
    messages = new WireMessage[payloads.count()];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = gossip(payloads.of(i));
    }
  }

  /** All that stands between a payload and the wire. */
  public static WireMessage gossip(byte[] owned) {
    return new WireMessage.Gossip(new GossipMessage.Transaction(Bytes.wrap(owned)));
  }

  /** The message with the payload of that number. */
  public WireMessage of(long messageNumber) {
    return messages[(int) messageNumber & (messages.length - 1)];
  }
}
