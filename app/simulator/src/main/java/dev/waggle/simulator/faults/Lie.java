package dev.waggle.simulator.faults;

import java.util.List;

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
  FORGED_PROOFS("forged proofs"),
  /** It sends headers that are none, or do not follow each other. */
  FLAWED_HEADERS("flawed headers"),
  /** It has a chain that it has made up, which proves its work, and sends no more than headers. */
  MADE_UP_HEADERS("made-up headers"),
  /** It has a chain that it has made up, and sends its blocks, which nobody has signed. */
  MADE_UP_BLOCKS("made-up blocks"),
  /** It sends made-up headers without end, more than were asked for. */
  ENDLESS_HEADERS("endless headers"),
  /** It sends headers that nobody has asked for. */
  UNASKED_HEADERS("unasked headers"),
  /** It says of each chain that it has it, and sends nothing of it. */
  CLAIMED_CHAINS("claimed chains"),
  /** It sends one of the blocks that it is asked for every two seconds. */
  TRICKLED_BLOCKS("trickled blocks"),
  /** It sends a thousand blocks on every link, each of which awaits one that does not exist. */
  ORPHANS("orphans");

  /** Those that are about chains that others lack. */
  public static final List<Lie> ABOUT_CHAINS =
      List.of(
          FLAWED_HEADERS,
          MADE_UP_HEADERS,
          MADE_UP_BLOCKS,
          ENDLESS_HEADERS,
          UNASKED_HEADERS,
          CLAIMED_CHAINS,
          TRICKLED_BLOCKS,
          WITHHELD_REQUESTS);

  private final String title;

  Lie(String title) {
    this.title = title;
  }

  /** As it stands in a table. */
  public String title() {
    return title;
  }
}
