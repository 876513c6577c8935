package dev.waggle.bench;

import dev.waggle.bench.workload.Settings;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Two sessions that have shaken hands with each other, and no connection between them: what one
 * puts out, a benchmark hands to the other, or not. Owned by one thread.
 *
 * @param sender the side that dialled
 * @param receiver the other one
 */
record SessionPair(Session sender, Session receiver) {
  /**
   * A pair with the suite and the codec that nodes use unless told otherwise.
   *
   * @param senders whose identity the sender has; it may have other peers too
   */
  static SessionPair establish(SessionSettings senders, RecordBuffers buffers) {
    Session initiator =
        Session.initiator(senders, senders.handshake().suites().getFirst(), null, buffers, 0);
    Session responder = Session.responder(Settings.session(), buffers, 0);
    Side alice = new Side(initiator);
    Side bob = new Side(responder);
    alice.peer = bob;
    bob.peer = alice;
    responder.start(bob);
    initiator.start(alice);
    while (alice.work() || bob.work()) {
      // each step of one side may give the other something to do
    }
    if (!alice.established || !bob.established) {
      throw new IllegalStateException("no handshake");
    }
    return new SessionPair(initiator, responder);
  }

  /** A pair of its own. */
  static SessionPair establish() {
    return establish(Settings.session(), new RecordBuffers());
  }

  /** A session during its handshake, and what it wants done. */
  private static final class Side implements SessionOutput {
    private final Session session;
    private final Queue<Runnable> later = new ArrayDeque<>();
    private @Nullable Side peer;
    private boolean established;

    Side(Session session) {
      this.session = session;
    }

    /** Does what could not be done inside a call of the session; false if there was nothing. */
    boolean work() {
      Runnable task = later.poll();
      if (task != null) {
        task.run();
      }
      return task != null;
    }

    @Override
    public void write(ByteBuffer borrowed) {
      Side other = Objects.requireNonNull(peer);
      ByteBuffer copy = ByteBuffer.allocate(borrowed.remaining()).put(borrowed).flip();
      later.add(() -> other.session.receive(copy, other));
    }

    @Override
    public void deliver(WireMessage message) {
      throw new IllegalStateException("nobody has sent " + message);
    }

    @Override
    public void compute(HandshakeWork work) {
      later.add(() -> session.resume(work.compute(), this));
    }

    @Override
    public void established(SessionAgreement agreement) {
      established = true;
    }

    @Override
    public void reading(boolean wanted) {}

    @Override
    public void failed(SessionFailure failure) {
      throw new IllegalStateException(failure.detail());
    }
  }
}
