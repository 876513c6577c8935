package dev.waggle.domain.punch;

import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.ports.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A signature to be checked, or made, or both, in this order. That takes about a millisecond, so it
 * is done beside the node thread. Immutable; compared by identity.
 */
public final class Notarization {
  private final @Nullable Received received;
  private final @Nullable Statement own;

  /** What somebody has said, as the relay tells it. */
  private record Received(Statement statement, PunchMessage.Proof proof) {}

  private Notarization(@Nullable Received received, @Nullable Statement own) {
    this.received = received;
    this.own = own;
  }

  static Notarization signing(Statement own) {
    return new Notarization(null, own);
  }

  static Notarization checking(Statement theirs, PunchMessage.Proof proof) {
    return new Notarization(new Received(theirs, proof), null);
  }

  /** Nothing is signed for who has not said what was received. */
  static Notarization answering(Statement theirs, PunchMessage.Proof proof, Statement own) {
    return new Notarization(new Received(theirs, proof), own);
  }

  /**
   * Does the arithmetic. On any thread.
   *
   * @param settings of this node's handshakes
   */
  public Notarized complete(HandshakeSettings settings) {
    if (received != null && !received.statement.isProvedBy(received.proof, settings)) {
      return Notarized.REFUSED;
    }
    return new Notarized(true, own == null ? Bytes.EMPTY : own.signed(settings));
  }
}
