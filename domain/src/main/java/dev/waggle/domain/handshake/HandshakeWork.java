package dev.waggle.domain.handshake;

/**
 * Lattice arithmetic that a handshake needs done: a pure computation, some hundred microseconds
 * long, which any one thread may run, once. It never throws, whatever the peer has sent.
 *
 * <p>It may hold secrets (PROTOCOL §4.4). Whoever was handed it either computes it and brings the
 * outcome back, or wipes the outcome; or abandons it instead, if nobody awaits it any more.
 */
public interface HandshakeWork {
  /** What the handshake goes on with. */
  Outcome compute();

  /** Wipes what the work holds. In the place of {@link #compute}: not beside it, and not before. */
  void abandon();

  /** The result of the work, for the handshake that asked for it and nobody else. */
  interface Outcome {
    /** Wipes the secrets of an outcome that no handshake will take. */
    void wipe();
  }
}
