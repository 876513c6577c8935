package dev.waggle.ports.wire;

/**
 * Turns messages into bytes and back. Peers negotiate one a link by its name (PROTOCOL §4.3).
 *
 * <p>Safe for use by any thread.
 */
public interface WireCodec {
  /** The name that goes over the wire: 1 to 32 characters of {@code a-z 0-9 -}. */
  String name();

  /**
   * Exactly how many bytes {@link #encode} will put out, in time that does not depend on payloads.
   */
  int encodedLength(WireMessage message);

  void encode(WireMessage message, WireBuffer out);

  /**
   * Reads one message, which must fill the slice to its end. {@link #encode} puts out the same
   * bytes again: no message has two encodings.
   *
   * @param in borrowed: the message keeps nothing of it
   * @throws MalformedMessage if the bytes are no message of this codec, or some are left over;
   *     whatever they claim, no more memory is taken than a small multiple of the slice
   */
  WireMessage decode(WireSlice in) throws MalformedMessage;
}
