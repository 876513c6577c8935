package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;

/**
 * The third message: sealed, who the initiator is (PROTOCOL §4.1).
 *
 * @param sealedProof the initiator's {@link IdentityProof}
 */
record HandshakeConfirmation(Bytes sealedProof) {

  Bytes encode() {
    return new HandshakeWriter().byteString(sealedProof).message();
  }

  static HandshakeConfirmation decode(Bytes message) throws MalformedMessage {
    HandshakeReader in = new HandshakeReader(message);
    HandshakeConfirmation confirmation = new HandshakeConfirmation(in.byteString());
    in.end();
    return confirmation;
  }
}
