package dev.waggle.app.runtime;

import dev.waggle.ports.node.LinkId;

/** Where the messages in a {@link Mailbox} come from. */
interface MessageSource {
  LinkId id();

  /** The mailbox has room again; called by the node thread. */
  void resumeReading();
}
