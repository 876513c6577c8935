package dev.waggle.domain.peers;

import dev.waggle.domain.Fault;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.ports.transport.CloseReason;

/** Why a dial did not become a link. */
public sealed interface DialFailure {
  /** Who is to blame. */
  Fault fault();

  /** Lower-case words for the operator. */
  String words();

  /** No connection came to be, or it ended before the handshake did. */
  record NotConnected(CloseReason why) implements DialFailure {
    @Override
    public Fault fault() {
      return Fault.ENVIRONMENT;
    }

    @Override
    public String words() {
      return why.toString();
    }
  }

  /** The handshake failed (PROTOCOL §4.6). */
  record HandshakeFailed(HandshakeFailure why) implements DialFailure {
    @Override
    public Fault fault() {
      return why.fault();
    }

    @Override
    public String words() {
      return why.words();
    }
  }
}
