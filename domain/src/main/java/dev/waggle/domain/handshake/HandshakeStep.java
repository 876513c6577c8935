package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import org.jspecify.annotations.Nullable;

/** What a {@link Handshake} wants its driver to do next. */
public sealed interface HandshakeStep {

  /** Feed the next message when it comes. */
  record Await() implements HandshakeStep {}

  /**
   * Have {@code work} computed and hand its outcome to {@link Handshake#resume}.
   *
   * <p>Until then the driver holds back what arrives: behind a Confirmation the peer may send its
   * first records at once, and no other message can come before its turn and still make sense.
   */
  record Compute(HandshakeWork work) implements HandshakeStep {}

  /** Send {@code message} as one frame, then feed the next message when it comes. */
  record Send(Bytes message) implements HandshakeStep {}

  /**
   * The peer is proved, and the keys are made.
   *
   * @param lastMessage to be sent as one frame before the first record, if there is one
   * @param result belongs to the driver, with its secrets
   */
  record Done(@Nullable Bytes lastMessage, HandshakeResult result) implements HandshakeStep {}

  /**
   * There will be no link: close the connection.
   *
   * @param refusal to be sent as one frame before closing, if there is one
   */
  record Failed(HandshakeFailure failure, @Nullable Bytes refusal) implements HandshakeStep {}
}
