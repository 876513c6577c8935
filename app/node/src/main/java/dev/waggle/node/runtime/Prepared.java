package dev.waggle.node.runtime;

import dev.waggle.domain.memory.MessageWeight;

/**
 * A message of a peer about which something is found out on its way to the node, by one thread
 * after the other, as the {@link Mailbox} hands it on.
 */
abstract sealed class Prepared implements Incoming
    permits Examinee, IncomingHeaders, IncomingItems {
  /** Of the name that something in a message gets: a MessageId, and a reference to it. */
  static final int NAME_BYTES = 52;

  private final long contentBytes;
  private long bytes;
  private long sharedBytes;

  /**
   * A message as it came.
   *
   * @param bytes that it weighs, with the names that it gets
   * @param contentBytes of it on the wire at least
   */
  Prepared(long bytes, long contentBytes) {
    this.bytes = bytes;
    this.contentBytes = contentBytes;
  }

  /** Whether it is known by name what it speaks of; if not, {@link Intake#name} finds out. */
  abstract boolean isNamed();

  /** Whether memory was granted for its content, since that is more than a record holds. */
  final boolean spansRecords() {
    return MessageWeight.spansRecords(contentBytes);
  }

  /**
   * Of what it weighs, what is beyond both its content and what every link may hold: many small
   * items weigh more than they are long, and no memory was granted for that.
   */
  final long excessBytes() {
    return MessageWeight.excessBytes(bytes, contentBytes);
  }

  /**
   * Without what is found out after it was put into an inbox: of an examination that takes long few
   * results are held, of the others about as much again as the large messages of all inboxes.
   */
  @Override
  public final long bytes() {
    return bytes;
  }

  @Override
  public final long sharedBytes() {
    return sharedBytes;
  }

  /** Moves what it weighs to the memory that all links share; before it is put into an inbox. */
  final void shared() {
    sharedBytes = bytes;
    bytes = 0;
  }

  /** Counts in its weight what was found out so far; before it is put into an inbox. */
  final void weigh(long foundOutBytes) {
    bytes += foundOutBytes;
  }
}
