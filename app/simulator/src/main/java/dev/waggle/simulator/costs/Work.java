package dev.waggle.simulator.costs;

/**
 * What keeps a node's processor busy. Each constant says what its bytes and its items are, where it
 * has any.
 */
public enum Work {
  /** The initiator makes an ephemeral key, for its Offer (PROTOCOL §4.1). */
  OFFER("offer", true),

  /** The responder encapsulates to that key, and signs its Acceptance. */
  ACCEPTANCE("acceptance", true),

  /** The initiator opens the capsule, checks the signature, and signs its Confirmation. */
  CONFIRMATION("confirmation", true),

  /** The responder checks that signature. */
  ADMISSION("admission", true),

  /** A record filled with a message, sealed, and copied to where a transport sends it from. */
  SEAL("seal record", false),

  /** A record taken from where a transport has received it, opened, and its message decoded. */
  OPEN("open record", false),

  /** The id of a gossip message computed; bytes of its payload. */
  HASH("hash message", false),

  /** The node thread finds that it knows a gossip message. */
  KNOWN_MESSAGE("known message", false),

  /** The node thread remembers a new gossip message and spreads it; an item is a peer told. */
  NEW_MESSAGE("new message", false),

  /** The node thread looks through an announcement; an item is an id. */
  ANNOUNCEMENT("announcement", false),

  /**
   * A block decoded, and the root of its transactions compared, all signatures of it having been
   * checked before; an item is a transaction.
   */
  EXAMINE_BLOCK("examine block", false),

  /** A block judged on its parent, stored and indexed; an item is a transaction. */
  KEEP_BLOCK("keep block", false),

  /**
   * A transaction decoded, and its signature checked. As long takes the miner's signature of a
   * block, and each transaction in it that has not come by itself before.
   */
  EXAMINE_TRANSACTION("examine transaction", false),

  /** A transaction judged, and put among those that wait for a block. */
  KEEP_TRANSACTION("keep transaction", false),

  /**
   * Headers in a row decoded, and each compared with the one before it, their hashes not counted;
   * an item is a header.
   */
  EXAMINE_HEADERS("examine headers", false),

  /** Headers looked up on the node's own chain, and read back; an item is a header. */
  FIND_HEADERS("find headers", false);

  private final String title;
  private final boolean bySuite;

  Work(String title, boolean bySuite) {
    this.title = title;
    this.bySuite = bySuite;
  }

  /** Its name in files. */
  public String title() {
    return title;
  }

  /** Whether it is a part of a handshake, and depends on the suite. */
  public boolean isBySuite() {
    return bySuite;
  }
}
