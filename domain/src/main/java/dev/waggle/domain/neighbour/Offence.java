package dev.waggle.domain.neighbour;

/** What lowers a peer's standing, and by how much (PROTOCOL §8.3). */
public enum Offence {
  /** A gossip message that the application rejected. */
  INVALID_MESSAGE(25),
  /** A Pong that answers no Ping of ours. */
  UNSOLICITED_PONG(20),
  /**
   * Messages that were announced and asked for, and did not come. Little, since an honest peer may
   * have lost them, or be slow: one who goes on like this twice a minute is banned in 25 minutes.
   */
  BROKEN_PROMISE(5),
  /**
   * Far more than it may tell unasked. Little, and once in 10 s, since another implementation may
   * be clumsy: one that never ends is banned in minutes.
   */
  FLOODING(5);

  private final int points;

  Offence(int points) {
    this.points = points;
  }

  public int points() {
    return points;
  }
}
