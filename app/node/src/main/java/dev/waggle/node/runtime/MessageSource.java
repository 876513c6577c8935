package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.ports.node.LinkId;

/** Where the messages in a {@link Mailbox} come from. The node thread calls it. */
interface MessageSource {
  LinkId id();

  /** Whose time it takes to deal with what comes from there. */
  Party party();

  /**
   * A message is handled that held some of the memory that all links share.
   *
   * @param sharedBytes more than zero
   */
  void handled(long sharedBytes);

  /** The inbox has room again. */
  void resumeReading();
}
