package dev.waggle.bench;

import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;

/**
 * What comes out of a session that is established: whatever a benchmark does not expect and
 * override ends it.
 */
abstract class EstablishedOutput implements SessionOutput {
  @Override
  public void write(ByteBuffer borrowed) {
    throw unexpected("bytes to write");
  }

  @Override
  public void deliver(WireMessage message) {
    throw unexpected("a message");
  }

  @Override
  public void established(SessionAgreement agreement) {
    throw unexpected("a handshake");
  }

  @Override
  public void compute(HandshakeWork work) {
    throw unexpected("work");
  }

  @Override
  public void reading(boolean wanted) {
    throw unexpected("a pause");
  }

  @Override
  public void failed(SessionFailure failure) {
    throw new IllegalStateException(failure.detail());
  }

  private static IllegalStateException unexpected(String what) {
    return new IllegalStateException(what + " came out of the session");
  }
}
