package dev.waggle.bench.link;

/**
 * What is done with what arrives at one end of a link. Belongs to the I/O thread of that end, but
 * for {@link #fail}, which any may call.
 */
public interface Application {
  /** A whole message is there, an array of its own. */
  void arrived(byte[] payload);

  /** The answer to a ping is there. */
  void answered(long nonce);

  /** The link broke. */
  void fail(String why);
}
