package dev.waggle.simulator.faults;

/** A way in which a node breaks the protocol. */
public enum Lie {
  /** It sends blocks that are invalid, each in another way. */
  INVALID_BLOCKS("invalid blocks"),
  /** It announces all that it has, and answers no request. */
  WITHHELD_REQUESTS("withheld requests"),
  /** It announces messages that do not exist, as many as an announcement takes. */
  ANNOUNCE_FLOOD("announce flood"),
  /** It makes two blocks on one parent, and sends each to every other of its peers. */
  EQUAL_WORK("equal work"),
  /** It sends records a second time. */
  REPLAYED_RECORDS("replayed records"),
  /** It opens connections to everybody, some with half a handshake, and leaves them. */
  LEFT_CONNECTIONS("left connections"),
  /** It sends blocks without their items at once, and never an item, nor the whole. */
  WITHHELD_ITEMS("withheld items"),
  /** It sends blocks without their items, by names that are none of theirs. */
  GARBLED_NAMES("garbled names"),
  /** It sends blocks without their items, with a proof that is none. */
  FORGED_PROOFS("forged proofs");

  private final String title;

  Lie(String title) {
    this.title = title;
  }

  /** As it stands in a table. */
  public String title() {
    return title;
  }
}
