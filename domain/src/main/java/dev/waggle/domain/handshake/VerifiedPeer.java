package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.util.Objects;

/**
 * A peer that has proved to hold the private key behind its PeerId.
 *
 * <p>Only the handshake can construct one, after signature and MAC have been checked (PROTOCOL
 * §4.5): whoever holds a value of this type need not ask.
 */
public final class VerifiedPeer {
  private final PeerId id;
  private final Bytes publicKey;

  VerifiedPeer(PeerId id, Bytes publicKey) {
    this.id = Objects.requireNonNull(id);
    this.publicKey = Objects.requireNonNull(publicKey);
  }

  public PeerId id() {
    return id;
  }

  /** The raw ML-DSA public key; its SHA-256 is {@link #id}. */
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public String toString() {
    return "VerifiedPeer(" + id + ")";
  }
}
