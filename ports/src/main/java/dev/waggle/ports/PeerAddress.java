package dev.waggle.ports;

import org.jspecify.annotations.Nullable;

/**
 * Where a peer can be dialled, and who must answer there.
 *
 * @param endpoint where to dial
 * @param pinned the PeerId that the responder must prove, or null if any will do; another one fails
 *     the handshake
 */
public record PeerAddress(Endpoint endpoint, @Nullable PeerId pinned) {

  /**
   * Parses {@code host:port} or {@code peerid@host:port}.
   *
   * @throws IllegalArgumentException if {@code text} is anything else; the message says what is
   *     expected
   */
  public static PeerAddress parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return new PeerAddress(Endpoint.parse(text), null);
    }
    PeerId pinned;
    try {
      pinned = PeerId.ofHex(text.substring(0, at));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected 64 hexadecimal digits before the @ of '" + text + "'", e);
    }
    return new PeerAddress(Endpoint.parse(text.substring(at + 1)), pinned);
  }

  @Override
  public String toString() {
    return pinned == null ? endpoint.toString() : pinned + "@" + endpoint;
  }
}
