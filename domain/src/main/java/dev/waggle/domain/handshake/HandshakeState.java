package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.KemKeyPair;

/**
 * How far a handshake has come.
 *
 * <pre>
 * state                 event                         next state            step
 * --------------------  ----------------------------  --------------------  -------------------
 * InitiatorIdle         start                         GeneratingKey         Compute
 * GeneratingKey         resume                        AwaitingAcceptance    Send(Offer)
 * AwaitingAcceptance    receive Acceptance            CheckingAcceptance    Compute
 * AwaitingAcceptance    receive Refusal, other bytes  Failed                Failed
 * CheckingAcceptance    resume: it holds              Established           Done(Confirmation)
 * CheckingAcceptance    resume: it does not hold      Failed                Failed
 *
 * CrossingIdle          start                         GeneratingKey         Compute
 * GeneratingKey         resume                        AwaitingAnswerOrOffer Send(Offer)
 * AwaitingAnswerOrOffer receive Answer, other bytes   as AwaitingAcceptance
 * AwaitingAnswerOrOffer receive lesser Offer          AwaitingAcceptance    Await
 * AwaitingAnswerOrOffer receive own Offer             Failed (SELF)         Failed
 * AwaitingAnswerOrOffer receive any other Offer       as AwaitingOffer
 *
 * ResponderIdle         start                         AwaitingOffer         Await
 * AwaitingOffer         receive Offer                 AcceptingOffer        Compute
 * AwaitingOffer         receive Offer that cannot be  Failed                Failed(Refusal)
 * AwaitingOffer         receive other bytes           Failed                Failed
 * AcceptingOffer        resume: the key is valid      AwaitingConfirmation  Send(Acceptance)
 * AcceptingOffer        resume: it is not             Failed                Failed
 * AwaitingConfirmation  receive Confirmation          CheckingConfirmation  Compute
 * AwaitingConfirmation  receive other bytes           Failed                Failed
 * CheckingConfirmation  resume: it holds              Established           Done
 * CheckingConfirmation  resume: it does not hold      Failed                Failed
 *
 * any of Computing      receive                       Failed (UNEXPECTED)   Failed
 * any but Established   close                         Closed                -
 * Failed                receive, resume               Failed                Failed, as before
 * Closed                receive, resume               Closed                Await
 * </pre>
 *
 * <p>Every other pair is a mistake of the driver: an {@link IllegalStateException}, and no
 * transition; {@code close} of an Established handshake does nothing. The four states of {@link
 * Computing} hold no secrets: the work does, until its outcome comes back or it is abandoned.
 */
sealed interface HandshakeState {

  /** Wipes what secrets this state holds. */
  default void wipe() {}

  record InitiatorIdle(Initiator role) implements HandshakeState {}

  /**
   * The Offer is under way.
   *
   * @param key the ephemeral key
   * @param offer the message, as sent
   */
  record AwaitingAcceptance(Initiator role, KemKeyPair key, Bytes offer) implements HandshakeState {
    @Override
    public void wipe() {
      key.close();
    }
  }

  record CrossingIdle(Crossing role) implements HandshakeState {}

  /**
   * The Offer is under way, and perhaps one of the peer's as well.
   *
   * @param own what becomes of this unless the peer's Offer wins
   */
  record AwaitingAnswerOrOffer(Crossing role, AwaitingAcceptance own) implements HandshakeState {
    @Override
    public void wipe() {
      own.wipe();
    }
  }

  record ResponderIdle(Responder role) implements HandshakeState {}

  record AwaitingOffer(Responder role) implements HandshakeState {}

  /**
   * The Acceptance is under way.
   *
   * @param transcript T5
   */
  record AwaitingConfirmation(
      Responder role, Agreed agreed, KeySchedule keys, Transcript transcript)
      implements HandshakeState {
    @Override
    public void wipe() {
      keys.close();
    }
  }

  /** Work is being done; nothing may arrive until it is. */
  sealed interface Computing extends HandshakeState {
    /** The work whose outcome is awaited. */
    PendingWork work();
  }

  record GeneratingKey(PendingWork work) implements Computing {}

  record CheckingAcceptance(PendingWork work) implements Computing {}

  record AcceptingOffer(PendingWork work) implements Computing {}

  record CheckingConfirmation(PendingWork work) implements Computing {}

  record Established() implements HandshakeState {}

  record Failed(HandshakeFailure failure) implements HandshakeState {}

  /** Given up by the driver. */
  record Closed() implements HandshakeState {}
}
