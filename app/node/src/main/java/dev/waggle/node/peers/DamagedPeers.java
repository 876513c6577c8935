package dev.waggle.node.peers;

/** Bytes that are no file of peers. The message says what is wrong with them, without a subject. */
final class DamagedPeers extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedPeers(String message) {
    super(message);
  }
}
