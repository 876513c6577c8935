package dev.waggle.simulator.fidelity;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a handshake of a suite goes, as recorded from a real one: what each side does when it begins,
 * when a message has come, and when its arithmetic is done. So what is charged for handshakes is
 * what they take, whatever becomes of the protocol.
 *
 * @param initiator what the side that dialled does, one reaction after the other
 * @param responder what the other side does
 * @param initiatorProven who dialled, as the responder has verified it
 */
public record HandshakeScript(
    List<Reaction> initiator, List<Reaction> responder, VerifiedPeer initiatorProven) {

  /**
   * What a side does at once.
   *
   * @param writes bytes of the messages that it sends
   * @param computes whether it has arithmetic done, and the next reaction follows when it is
   * @param establishes whether it is done with the handshake
   */
  public record Reaction(List<Integer> writes, boolean computes, boolean establishes) {}

  /**
   * Records a handshake.
   *
   * @throws IllegalStateException if it fails: the two do not fit
   */
  public static HandshakeScript record(SessionSettings initiator, SessionSettings responder) {
    RecordBuffers buffers = new RecordBuffers();
    Side dials =
        new Side(
            Session.initiator(
                initiator, initiator.handshake().suites().getFirst(), null, buffers, 0));
    Side answers = new Side(Session.responder(responder, buffers, 0));
    dials.begin();
    answers.begin();
    while (dials.hasWritten() || answers.hasWritten()) {
      dials.passTo(answers);
      answers.passTo(dials);
    }
    VerifiedPeer proven = answers.peer;
    if (dials.peer == null || proven == null) {
      throw new IllegalStateException("the handshake came to no end");
    }
    dials.session.close();
    answers.session.close();
    return new HandshakeScript(dials.reactions, answers.reactions, proven);
  }

  /** One side of the handshake that is recorded. */
  private static final class Side implements SessionOutput {
    private final Session session;
    private final List<Reaction> reactions = new ArrayList<>();
    private final List<byte[]> written = new ArrayList<>();
    private List<Integer> writes = new ArrayList<>();
    private @Nullable HandshakeWork work;
    private @Nullable VerifiedPeer peer;
    private boolean establishes;

    Side(Session session) {
      this.session = session;
    }

    void begin() {
      session.start(this);
      endReaction();
    }

    boolean hasWritten() {
      return !written.isEmpty();
    }

    void passTo(Side other) {
      List<byte[]> passed = List.copyOf(written);
      written.clear();
      for (byte[] message : passed) {
        other.session.receive(ByteBuffer.wrap(message), other);
        other.endReaction();
      }
    }

    /** Notes what was done, and then has the arithmetic done that was asked for. */
    private void endReaction() {
      HandshakeWork asked = work;
      reactions.add(new Reaction(List.copyOf(writes), asked != null, establishes));
      writes = new ArrayList<>();
      establishes = false;
      work = null;
      if (asked != null) {
        session.resume(asked.compute(), this);
        endReaction();
      }
    }

    @Override
    public void write(ByteBuffer borrowed) {
      byte[] bytes = new byte[borrowed.remaining()];
      borrowed.get(bytes);
      written.add(bytes);
      writes.add(bytes.length);
    }

    @Override
    public void established(SessionAgreement agreement) {
      peer = Objects.requireNonNull(agreement.peer());
      establishes = true;
    }

    @Override
    public void compute(HandshakeWork asked) {
      work = asked;
    }

    @Override
    public void deliver(WireMessage message) {}

    @Override
    public void reading(boolean wanted) {}

    @Override
    public void failed(SessionFailure failure) {
      throw new IllegalStateException("the handshake failed: " + failure.detail());
    }
  }
}
