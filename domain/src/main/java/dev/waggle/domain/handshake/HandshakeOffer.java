package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.List;

/**
 * The first message: what the initiator can do, and a key to encapsulate to (PROTOCOL §4.1).
 *
 * @param versions all that the initiator speaks, the preferred first, {@link #VERSION} among them
 * @param networkId 32 bytes
 * @param suites ids, the preferred first
 * @param codecs names, the preferred first
 * @param features ids, ascending
 * @param random 32 fresh bytes
 * @param keySuite the suite that {@code kemKey} is for
 * @param kemKey an ephemeral key; its length is checked by whoever knows the suite
 */
record HandshakeOffer(
    List<Integer> versions,
    Bytes networkId,
    List<Integer> suites,
    List<String> codecs,
    List<Integer> features,
    Bytes random,
    int keySuite,
    Bytes kemKey) {

  /** The version of the protocol that this package speaks, and that its Offers are written in. */
  static final int VERSION = 1;

  /** All that this package speaks. */
  static final List<Integer> VERSIONS = List.of(VERSION);

  static final int RANDOM_LENGTH = 32;

  Bytes encode() {
    return new HandshakeWriter()
        .u16(VERSION)
        .ids(versions)
        .array(networkId)
        .ids(suites)
        .codecs(codecs)
        .ids(features)
        .array(random)
        .u16(keySuite)
        .byteString(kemKey)
        .message();
  }

  /** The version of an Offer, which stands in the first two bytes in every version. */
  static int version(Bytes message) throws MalformedMessage {
    return new HandshakeReader(message).u16();
  }

  /**
   * Whether {@code message} begins as an Offer does, in whatever version, and as no Answer does
   * (PROTOCOL §4.8): one in version 1 has a count that is not zero where the tag of a Refusal goes
   * on with zeros.
   */
  static boolean isAtHeadOf(Bytes message) throws MalformedMessage {
    HandshakeReader in = new HandshakeReader(message);
    int version = in.u16();
    return version > 1 || (version == 1 && in.u16() != 0);
  }

  /** Reads an Offer whose {@link #version} is ours. */
  static HandshakeOffer decode(Bytes message) throws MalformedMessage {
    HandshakeReader in = new HandshakeReader(message);
    if (in.u16() != VERSION) {
      throw new MalformedMessage("an Offer of another version");
    }
    HandshakeOffer offer =
        new HandshakeOffer(
            in.versions(),
            in.array(NetworkId.LENGTH),
            in.suites(),
            in.codecs(),
            in.features(),
            in.array(RANDOM_LENGTH),
            in.id(),
            in.byteString());
    in.end();
    if (!offer.versions.contains(VERSION)) {
      throw new MalformedMessage("an Offer in a version that it does not list");
    }
    if (!offer.suites.contains(offer.keySuite)) {
      throw new MalformedMessage("an Offer with a key for a suite that it does not list");
    }
    return offer;
  }
}
