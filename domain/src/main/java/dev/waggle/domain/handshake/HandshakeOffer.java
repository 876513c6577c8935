package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.List;

/**
 * The first message: what the initiator can do, and a key to encapsulate to (PROTOCOL §4.1).
 *
 * @param networkId 32 bytes
 * @param suites ids, the preferred first
 * @param codecs names, the preferred first
 * @param random 32 fresh bytes
 * @param keySuite the suite that {@code kemKey} is for
 * @param kemKey an ephemeral key; its length is checked by whoever knows the suite
 */
record HandshakeOffer(
    Bytes networkId,
    List<Integer> suites,
    List<String> codecs,
    Bytes random,
    int keySuite,
    Bytes kemKey) {

  /** The version of the protocol that this package speaks. */
  static final int VERSION = 1;

  static final int RANDOM_LENGTH = 32;

  Bytes encode() {
    return new HandshakeWriter()
        .u16(VERSION)
        .array(networkId)
        .suites(suites)
        .codecs(codecs)
        .array(random)
        .u16(keySuite)
        .byteString(kemKey)
        .message();
  }

  /** The version of an Offer, which stands in the first two bytes in every version. */
  static int version(Bytes message) throws MalformedMessage {
    return new HandshakeReader(message).u16();
  }

  /** Reads an Offer whose {@link #version} is ours. */
  static HandshakeOffer decode(Bytes message) throws MalformedMessage {
    HandshakeReader in = new HandshakeReader(message);
    if (in.u16() != VERSION) {
      throw new MalformedMessage("an Offer of another version");
    }
    HandshakeOffer offer =
        new HandshakeOffer(
            in.array(NetworkId.LENGTH),
            in.suites(),
            in.codecs(),
            in.array(RANDOM_LENGTH),
            in.suite(),
            in.byteString());
    in.end();
    return offer;
  }
}
