package dev.waggle.bench.link;

/**
 * An established connection over loopback, with a sender at one end and a receiver at the other.
 */
public interface LoopbackLink extends AutoCloseable {
  /**
   * The applications at the two ends.
   *
   * @param near of the end that sends, and gets the answers to its pings
   * @param far of the end that gets the messages, and answers pings
   */
  record Ends(Application near, Application far) {}

  /** Hands over the next message, which the I/O thread sends. Called by one thread. */
  void send();

  /** Sends a ping after all messages that were handed over. Called by any one thread. */
  void ping(long nonce);

  /** What is on the way, one line. */
  String describe();

  @Override
  void close();
}
