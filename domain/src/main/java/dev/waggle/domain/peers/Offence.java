package dev.waggle.domain.peers;

/** What lowers a peer's standing, and by how much (PROTOCOL §8.3). */
public enum Offence {
  /** A gossip message that the application rejected. */
  INVALID_MESSAGE(25),
  /** A Pong that answers no Ping of ours. */
  UNSOLICITED_PONG(20);

  private final int points;

  Offence(int points) {
    this.points = points;
  }

  public int points() {
    return points;
  }
}
