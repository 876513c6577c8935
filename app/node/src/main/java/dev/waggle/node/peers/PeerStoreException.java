package dev.waggle.node.peers;

import java.io.IOException;

/**
 * A file of peers that cannot be read or written. The message is for the operator, and names it.
 */
public final class PeerStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  PeerStoreException(String message, IOException cause) {
    super(message, cause);
  }

  PeerStoreException(String message) {
    super(message);
  }
}
