package dev.waggle.app.runtime;

import dev.waggle.ports.node.LinkId;

/** Where the messages in a {@link Mailbox} come from. The node thread calls it. */
interface MessageSource {
  LinkId id();

  /**
   * One of its messages is handled.
   *
   * @param sharedBytes what that held of the memory that all links share; may be 0
   */
  void handled(long sharedBytes);

  /** The inbox has room again. */
  void resumeReading();
}
