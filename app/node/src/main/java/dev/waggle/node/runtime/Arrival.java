package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A gossip message that a link has received, on its way to the node. What is found out about it on
 * that way is set by one thread after the other, as the {@link Mailbox} hands it on.
 */
final class Arrival implements Incoming {
  private final GossipMessage message;
  private final PeerId from;
  private @Nullable MessageId id;
  private @Nullable Examination examination;
  private boolean known;
  private boolean examinedElsewhere;
  private long bytes;
  private long sharedBytes;

  Arrival(GossipMessage message, PeerId from) {
    this.message = message;
    this.from = from;
    this.bytes = MessageWeight.bytes(message);
  }

  @Override
  public Lane lane() {
    return Lane.of(message);
  }

  /**
   * Without what is found out after it was put into an inbox: of an examination that takes long few
   * results are held, of the others about as much again as the large messages of all inboxes.
   */
  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long sharedBytes() {
    return sharedBytes;
  }

  /** Moves what it weighs to the memory that all links share; before it is put into an inbox. */
  void shared() {
    sharedBytes = bytes;
    bytes = 0;
  }

  GossipMessage message() {
    return message;
  }

  boolean isNamed() {
    return id != null;
  }

  MessageId id() {
    return Objects.requireNonNull(id, "not named");
  }

  void named(MessageId name) {
    id = name;
  }

  /** Whether the node need not hear of it. */
  boolean isKnown() {
    return known;
  }

  void known() {
    known = true;
  }

  boolean isExamined() {
    return examination != null;
  }

  /** The result of an examination that did not take long. */
  void examined(Examination result) {
    examination = result;
  }

  /** The result of one that did, from {@link Examinations}. */
  void examinedElsewhere(Examination result) {
    examination = result;
    examinedElsewhere = true;
  }

  boolean isExaminedElsewhere() {
    return examinedElsewhere;
  }

  /** Counts in its weight what was found out so far; before it is put into an inbox. */
  void weigh() {
    bytes += examination == null ? 0 : examination.heldBytes();
  }

  Delivery delivery() {
    return new Delivery(id(), message, examination == null ? Examination.NONE : examination, from);
  }
}
