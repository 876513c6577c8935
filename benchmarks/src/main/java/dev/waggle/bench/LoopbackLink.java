package dev.waggle.bench;

/**
 * An established connection over loopback, with a sender at one end and a receiver at the other.
 */
interface LoopbackLink extends AutoCloseable {
  /** Hands over the next message, which the I/O thread sends. Called by one thread. */
  void send();

  /** What is on the way, one line. */
  String describe();

  @Override
  void close();
}
