package dev.waggle.simulator.fidelity;

import dev.waggle.ports.wire.WireMessage;

/**
 * One side of one connection, from its first moment to its end: what {@link
 * dev.waggle.domain.session.Session} is to a node, or what does the same with less. Times are those
 * of the node's clock.
 */
public interface Channel extends AutoCloseable {
  /** Begins, once the connection stands. */
  void start();

  /** Takes what {@link ChannelOutput#write} was given on the other side. */
  void received(Object content);

  /**
   * Appends a message to what will be sent.
   *
   * @return whether no message waits for {@link #sendRest}
   */
  boolean send(WireMessage message);

  /** Goes on with a long message; returns whether none waits any more. */
  boolean sendRest();

  /** Has sent what waits for more messages to share a record with. */
  void flush();

  /** Looks whether a deadline was missed, or a key is old. */
  void timePassed(long nowNanos);

  /** When {@link #timePassed} wants to be called. */
  long deadlineNanos();

  /** The connection is gone. */
  @Override
  void close();
}
