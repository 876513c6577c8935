package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.List;

/**
 * Why a responder takes no Offer like this one, for the other side's operator (PROTOCOL §4.6).
 *
 * <p>Anyone on the path can forge one, so it changes nothing but when, in which version and with
 * which key the initiator dials again.
 *
 * @param code which part of the Offer does not fit
 * @param versions that the responder speaks, the preferred first
 * @param suites ids of the responder's suites, the preferred first
 */
record HandshakeRefusal(Code code, List<Integer> versions, List<Integer> suites)
    implements HandshakeAnswer {
  static final int TAG = 1;

  /** What does not fit. */
  enum Code {
    VERSION_MISMATCH(0),
    NETWORK_MISMATCH(1),
    SUITE_MISMATCH(2);

    private final int tag;

    Code(int tag) {
      this.tag = tag;
    }

    private static Code of(int tag) throws MalformedMessage {
      for (Code code : values()) {
        if (code.tag == tag) {
          return code;
        }
      }
      throw new MalformedMessage("no refusal has the code " + tag);
    }
  }

  Bytes encode() {
    return new HandshakeWriter().tag(TAG).tag(code.tag).ids(versions).ids(suites).message();
  }

  /** Reads what follows the tag. */
  static HandshakeRefusal read(HandshakeReader in) throws MalformedMessage {
    return new HandshakeRefusal(Code.of(in.tag()), in.versions(), in.suites());
  }
}
