package dev.waggle.cli.attack;

import dev.waggle.ports.wire.WireMessage;

/**
 * What a peer does with one link. Called by the thread of {@link RawLinks}, which it must not
 * block.
 */
interface Behaviour {
  /** As fast as the socket gives. */
  int UNLIMITED = Integer.MAX_VALUE;

  /** How much it reads once the link is established; 0 for never. */
  default int readBytesPerSecond() {
    return UNLIMITED;
  }

  /** Whether a link of this kind ever gets established. */
  default boolean shakesHands() {
    return true;
  }

  /** The TCP connection stands. */
  default void connected(RawLink link) {
    link.shakeHands();
  }

  /**
   * The link is established, and all that may leave has left: time to send more.
   *
   * @return false if there will never be more unless the peer says something
   */
  boolean sendMore(RawLink link);

  /** The peer has sent {@code message}. */
  default void received(RawLink link, WireMessage message) {}

  /** Some time has passed: {@link RawLinks#TICK_MILLIS}. */
  default void ticked(RawLink link) {}
}
