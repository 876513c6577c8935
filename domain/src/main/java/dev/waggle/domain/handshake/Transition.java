package dev.waggle.domain.handshake;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.util.function.Function;
import java.util.function.Supplier;

/** A step from one state to the next, and what the driver has to do about it. */
record Transition(HandshakeState next, HandshakeStep step) {

  /**
   * Has {@code body} computed in the state that {@code stateWhile} makes.
   *
   * @param origin the state before, whose secrets belong to the work from here on
   */
  static Transition compute(
      HandshakeState origin,
      Function<PendingWork, HandshakeState.Computing> stateWhile,
      Supplier<Transition> body) {
    PendingWork work = new PendingWork(origin, body);
    return new Transition(stateWhile.apply(work), new HandshakeStep.Compute(work));
  }

  static Transition send(HandshakeState next, Bytes message) {
    return new Transition(next, new HandshakeStep.Send(message));
  }

  static Transition fail(Kind kind, String detail) {
    return fail(new HandshakeFailure(kind, detail));
  }

  static Transition fail(HandshakeFailure failure) {
    return new Transition(
        new HandshakeState.Failed(failure), new HandshakeStep.Failed(failure, null));
  }

  /** Fails because {@code reached} is not whom this side has dialled. */
  static Transition wrongPeer(PeerId pinned, VerifiedPeer reached) {
    return fail(Kind.WRONG_PEER, "expected %s, reached %s".formatted(pinned, reached.id()));
  }

  /** Fails over bytes that the peer sent, which a checked exception describes. */
  static Transition malformed(Exception because) {
    return fail(Kind.MALFORMED, String.valueOf(because.getMessage()));
  }

  static Transition refuse(Kind kind, String detail, HandshakeRefusal refusal) {
    HandshakeFailure failure = new HandshakeFailure(kind, detail);
    return new Transition(
        new HandshakeState.Failed(failure), new HandshakeStep.Failed(failure, refusal.encode()));
  }

  /** Wipes the secrets of a transition that nobody will make any more. */
  void wipe() {
    next.wipe();
    if (step instanceof HandshakeStep.Done(Bytes _, HandshakeResult result)) {
      result.sendSecret().close();
      result.receiveSecret().close();
    }
  }
}
