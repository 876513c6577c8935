package dev.waggle.domain.handshake;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeState.AwaitingAcceptance;
import dev.waggle.domain.handshake.HandshakeState.AwaitingAnswerOrOffer;
import dev.waggle.domain.handshake.HandshakeState.AwaitingConfirmation;
import dev.waggle.domain.handshake.HandshakeState.AwaitingOffer;
import dev.waggle.domain.handshake.HandshakeState.Closed;
import dev.waggle.domain.handshake.HandshakeState.Computing;
import dev.waggle.domain.handshake.HandshakeState.CrossingIdle;
import dev.waggle.domain.handshake.HandshakeState.Established;
import dev.waggle.domain.handshake.HandshakeState.Failed;
import dev.waggle.domain.handshake.HandshakeState.InitiatorIdle;
import dev.waggle.domain.handshake.HandshakeState.ResponderIdle;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import org.jspecify.annotations.Nullable;

/**
 * One side of one handshake, as a state machine without I/O: SIGMA-I over a KEM (PROTOCOL §4).
 *
 * <p>{@link #start} it, then do what each {@link HandshakeStep} says until one is Done or Failed.
 * Whatever the peer sends ends in a step; only mistakes of the driver throw. Owned by one thread at
 * a time; the work that it asks for may run on any other.
 *
 * <p>Secrets are wiped as soon as they have served, on failure and on {@link #close} too. Those
 * that work under way holds are wiped by the work, when its outcome comes back, or by whoever
 * abandons it.
 */
public final class Handshake implements AutoCloseable {
  private HandshakeState state;

  private Handshake(HandshakeState state) {
    this.state = state;
  }

  /**
   * The side that dialled.
   *
   * @param keySuite the suite to make the ephemeral key for: the first of the settings', unless the
   *     responder has refused that
   * @param pinned who must answer, or null if anyone may
   * @throws IllegalArgumentException if the settings do not list {@code keySuite}
   */
  public static Handshake initiator(
      HandshakeSettings settings, CipherSuite keySuite, @Nullable PeerId pinned) {
    return new Handshake(new InitiatorIdle(new Initiator(settings, keySuite, pinned)));
  }

  /**
   * The side that has dialled somebody who may have dialled it at the same moment, so that there is
   * one connection and nobody was dialled (PROTOCOL §4.8). {@link HandshakeResult#role} says what
   * it has become.
   *
   * @param keySuite as for {@link #initiator}
   * @param pinned who must be there
   * @throws IllegalArgumentException if the settings do not list {@code keySuite}
   */
  public static Handshake crossing(
      HandshakeSettings settings, CipherSuite keySuite, PeerId pinned) {
    return new Handshake(new CrossingIdle(new Crossing(settings, keySuite, pinned)));
  }

  /** The side that was dialled. */
  public static Handshake responder(HandshakeSettings settings) {
    return new Handshake(new ResponderIdle(new Responder(settings, null)));
  }

  public HandshakeStep start() {
    return switch (state) {
      case InitiatorIdle(Initiator role) -> enter(role.start());
      case CrossingIdle(Crossing role) -> enter(role.start());
      case ResponderIdle(Responder role) -> enter(role.start());
      case AwaitingAcceptance _,
          AwaitingAnswerOrOffer _,
          AwaitingOffer _,
          AwaitingConfirmation _,
          Computing _,
          Established _,
          Failed _,
          Closed _ ->
          throw mistake("start");
    };
  }

  /**
   * Takes a message of the peer.
   *
   * @param message the body of one frame
   */
  public HandshakeStep receive(Bytes message) {
    return switch (state) {
      case AwaitingAcceptance awaiting -> enter(awaiting.role().receive(awaiting, message));
      case AwaitingAnswerOrOffer awaiting -> enter(awaiting.role().receive(awaiting, message));
      case AwaitingOffer(Responder role) -> enter(role.receiveOffer(message));
      case AwaitingConfirmation awaiting ->
          enter(awaiting.role().receiveConfirmation(awaiting, message));
      case Computing _ -> enter(Transition.fail(Kind.UNEXPECTED, "a message before its turn"));
      case Failed(HandshakeFailure failure) -> new HandshakeStep.Failed(failure, null);
      case Closed _ -> new HandshakeStep.Await();
      case InitiatorIdle _, CrossingIdle _, ResponderIdle _, Established _ ->
          throw mistake("receive");
    };
  }

  /**
   * Takes the outcome of the work that the last Compute asked for. After a failure or {@link
   * #close} it is still taken, and wiped.
   */
  public HandshakeStep resume(HandshakeWork.Outcome outcome) {
    if (!(outcome instanceof PendingWork.Computed computed)) {
      throw new IllegalArgumentException("an outcome of no work of a handshake");
    }
    return switch (state) {
      case Computing computing when computing.work() == computed.origin() ->
          enter(computed.transition());
      case Failed(HandshakeFailure failure) -> {
        computed.wipe();
        yield new HandshakeStep.Failed(failure, null);
      }
      case Closed _ -> {
        computed.wipe();
        yield new HandshakeStep.Await();
      }
      case Computing _,
          InitiatorIdle _,
          CrossingIdle _,
          AwaitingAcceptance _,
          AwaitingAnswerOrOffer _,
          ResponderIdle _,
          AwaitingOffer _,
          AwaitingConfirmation _,
          Established _ ->
          throw mistake("resume");
    };
  }

  /** Gives the handshake up: past its deadline, or without its connection. Idempotent. */
  @Override
  public void close() {
    if (!(state instanceof Established)) {
      state.wipe();
      state = new Closed();
    }
  }

  /** For the test of the table of transitions. */
  HandshakeState state() {
    return state;
  }

  private HandshakeStep enter(Transition transition) {
    if (transition.next() instanceof Failed) {
      state.wipe();
    }
    state = transition.next();
    return transition.step();
  }

  private IllegalStateException mistake(String event) {
    return new IllegalStateException(
        "%s of a handshake that is %s".formatted(event, state.getClass().getSimpleName()));
  }
}
