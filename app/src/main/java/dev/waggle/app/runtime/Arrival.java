package dev.waggle.app.runtime;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A gossip message that a link has received, on its way to the node. One that takes long to examine
 * is examined on that way; whoever hands it on through the {@link Mailbox} may have set that.
 */
final class Arrival implements Incoming {
  private final MessageId id;
  private final GossipMessage message;
  private final PeerId from;
  private final long bytes;
  private final boolean takesLong;
  private @Nullable Examination examination;

  /**
   * A message that has come.
   *
   * @param examination null if it is not examined yet
   */
  Arrival(MessageId id, GossipMessage message, @Nullable Examination examination, PeerId from) {
    this.id = id;
    this.message = message;
    this.examination = examination;
    this.from = from;
    this.takesLong = examination == null;
    this.bytes = MessageWeight.bytes(message) + (examination == null ? 0 : examination.heldBytes());
  }

  @Override
  public Lane lane() {
    return Lane.of(message);
  }

  /** Without what is found out later: there are a bounded number of those. */
  @Override
  public long bytes() {
    return bytes;
  }

  MessageId id() {
    return id;
  }

  GossipMessage message() {
    return message;
  }

  boolean isExamined() {
    return examination != null;
  }

  /** Whether it took long. */
  boolean isExaminedElsewhere() {
    return takesLong && examination != null;
  }

  void examined(Examination result) {
    examination = result;
  }

  Delivery delivery() {
    return new Delivery(id, message, examination == null ? Examination.NONE : examination, from);
  }
}
