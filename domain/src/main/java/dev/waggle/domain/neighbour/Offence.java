package dev.waggle.domain.neighbour;

/**
 * What lowers a peer's standing, and by how much (PROTOCOL §8.3). Each is such that nobody but the
 * peer can commit it in the peer's name; the section says for each why.
 */
public enum Offence {
  /** A gossip message that the application rejected. */
  INVALID_MESSAGE(25, "invalid message"),
  /** A Pong that answers no Ping of ours. */
  UNSOLICITED_PONG(20, "unsolicited pong"),
  /**
   * Messages that were announced and asked for, and did not come. Little, since an honest peer may
   * have lost them, or be slow: one who goes on like this twice a minute is banned in 25 minutes.
   */
  BROKEN_PROMISE(5, "broken promise"),
  /**
   * Far more than it may tell unasked. Little, and once in 10 s, since another implementation may
   * be clumsy: one that never ends is banned in minutes.
   */
  FLOODING(5, "flooding");

  private final int points;
  private final String words;

  Offence(int points, String words) {
    this.points = points;
    this.words = words;
  }

  public int points() {
    return points;
  }

  /** What operators read. */
  public String words() {
    return words;
  }
}
