package dev.waggle.domain.handshake;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeState.AwaitingAcceptance;
import dev.waggle.domain.handshake.HandshakeState.AwaitingAnswerOrOffer;
import dev.waggle.domain.handshake.HandshakeState.CrossingIdle;
import dev.waggle.domain.handshake.HandshakeState.GeneratingKey;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.MalformedMessage;

/**
 * The transitions of a side that has dialled somebody who may have dialled it at the same moment,
 * over the same connection (PROTOCOL §4.8): it offers, and then is the initiator or the responder.
 *
 * @param initiator what it is if it is answered, or if the other Offer has the lesser random string
 * @param responder what it is if the other Offer has the greater one; admits the same peer only
 */
record Crossing(Initiator initiator, Responder responder) {

  Crossing(HandshakeSettings settings, CipherSuite keySuite, PeerId pinned) {
    this(new Initiator(settings, keySuite, pinned), new Responder(settings, pinned));
  }

  Transition start() {
    return Transition.compute(new CrossingIdle(this), GeneratingKey::new, this::offer);
  }

  /** Work. Draws what an initiator does. */
  private Transition offer() {
    AwaitingAcceptance own = initiator.offer();
    return Transition.send(new AwaitingAnswerOrOffer(this, own), own.offer());
  }

  Transition receive(AwaitingAnswerOrOffer state, Bytes message) {
    AwaitingAcceptance own = state.own();
    try {
      if (!HandshakeOffer.isAtHeadOf(message)) {
        return initiator.receive(own, message);
      }
      if (HandshakeOffer.version(message) == HandshakeOffer.VERSION) {
        int order = random(own.offer()).compareTo(random(message));
        if (order == 0) {
          return Transition.fail(Kind.SELF, "this node's own Offer came back");
        }
        if (order > 0) {
          return new Transition(own, new HandshakeStep.Await());
        }
      }
    } catch (MalformedMessage e) {
      return Transition.malformed(e);
    }
    own.wipe();
    return responder.receiveOffer(message);
  }

  private static Bytes random(Bytes offer) throws MalformedMessage {
    return HandshakeOffer.decode(offer).random();
  }
}
