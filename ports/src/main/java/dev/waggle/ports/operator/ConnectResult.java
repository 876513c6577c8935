package dev.waggle.ports.operator;

import dev.waggle.ports.node.PeerInfo;

/** What an attempt to connect came to. */
public sealed interface ConnectResult {
  /** There is a link; it may have stood before. */
  record Linked(PeerInfo peer) implements ConnectResult {}

  /**
   * There is none.
   *
   * @param reason lower-case words
   */
  record Failed(String reason) implements ConnectResult {}
}
