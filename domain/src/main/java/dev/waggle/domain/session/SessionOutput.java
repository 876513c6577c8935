package dev.waggle.domain.session;

import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.stream.AssemblyMemory;
import dev.waggle.domain.stream.RecordOutput;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;

/**
 * What a {@link Session} wants done: its driver implements this.
 *
 * <p>All calls come from inside a call of the session, on the same thread. From inside them the
 * driver may call back {@link Session#send}, {@link Session#flush} and {@link Session#close}, and
 * nothing else of that session; from inside {@link #write}, nothing at all.
 */
public interface SessionOutput extends RecordOutput, AssemblyMemory {
  /** {@inheritDoc} Bytes go out in the order of the calls. */
  @Override
  void write(ByteBuffer borrowed);

  /** The handshake is done: from here on messages can be sent, and will be delivered. */
  void established(SessionAgreement agreement);

  /** The peer has sent {@code message}. */
  void deliver(WireMessage message);

  /**
   * Have {@code work} computed, on any thread, and hand the outcome to {@link Session#resume} on
   * the session's own, in a later call. If the session is over before, the driver may abandon the
   * work, or wipe its outcome.
   */
  void compute(HandshakeWork work);

  /**
   * Stop reading from the connection, or go on: until work under way is resumed, what arrives has
   * to be held (PROTOCOL §4.1). Reading is on at first.
   */
  void reading(boolean wanted);

  /**
   * The session is over: close the connection, once what was written has gone out. Called at most
   * once, and last.
   */
  void failed(SessionFailure failure);
}
