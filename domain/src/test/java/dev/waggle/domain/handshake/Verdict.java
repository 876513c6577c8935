package dev.waggle.domain.handshake;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a side of the handshake of {@code handshake-0001.json} must make of bytes that it receives
 * (PROTOCOL §11).
 *
 * @param to {@code initiator}, {@code responder}, or {@code crossing}: the initiator, which has
 *     dialled in a punch
 * @param after what was received before, as the vector has it: {@code nothing}, {@code offer}, or
 *     {@code handshake}, all of it
 * @param bytes what arrives then, headers of frames included, in hexadecimal
 * @param verdict what comes of it
 * @param kind of failure (PROTOCOL §4.6), if it fails in the handshake
 * @param reply the frame that is sent before closing, if there is one
 * @param delivered the messages that count, as {@code bincode} has them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Verdict(
    String name,
    String to,
    String after,
    String bytes,
    Outcome verdict,
    HandshakeFailure.@Nullable Kind kind,
    @Nullable String reply,
    List<String> delivered) {

  /** What can come of bytes. */
  enum Outcome {
    /** The link goes on, or the handshake does. */
    GOES_ON,
    /** A Refusal is sent, and the connection closed. */
    REFUSES,
    /** The connection is closed without a word. */
    CLOSES
  }
}
