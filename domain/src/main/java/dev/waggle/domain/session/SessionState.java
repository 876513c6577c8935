package dev.waggle.domain.session;

import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.stream.MessageReader;
import dev.waggle.domain.stream.MessageWriter;

/**
 * How far a {@link Session} has come.
 *
 * <pre>
 * state        event                                      next state    output
 * -----------  -----------------------------------------  ------------  ------------------------
 * Idle         start; the handshake wants work            Computing     compute
 * Idle         start; it waits for the peer               Awaiting      -
 * Awaiting     receive less than a frame                  Awaiting      -
 * Awaiting     receive a frame; work is to be done        Computing     compute
 * Awaiting     receive an Offer that has lost (§4.8)      Awaiting      -
 * Awaiting     receive a frame; the handshake fails       Failed        [write] failed
 * Awaiting     receive a frame out of bounds              Failed        failed
 * Computing    receive                                    Computing     reading(false)
 * Computing    receive more than can be held              Failed        failed
 * Computing    receive what there is no memory for        Failed        failed
 * Computing    resume; a message goes out                 Awaiting      write [reading(true)]
 * Computing    resume; the handshake is done              Established   [write] established ...
 * Computing    resume; the handshake fails                Failed        [write] failed
 * Idle, Awaiting, Computing   timePassed the deadline     Failed        failed
 * Established  timePassed the age of the key              Established   [write ...]
 * Established  receive                                    Established   deliver ...
 * Established  receive what breaks the protocol           Failed        [deliver ...] failed
 * Established  send, flush                                Established   [write ...]
 * any          close                                      Closed        -
 * </pre>
 *
 * <p>{@code timePassed} does nothing in all other cases. In Failed and Closed every event but
 * {@code close} is ignored, whatever it brings is wiped or dropped, and the state stays. Every
 * other pair is a mistake of the driver: an {@link IllegalStateException}, and no transition.
 */
sealed interface SessionState {

  record Idle() implements SessionState {}

  /** It is the peer's turn in the handshake. */
  record Awaiting() implements SessionState {}

  /**
   * The handshake's work is under way, somewhere else.
   *
   * @param held what arrives meanwhile
   */
  record Computing(HeldBytes held) implements SessionState {}

  record Established(SecureChannel channel, MessageWriter writer, MessageReader reader)
      implements SessionState {}

  record Failed(SessionFailure failure) implements SessionState {}

  record Closed() implements SessionState {}
}
