package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;

/** The second message: what a responder says to an Offer (PROTOCOL §4.1). */
sealed interface HandshakeAnswer permits HandshakeAcceptance, HandshakeRefusal {

  static HandshakeAnswer decode(Bytes message) throws MalformedMessage {
    HandshakeReader in = new HandshakeReader(message);
    int tag = in.tag();
    HandshakeAnswer answer =
        switch (tag) {
          case HandshakeAcceptance.TAG -> HandshakeAcceptance.read(in);
          case HandshakeRefusal.TAG -> HandshakeRefusal.read(in);
          default -> throw new MalformedMessage("no answer has the tag " + tag);
        };
    in.end();
    return answer;
  }
}
