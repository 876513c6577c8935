package dev.waggle.domain.handshake;

/**
 * Lattice arithmetic that a handshake needs done: a pure computation, some hundred microseconds
 * long, which any one thread may run, once. It never throws, whatever the peer has sent.
 */
@FunctionalInterface
public interface HandshakeWork {
  /** What the handshake goes on with. */
  Outcome compute();

  /** The result of the work, for the handshake that asked for it and nobody else. */
  interface Outcome {}
}
