package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.List;

/**
 * The responder's choice and half of the key exchange, and, sealed, who it is (PROTOCOL §4.1).
 *
 * @param clear what can be read without a key
 * @param sealedProof the responder's {@link IdentityProof}
 */
record HandshakeAcceptance(Clear clear, Bytes sealedProof) implements HandshakeAnswer {
  static final int TAG = 0;

  /**
   * The clear part. Its encoding, tag included, is an element of the transcript of its own: the key
   * that seals the rest depends on it.
   *
   * @param suite the chosen suite
   * @param codec the chosen codec
   * @param features those of the Offer's that are in force from now on, ascending
   * @param random 32 fresh bytes
   * @param kemCiphertext encapsulated to the key of the Offer
   */
  record Clear(int suite, String codec, List<Integer> features, Bytes random, Bytes kemCiphertext) {
    Bytes encode() {
      return write(new HandshakeWriter()).message();
    }

    private HandshakeWriter write(HandshakeWriter out) {
      return out.tag(TAG)
          .u16(suite)
          .codec(codec)
          .ids(features)
          .array(random)
          .byteString(kemCiphertext);
    }
  }

  Bytes encode() {
    return clear.write(new HandshakeWriter()).byteString(sealedProof).message();
  }

  /** Reads what follows the tag. */
  static HandshakeAcceptance read(HandshakeReader in) throws MalformedMessage {
    Clear clear =
        new Clear(
            in.id(),
            in.codec(),
            in.features(),
            in.array(HandshakeOffer.RANDOM_LENGTH),
            in.byteString());
    return new HandshakeAcceptance(clear, in.byteString());
  }
}
